/** The requests that this page made, with where their time went: nobody else keeps them. */
import type { Answer } from "./Client.ts"
import { makeStore } from "./Store.ts"

export interface Span {
  readonly label: string
  /** Of the parts in the legend of a waterfall. */
  readonly kind: "connect" | "pages" | "reads" | "decode" | "gather" | "resolve" | "generate" | "execute"
  /** Milliseconds since the request began. */
  readonly from: number
  readonly to: number
}

export interface Request {
  readonly kind: "question" | "gather" | "name"
  readonly what: string
  readonly at: Date
  readonly outcome: string
  readonly durationMs: number
  readonly spans: ReadonlyArray<Span>
}

export const recent = makeStore<ReadonlyArray<Request>>([])

export const made = (request: Request): void => recent.update((all) => [request, ...all].slice(0, 50))

/** `ok`, or by which name the failure is known. */
export const outcomeOf = (answer: Answer<unknown>): string =>
  answer.ok ? "ok" : (answer.failure.error?._tag ?? answer.failure.title)

/** Spans one after the other, by how long each took. */
export const inOrder = (
  steps: ReadonlyArray<readonly [label: string, kind: Span["kind"], durationMs: number]>
): ReadonlyArray<Span> => {
  let from = 0
  return steps.map(([label, kind, durationMs]) => {
    const span = { label, kind, from, to: from + durationMs }
    from = span.to
    return span
  })
}
