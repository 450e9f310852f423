/**
 * The first process of `serve --workers N`: it starts the workers, which share one port, replaces one that dies, and
 * passes on what they say to each other. It answers nobody itself.
 *
 * This module is a boundary to `node:cluster`, which speaks callbacks.
 */
import cluster, { type Worker } from "node:cluster"
import * as Clock from "effect/Clock"
import * as Data from "effect/Data"
import * as Deferred from "effect/Deferred"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as FiberSet from "effect/FiberSet"
import * as Option from "effect/Option"
import * as Queue from "effect/Queue"
import * as Schema from "effect/Schema"
import type * as Scope from "effect/Scope"
import * as LogEvent from "../telemetry/LogEvent.ts"
import * as HandedConnections from "./HandedConnections.ts"
import { FromWorker, type ToWorker, variable } from "./Messages.ts"

/** No worker has ever been ready, and one has ended: it has said why, and `code` is its exit code. */
export class NotStarted extends Data.TaggedError("NotStarted")<{ readonly code: number }> {}

export interface Options {
  readonly workers: number
  /** Told once, when all are ready: where they listen, and the bytes that they take together. */
  readonly ready: (url: string, bytes: number) => Effect.Effect<void>
}

/**
 * Runs until it is interrupted, which ends the workers as it would a single process. SIGHUP replaces them one after
 * another: the successor is ready before its predecessor leaves.
 */
export const run = Effect.fnUntraced(function* ({
  ready,
  workers: count
}: Options): Effect.fn.Return<never, NotStarted, Scope.Scope> {
  const workers = new Map<number, Running>()
  const present = () => {
    const ids = [...workers.keys()]
    const isReady = [...workers.values()].some((one) => one.isReady && !one.isLeaving)
    for (const one of workers.values()) tell(one, { _tag: "Present", workers: ids, ready: isReady })
  }
  yield* Effect.addFinalizer(() => endAll(workers))
  const hangups = yield* signals("SIGHUP")
  let everReady = false

  const start = Effect.fnUntraced(function* () {
    const running: Running = {
      worker: cluster.fork({ [variable]: `${count} ${everReady ? "later" : "first"}` }),
      since: yield* Clock.currentTimeMillis,
      ready: yield* Deferred.make<Listening>(),
      ended: yield* Deferred.make<Ended>(),
      isReady: false,
      isLeaving: false
    }
    const { worker } = running
    workers.set(worker.id, running)
    worker.on("message", (message: unknown) =>
      Option.map(decode(message), (said) => {
        if (said._tag === "Asked" || said._tag === "Answered") return relay(workers, running, said)
        if (said._tag === "Ready") {
          everReady = running.isReady = true
          Deferred.doneUnsafe(running.ready, Exit.succeed(said))
        }
        present()
      })
    )
    HandedConnections.closeWith(worker)
    // It ends then, which is all that matters.
    worker.on("error", () => {})
    worker.on("exit", (code, signal) => {
      workers.delete(worker.id)
      Deferred.doneUnsafe(running.ended, Exit.succeed({ code, signal }))
      present()
    })
    yield* LogEvent.info("worker_started", { worker: worker.id, pid: worker.process.pid })
    return running
  })

  const keepers = yield* FiberSet.make<void, NotStarted>()
  /** Replaces it when it ends without having been told to, later and later if it does so again and again. */
  const keep: (running: Running, failures: number) => Effect.Effect<void, NotStarted> = Effect.fnUntraced(
    function* (running, failures) {
      const { code, signal } = yield* Deferred.await(running.ended)
      if (running.isLeaving) return
      if (!everReady) return yield* new NotStarted({ code: code ?? 1 })
      const lived = (yield* Clock.currentTimeMillis) - running.since
      const inARow = lived > steadyMs ? 0 : failures
      const delay = Duration.min(Duration.times(firstDelay, 2 ** inARow), longestDelay)
      yield* LogEvent.warning("worker_lost", {
        worker: running.worker.id,
        ...(signal === null ? { code } : { signal }),
        delay_ms: Duration.toMillis(delay)
      })
      yield* Effect.sleep(delay)
      yield* keep(yield* start(), inARow + 1)
    }
  )
  const startKept = Effect.gen(function* () {
    const running = yield* start()
    yield* FiberSet.run(keepers, keep(running, 0))
    return running
  })

  const replaceAll = Effect.gen(function* () {
    // Those of now: the successors are added to the same map.
    const olds = [...workers.values()]
    for (const old of olds) {
      const successor = yield* start()
      const isReady = yield* Effect.raceFirst(
        Effect.as(Deferred.await(successor.ready), true),
        Effect.as(Deferred.await(successor.ended), false)
      )
      // It has said why. Those that work stay.
      if (!isReady) return yield* LogEvent.error("worker_not_replaced", { worker: old.worker.id })
      // One that died in the meantime is replaced already.
      const [leaving, staying] = workers.has(old.worker.id) ? [old, successor] : [successor, null]
      if (staying !== null) yield* FiberSet.run(keepers, keep(staying, 0))
      leaving.isLeaving = true
      present()
      tell(leaving, { _tag: "Leave" })
      yield* Deferred.await(leaving.ended)
      yield* LogEvent.info("worker_replaced", { worker: old.worker.id, by: successor.worker.id })
    }
  })

  const begin = Effect.gen(function* () {
    // One alone first: what keeps it from starting is said once.
    const first = yield* startKept
    yield* Deferred.await(first.ready)
    const others = yield* Effect.forEach(Array.from({ length: count - 1 }), () => startKept)
    const listening = yield* Effect.forEach([first, ...others], (one) => Deferred.await(one.ready))
    yield* ready(
      listening[0]?.url ?? "",
      listening.reduce((sum, { rss }) => sum + rss, 0)
    )
    return yield* Effect.forever(Effect.andThen(Queue.take(hangups), replaceAll))
  })
  return yield* Effect.raceFirst(begin, Effect.andThen(FiberSet.join(keepers), Effect.never))
})

