/**
 * Asks the API. The one place with promises that fail: what comes out is an answer or a `Failure`, never a rejection. The
 * token is kept in this module's memory, and is gone with the page.
 */
import type { Wire } from "../../src/http/Api.ts"
import { type Store, makeStore } from "./Store.ts"

export type { Wire }

/** What a problem (RFC 9457) says, as far as the page shows it. */
export interface Failure {
  readonly status: number
  readonly title: string
  readonly detail: string
  readonly error: TaggedError | null
}

/** The fields that tagged errors have in common, or that some of them have. */
export interface TaggedError {
  readonly _tag: string
  readonly detail?: string
  readonly remedy: string
  readonly server?: string
  readonly stage?: string
  readonly sql?: string
  readonly reason?: { readonly _tag: string; readonly candidates?: ReadonlyArray<string>; readonly category?: string }
  readonly understood?: ReadonlyArray<string>
  readonly attempts?: number | Wire["query"]["metadata"]["attempts"]
  readonly suggestions?: ReadonlyArray<string>
  readonly ambiguous?: boolean
}

export type Answer<A> = { readonly ok: true; readonly value: A } | { readonly ok: false; readonly failure: Failure }

export interface Connection {
  /** `locked`: a token is needed, or another one. `gone`: nobody answers. */
  readonly state: "open" | "locked" | "gone"
  /** Counts how often the server was found (again): views ask anew. */
  readonly epoch: number
  readonly wrongToken: boolean
}

export const connection: Store<Connection> = makeStore<Connection>({ state: "open", epoch: 0, wrongToken: false })

let token = ""

/** Takes it and tries again. What no header can carry is not the token. */
export const logIn = (given: string): void => {
  if (!/^[\x21-\x7e]+$/.test(given)) {
    connection.update(({ epoch }) => ({ state: "locked", epoch, wrongToken: true }))
    return
  }
  token = given
  connection.update(({ epoch }) => ({ state: "open", epoch: epoch + 1, wrongToken: false }))
}

export const get = <K extends "servers" | "validate" | "vocabulary" | "config" | "requests">(
  what: K,
  signal?: AbortSignal
): Promise<Answer<Wire[K]>> => json<Wire[K]>(request(`v1/${what}`, { signal }))

export const post = <K extends "resolve" | "gather">(
  what: K,
  body: unknown,
  signal?: AbortSignal
): Promise<Answer<Wire[K]>> => json<Wire[K]>(request(`v1/${what}`, posting(body, signal)))

/** Prometheus' text. */
export const metrics = async (signal?: AbortSignal): Promise<Answer<string>> => {
  const answer = await request("metrics", { signal })
  return answer.ok ? read(answer.value, (response) => response.text()) : answer
}

/** Calls `tell` with each event as it comes; ends with the last one. */
export const stream = async <K extends "query" | "gather">(
  what: K,
  body: unknown,
  tell: (event: Wire[`${K}Event`]) => void,
  signal: AbortSignal
): Promise<Answer<void>> => {
  const answer = await request(`v1/${what}/events`, posting(body, signal))
  if (!answer.ok) return answer
  let failure: Failure | null = null
  let ended = false
  const done = await read(answer.value, async ({ body }) => {
    if (body === null) return
    for await (const { data, event } of serverSent(body)) {
      ended = event === "completed" || event === "failed"
      if (event === "failed") failure = toFailure(0, data)
      else tell(parse<Wire[`${K}Event`]>(data))
    }
  })
  if (!done.ok) return done
  if (failure !== null) return { ok: false, failure }
  return ended ? { ok: true, value: undefined } : lost()
}

/** Tries until somebody answers; for as long as the page thinks that nobody does. */
export const awaitServer = (): (() => void) => {
  const timer = setInterval(() => {
    void fetch("health/live", { cache: "no-store" }).then(
      ({ ok }) => {
        if (ok) connection.update(({ epoch }) => ({ state: "open", epoch: epoch + 1, wrongToken: false }))
      },
      () => {}
    )
  }, 1000)
  return () => clearInterval(timer)
}

