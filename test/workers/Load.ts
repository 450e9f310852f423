/** Clients that ask one thing after another for as long as they are let, and keep what became of it. */
import { Effect, Fiber, Option, type Scope } from "effect"
import * as Door from "../mcp/Door.ts"
import * as Raw from "../mcp/Raw.ts"
import { question } from "../http/Served.ts"

export interface Load {
  /** What was answered as it should be. */
  readonly answered: () => number
  /** What was not, in words; each was asked again. */
  readonly failures: ReadonlyArray<string>
  /** Sessions of MCP that were opened. */
  readonly sessions: () => number
  /** Waits until so many more were answered. */
  readonly more: (count: number) => Effect.Effect<void>
  /** Lets every client get its last answer. */
  readonly stop: Effect.Effect<void>
}

/** `http` clients POST questions over kept connections; `mcp` clients call the tool, over one session as long as it lasts. */
export const start = Effect.fnUntraced(function* (
  url: string,
  clients: { readonly http: number; readonly mcp: number }
): Effect.fn.Return<Load, never, Scope.Scope> {
  let going = true
  let answered = 0
  let sessions = 0
  const failures: Array<string> = []
  const waiters = new Set<() => void>()
  const record = (failure: string | null) => {
    if (failure === null) answered += 1
    else failures.push(failure)
    for (const waiter of waiters) waiter()
  }
  const http = Effect.gen(function* () {
    while (going) record(yield* inTime(postQuestion(url)))
  })
  const mcp = Effect.gen(function* () {
    while (going) {
      sessions += 1
      yield* Effect.scoped(
        Effect.gen(function* () {
          const session = yield* Raw.open(Door.at(url))
          if (session.status !== 200) return record(`a session: ${session.status}`)
          for (let id = 1; going; id++) {
            const called = session.post(Raw.call(id, "tools/call", { name: "query", arguments: { question } }))
            const status = yield* inTime(called)
            // The session has ended since.
            if (status === 404) return
            if (status !== 202) return record(`a message: ${status}`)
            // The end may be seen before what came before it.
            const next = Effect.raceFirst(session.next, Effect.as(session.ended, null))
            const reply = (yield* inTime(next)) ?? (yield* session.arrived)
            if (reply === null) return record("a session ended before its answer")
            record(typeof reply === "object" && "result" in reply ? null : JSON.stringify(reply))
          }
        })
      ).pipe(Effect.catchDefect((defect) => Effect.sync(() => record(String(defect)))))
    }
  })
  const fibers = yield* Effect.forEach(
    [...Array.from({ length: clients.http }, () => http), ...Array.from({ length: clients.mcp }, () => mcp)],
    (client) => Effect.forkScoped(client)
  )
  return {
    answered: () => answered,
    failures,
    sessions: () => sessions,
    more: (count) => {
      const goal = answered + count
      return Effect.callback<void>((resume) => {
        const check = () => {
          if (answered < goal) return
          waiters.delete(check)
          resume(Effect.void)
        }
        waiters.add(check)
        check()
        return Effect.sync(() => waiters.delete(check))
      })
    },
    stop: Effect.suspend(() => {
      going = false
      return Effect.asVoid(Fiber.awaitAll(fibers))
    })
  }
})

/** An answer that takes as long as this does not come: what nobody answers fails a test, instead of taking its time. */
const inTime = <A>(answer: Effect.Effect<A>): Effect.Effect<A | string> =>
  Effect.map(
    Effect.timeoutOption(answer, "1 minute"),
    Option.getOrElse(() => "no answer for a minute")
  )

/** Null if there is an answer, else what there was. */
const postQuestion = (url: string): Effect.Effect<string | null> =>
  Effect.promise((signal) =>
    fetch(`${url}/v1/query`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ question }),
      signal
    }).then(
      (response) => response.text().then((text) => (response.status === 200 ? null : `${response.status} ${text}`)),
      (cause) => `no answer: ${cause.cause?.code ?? cause}`
    )
  )
