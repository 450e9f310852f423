/** `Siblings` over the channel that Node has between processes. A boundary: it speaks callbacks. */
import type { Worker } from "node:cluster"
import * as Deferred from "effect/Deferred"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as FiberSet from "effect/FiberSet"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import { type FromWorker, type Reply, type Request, ToWorker } from "./Messages.ts"
import type { Answering, Siblings } from "./Siblings.ts"

/** Of the worker that this process is, one of `count`; until the scope closes. */
export const make = Effect.fnUntraced(function* (worker: Worker, count: number) {
  const leave = yield* Deferred.make<void>()
  const run = yield* FiberSet.makeRuntime<never>()
  const pending = new Map<number, Pending>()
  let answering: Answering = {}
  let workers: ReadonlyArray<number> = []
  let ready = false
  let asked = 0

  // Nobody is left to be told where the channel is closed.
  const send = (message: FromWorker) => void process.send?.(message, undefined, undefined, () => {})

  const settle = (id: number, reply: Reply | null) => {
    const waiting = pending.get(id)
    pending.delete(id)
    if (waiting !== undefined) Deferred.doneUnsafe(waiting.reply, Exit.succeed(reply))
  }
  const replyTo = (request: Request): Effect.Effect<Reply | null> => {
    switch (request._tag) {
      case "McpMessage":
        return answering.McpMessage?.(request) ?? Effect.succeed(null)
      case "Metrics":
        return answering.Metrics?.(request) ?? Effect.succeed(null)
      case "RecentRequests":
        return answering.RecentRequests?.(request) ?? Effect.succeed(null)
    }
  }
  const take = (message: ToWorker): void => {
    switch (message._tag) {
      case "Present":
        workers = message.workers
        ready = message.ready
        // The answer of one that has ended does not come any more.
        for (const [id, { to }] of pending) if (!workers.includes(to)) settle(id, null)
        return
      case "Leave":
        return void Deferred.doneUnsafe(leave, Exit.void)
      case "Answered":
        return settle(message.id, message.reply)
      case "Asked":
        return void run(
          Effect.map(
            Effect.catchDefect(replyTo(message.request), () => Effect.succeed(null)),
            (reply) => send({ _tag: "Answered", to: message.from, id: message.id, reply })
          )
        )
    }
  }
  yield* Effect.acquireRelease(
    Effect.sync(() => {
      const listener = (message: unknown) => void Option.map(decode(message), take)
      process.on("message", listener)
      send({ _tag: "Here" })
      return listener
    }),
    (listener) =>
      Effect.sync(() => {
        process.off("message", listener)
        // It would keep the process from ending. Node ends a worker with 0 then, which is right for one that left.
        if (Deferred.isDoneUnsafe(leave)) process.disconnect?.()
      })
  )

  return {
    worker: worker.id,
    count,
    others: () => workers.filter((id) => id !== worker.id),
    ask: Effect.fnUntraced(function* (to, request) {
      const id = ++asked
      const reply = yield* Deferred.make<Reply | null>()
      pending.set(id, { to, reply })
      send({ _tag: "Asked", from: worker.id, to, id, request })
      return yield* Deferred.await(reply).pipe(
        Effect.timeoutOrElse({ duration: "5 seconds", orElse: () => Effect.succeed(null) }),
        Effect.ensuring(Effect.sync(() => pending.delete(id)))
      )
    }),
    answer: (more) =>
      Effect.sync(() => {
        answering = { ...answering, ...more }
      }),
    isReady: () => ready,
    tellReady: (url) => Effect.sync(() => send({ _tag: "Ready", url, rss: process.memoryUsage.rss() })),
    leave: Deferred.await(leave)
  } satisfies Siblings
})

// -----------------------------------------------------------------------------
// internals

const decode = Schema.decodeUnknownOption(ToWorker)

interface Pending {
  readonly to: number
  readonly reply: Deferred.Deferred<Reply | null>
}