// -----------------------------------------------------------------------------
// internals

const decode = Schema.decodeUnknownOption(FromWorker)

type Passed = Extract<FromWorker, { readonly to: number }>
type Listening = Extract<FromWorker, { readonly _tag: "Ready" }>

interface Ended {
  readonly code: number | null
  readonly signal: string | null
}

interface Running {
  readonly worker: Worker
  readonly since: number
  readonly ready: Deferred.Deferred<Listening>
  readonly ended: Deferred.Deferred<Ended>
  isReady: boolean
  isLeaving: boolean
}

const firstDelay = Duration.millis(200)
const longestDelay = Duration.seconds(30)
/** One that lived for so long did not die of its start. */
const steadyMs = 60_000

/** As long as a worker has to see its requests out, and some time to end. */
const patience = Duration.seconds(15)

// The channel may have closed in the meantime.
const tell = ({ worker }: Running, message: ToWorker): void => void worker.process.send?.(message, () => {})

const relay = (workers: ReadonlyMap<number, Running>, from: Running, message: Passed): void => {
  const to = workers.get(message.to)
  if (to !== undefined) tell(to, message)
  else if (message._tag === "Asked") {
    tell(from, { _tag: "Answered", to: message.from, id: message.id, reply: null })
  }
}

const signals = (signal: NodeJS.Signals) =>
  Effect.gen(function* () {
    const queue = yield* Queue.sliding<void>(1)
    const listener = () => void Queue.offerUnsafe(queue, undefined)
    yield* Effect.acquireRelease(
      Effect.sync(() => process.on(signal, listener)),
      () => Effect.sync(() => process.off(signal, listener))
    )
    return queue
  })

const endAll = (workers: ReadonlyMap<number, Running>): Effect.Effect<void> =>
  Effect.forEach(
    [...workers.values()],
    (running) => {
      running.isLeaving = true
      running.worker.process.kill("SIGTERM")
      return Deferred.await(running.ended).pipe(
        Effect.timeoutOrElse({
          duration: patience,
          orElse: () => Effect.sync(() => void running.worker.process.kill("SIGKILL"))
        })
      )
    },
    { concurrency: "unbounded", discard: true }
  )