/**
 * As `JSON.parse`, but integers beyond 2^53 are `bigint`, digit for digit, where the browser tells the digits. They have
 * sixteen digits at least: a text without them is spared the reviver, which takes several times as long.
 */
const parse = <A>(text: string): A => (/\d{16}/.test(text) ? JSON.parse(text, digits) : JSON.parse(text))

const digits = (_: string, value: unknown, context?: { readonly source?: string }): unknown =>
  typeof value === "number" && !Number.isSafeInteger(value) && /^-?\d+$/.test(context?.source ?? "")
    ? BigInt(context?.source ?? 0)
    : value

/** The events of a stream (https://html.spec.whatwg.org/#server-sent-events), as this server writes them: a line each. */
async function* serverSent(
  body: ReadableStream<Uint8Array<ArrayBuffer>>
): AsyncGenerator<{ readonly event: string; readonly data: string }> {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader()
  let parts: Array<string> = []
  for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) {
    // A large event comes in many chunks: they are joined once, at its end.
    parts.push(chunk.value)
    if (!chunk.value.includes("\n")) continue
    const blocks = parts.join("").split("\n\n")
    parts = [blocks.pop() ?? ""]
    for (const block of blocks) {
      const event = /^event: (.*)$/m.exec(block)?.[1]
      const data = /^data: (.*)$/m.exec(block)?.[1]
      if (event !== undefined && data !== undefined) yield { event, data }
    }
  }
}

// -----------------------------------------------------------------------------
// internals

const posting = (body: unknown, signal: AbortSignal | undefined): RequestInit => ({
  method: "POST",
  headers: { "content-type": "application/json" },
  body: JSON.stringify(body),
  signal: signal ?? null
})

const request = async (
  path: string,
  init: Omit<RequestInit, "signal"> & { readonly signal?: AbortSignal | null | undefined }
): Promise<Answer<Response>> => {
  try {
    const headers = new Headers(init.headers)
    if (token !== "") headers.set("authorization", `Bearer ${token}`)
    const response = await fetch(path, { ...init, signal: init.signal ?? null, headers, cache: "no-store" })
    if (response.ok) return { ok: true, value: response }
    if (response.status === 401) {
      connection.update(({ epoch }) => ({ state: "locked", epoch, wrongToken: token !== "" }))
    }
    return { ok: false, failure: toFailure(response.status, await response.text()) }
  } catch {
    return init.signal?.aborted === true ? stopped : lost()
  }
}

const read = async <A>(response: Response, use: (response: Response) => Promise<A>): Promise<Answer<A>> => {
  try {
    return { ok: true, value: await use(response) }
  } catch (cause) {
    return cause instanceof DOMException && cause.name === "AbortError" ? stopped : lost()
  }
}

const json = async <A>(asked: Promise<Answer<Response>>): Promise<Answer<A>> => {
  const answer = await asked
  return answer.ok ? read(answer.value, async (response) => parse<A>(await response.text())) : answer
}

const stopped: Answer<never> = {
  ok: false,
  failure: { status: 0, title: "Stopped", detail: "You stopped it; the server has stopped too.", error: null }
}

const lost = (): Answer<never> => {
  connection.update((current) => ({ ...current, state: "gone" }))
  const detail = "The connection was lost before the answer was complete. This page goes on when the server is back."
  return { ok: false, failure: { status: 0, title: "The server cannot be reached", detail, error: null } }
}

const toFailure = (status: number, text: string): Failure => {
  try {
    const problem: Partial<Failure> = JSON.parse(text)
    return {
      status: problem.status ?? status,
      title: problem.title ?? `Status ${status}`,
      detail: problem.detail ?? "",
      error: problem.error ?? null
    }
  } catch {
    return { status, title: `Status ${status}`, detail: text.slice(0, 500), error: null }
  }
}
