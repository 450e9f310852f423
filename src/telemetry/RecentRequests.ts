/**
 * The last requests of this process and where their time went, which `serve` keeps to be looked at. Of a request there are
 * its id, durations, ids of servers and words from closed lists: nothing that was asked, gathered or answered.
 */
import * as Clock from "effect/Clock"
import * as Context from "effect/Context"
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import { identity } from "effect/Function"
import * as Layer from "effect/Layer"
import * as Order from "effect/Order"
import * as Schema from "effect/Schema"
import { errorTypeOf, outcomeOf } from "./ErrorType.ts"
import * as RequestId from "./RequestId.ts"

/** The steps of ours that are measured. */
export const StepName = Schema.Literals(["connect", "list", "introspect", "gather", "resolve", "generate", "execute"])
export type StepName = typeof StepName.Type

/** What is kept: without `health`, which whoever watches asks for every few seconds, until nothing else would be left. */
const Kind = Schema.Literals(["gather", "list", "read", "resolve", "vocabulary", "query", "validate"])

/** A request is one that a caller asked for. */
export type RequestKind = typeof Kind.Type | "health"

const Outcome = Schema.Literals(["ok", "error", "interrupted"])

const RequestStep = Schema.Struct({
  name: StepName,
  /** The id of the server that it was a step of; `null` where it was none's. */
  server: Schema.NullOr(Schema.String),
  /** Since the request began. */
  offsetMs: Schema.Int,
  durationMs: Schema.Int,
  outcome: Outcome
})
type RequestStep = typeof RequestStep.Type

export const RecentRequest = Schema.Struct({
  /** Found again in the logs and in traces. */
  requestId: Schema.String,
  kind: Kind,
  /** ISO 8601, UTC. */
  beganAt: Schema.String,
  /** `null` while it runs, as the outcome is. */
  durationMs: Schema.NullOr(Schema.Int),
  outcome: Schema.NullOr(Outcome),
  /** As in the metrics; `null` unless it failed. */
  errorType: Schema.NullOr(Schema.String),
  /** In the order in which they ended, the first 64. */
  steps: Schema.Array(RequestStep)
})
export type RecentRequest = typeof RecentRequest.Type

/** Of those of several processes as many as one keeps, newest first. */
export const newest = (requests: ReadonlyArray<RecentRequest>): ReadonlyArray<RecentRequest> =>
  requests.toSorted(Order.flip(Order.mapInput(Order.String, ({ beganAt }) => beganAt))).slice(0, mostRequests)

/** One step of a request, in milliseconds on the fiber's clock. */
export interface Step extends Omit<RequestStep, "offsetMs" | "durationMs"> {
  readonly began: number
  readonly ended: number
}

/** Called for every step of the request around it; must return at once and not throw. Default: nobody listens. */
export const Listener = Context.Reference<(step: Step) => void>(
  "effect-mcp-orchestrator/telemetry/RecentRequests/Listener",
  { defaultValue: () => () => {} }
)

/** Tells of one step, of one server where it has one. */
export const step =
  (name: StepName, server: string | null) =>
  <A, E, R>(effect: Effect.Effect<A, E, R>): Effect.Effect<A, E, R> =>
    Effect.flatMap(Clock.currentTimeMillis, (began) =>
      Effect.onExit(effect, (exit) =>
        Effect.zipWith(Listener, Clock.currentTimeMillis, (tell, ended) =>
          tell({ name, server, began, ended, outcome: outcomeOf(exit) })
        )
      )
    )

export interface Recorder {
  /** Newest first. */
  readonly requests: Effect.Effect<ReadonlyArray<RecentRequest>>
  /** Keeps what the request tells of itself. */
  readonly record: (kind: RequestKind) => <A, E, R>(request: Effect.Effect<A, E, R>) => Effect.Effect<A, E, R>
}

/** Whoever serves has one; a command, and an app with the library, keep nothing. */
export const Recorder = Context.Reference<Recorder>("effect-mcp-orchestrator/telemetry/RecentRequests/Recorder", {
  defaultValue: () => ({ requests: Effect.succeed([]), record: () => identity })
})

export const layer: Layer.Layer<never> = Layer.sync(Recorder, () => {
  const kept: Array<Recorded> = []
  return {
    requests: Effect.sync(() => kept.map(toRequest)),
    record: (kind) => (request) => {
      if (kind === "health") return request
      const begin = Effect.zipWith(Clock.currentTimeMillis, RequestId.RequestId, (began, requestId) => {
        const recorded: Recorded = { requestId: requestId ?? "", kind, began, steps: [], end: null }
        if (kept.unshift(recorded) > mostRequests) kept.pop()
        return recorded
      })
      return Effect.acquireUseRelease(
        begin,
        (recorded) =>
          Effect.provideService(request, Listener, (step) => {
            // A handshake that it began may go on for another request.
            if (recorded.end === null && recorded.steps.length < mostSteps) recorded.steps.push(step)
          }),
        (recorded, exit) =>
          Effect.map(Clock.currentTimeMillis, (ended) => {
            recorded.end = { ended, outcome: outcomeOf(exit), errorType: errorTypeOf(exit) }
          })
      )
    }
  }
})

// -----------------------------------------------------------------------------
// internals

const mostRequests = 50
const mostSteps = 64

interface Recorded extends Pick<RecentRequest, "requestId" | "kind"> {
  readonly began: number
  readonly steps: Array<Step>
  end: (Pick<RecentRequest, "outcome" | "errorType"> & { readonly ended: number }) | null
}

const toRequest = ({ began, end, kind, requestId, steps }: Recorded): RecentRequest => ({
  requestId,
  kind,
  beganAt: DateTime.formatIso(DateTime.makeUnsafe(began)),
  durationMs: end === null ? null : end.ended - began,
  outcome: end?.outcome ?? null,
  errorType: end?.errorType ?? null,
  steps: steps.map(({ ended, name, outcome, server, ...step }) => ({
    name,
    server,
    offsetMs: step.began - began,
    durationMs: ended - step.began,
    outcome
  }))
})
