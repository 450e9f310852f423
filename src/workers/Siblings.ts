/**
 * The other processes of one `serve --workers N`, as one of them sees them. A session of MCP lives in one process, and a
 * balancer does not know in which: whoever gets a message for a session of another passes it on.
 */
import type { Worker } from "node:cluster"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import type { Reply, Request } from "./Messages.ts"

/** Answers what the others ask, by what is asked. */
export type Answering = {
  readonly [tag in Request["_tag"]]?: (request: Extract<Request, { readonly _tag: tag }>) => Effect.Effect<Reply>
}

export interface Siblings {
  /** Its own number; null for a process that has no others. No two of one `serve` ever have the same. */
  readonly worker: number | null
  /** How many processes share the limits of the servers. */
  readonly count: number
  /** The numbers of the others. */
  readonly others: () => ReadonlyArray<number>
  /** Null where there is no such worker, or it ended before it answered, or did not within 5 seconds. */
  readonly ask: (worker: number, request: Request) => Effect.Effect<Reply | null>
  /** Adds to what is answered here. */
  readonly answer: (answering: Answering) => Effect.Effect<void>
  /** Whether any of them is ready, where it is not alone. */
  readonly isReady: () => boolean
  /** Says that it is. */
  readonly tellReady: (url: string) => Effect.Effect<void>
  /** Completes when another one takes its place. */
  readonly leave: Effect.Effect<void>
}

export const Siblings = Context.Reference<Siblings>("effect-mcp-orchestrator/workers/Siblings", {
  defaultValue: () => ({
    worker: null,
    count: 1,
    others: () => [],
    ask: () => Effect.succeed(null),
    answer: () => Effect.void,
    isReady: () => false,
    tellReady: () => Effect.void,
    leave: Effect.never
  })
})

/** What each of the others answers, by its number; of one that does not, nothing. */
export const askOthers = ({ ask, others }: Siblings, request: Request) =>
  Effect.map(
    Effect.forEach(others(), (worker) => Effect.map(ask(worker, request), (reply) => ({ worker, reply })), {
      concurrency: "unbounded"
    }),
    (all) => all.flatMap(({ reply, worker }) => (reply === null ? [] : [[worker, reply.text] as const]))
  )

/** Of the worker that this process is, one of `count`. */
export const layer = (worker: Worker, count: number): Layer.Layer<never> =>
  Layer.effect(
    Siblings,
    // Most processes have none.
    Effect.flatMap(
      Effect.promise(() => import("./Channel.ts")),
      ({ make }) => make(worker, count)
    )
  )
