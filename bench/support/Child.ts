/** Processes of the benchmark, owned by a scope, that do one order at a time. */
import { fork, type ChildProcess } from "node:child_process"
import * as Effect from "effect/Effect"
import * as Predicate from "effect/Predicate"
import * as Schema from "effect/Schema"

/** Something the measurement needs did not happen; there is nothing to recover. */
export class BenchError extends Schema.TaggedError<BenchError>()("BenchError", { message: Schema.String }) {}

/** What a client answers to `connect`, `gather` and `close`. */
export const Timed = Schema.Struct({ ms: Schema.Finite, resources: Schema.Int })

export interface Child {
  /** Sends an order and waits for its answer; fails if the process says that it failed, or ends. */
  ask<A>(order: object, answer: Schema.Codec<A, unknown>): Effect.Effect<A, BenchError>
}

/** Starts a module as a Node process of its own; it is killed with the scope. What it writes is shown. */
export const start = Effect.fnUntraced(function* (module: string, args: ReadonlyArray<string> = []) {
  const child = yield* Effect.acquireRelease(
    Effect.sync(() => fork(module, args, { execArgv: [], stdio: ["ignore", "ignore", "inherit", "ipc"] })),
    (child) => Effect.sync(() => child.kill("SIGKILL"))
  )
  const self: Child = {
    ask: (order, answer) =>
      Effect.flatMap(answerTo(child, order), (reply) =>
        Predicate.hasProperty(reply, "error")
          ? Effect.fail(new BenchError({ message: String(reply.error) }))
          : Effect.orDie(Schema.decodeUnknownEffect(answer)(reply))
      )
  }
  return self
})

const answerTo = (child: ChildProcess, order: object) =>
  Effect.callback<unknown, BenchError>((resume) => {
    const answered = (reply: unknown) => {
      child.off("exit", ended)
      resume(Effect.succeed(reply))
    }
    const ended = (code: number | null) => {
      child.off("message", answered)
      resume(Effect.fail(new BenchError({ message: `a process of the benchmark ended (${code})` })))
    }
    child.once("message", answered)
    child.once("exit", ended)
    child.send(order)
  })
