/**
 * The gathers of one configuration when many ask at once: at most `max_gathers` run, `max_waiting` requests wait, first
 * come, first served; or, with `share_gathers`, those who ask while a gather runs share the next one. Waiting is not a part
 * of `gather_timeout`.
 */
import * as Clock from "effect/Clock"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import type * as Tracer from "effect/Tracer"
import type { OrchestratorConfig } from "../config/OrchestratorConfig.ts"
import { TooManyWaiting } from "../errors/QueryReason.ts"
import { OverloadedError } from "../OrchestratorError.ts"
import * as LogEvent from "../telemetry/LogEvent.ts"
import * as RecentRequests from "../telemetry/RecentRequests.ts"
import * as RequestId from "../telemetry/RequestId.ts"
import type { GatherError } from "./GatherFailure.ts"
import type { GatheredResources } from "./GatheredResources.ts"
import * as Progress from "./Progress.ts"
import * as Turns from "./Turns.ts"

/** Gathers when it is its turn, or fails when too many wait already. */
export type Gathering = Effect.Effect<GatheredResources, GatherError | OverloadedError>

/**
 * Every request gets what was read after it arrived, whether it shares or not, and nothing is kept: what a shared gather
 * brought belongs to those who waited for it. A gather that is shared has an id of its own, which their logs name.
 */
export const make = (gather: Effect.Effect<GatheredResources, GatherError>, config: OrchestratorConfig): Gathering => {
  const { maxGathers, maxWaiting, shareGathers } = config
  let last = Duration.zero
  const timed = Effect.flatMap(Clock.currentTimeMillis, (began) =>
    Effect.onExit(gather, () =>
      Effect.map(Clock.currentTimeMillis, (ended) => {
        last = Duration.millis(ended - began)
      })
    )
  )
  const full = Effect.suspend(() => Effect.fail(overloaded(maxWaiting, last)))
  if (!shareGathers) return Turns.bounded({ atOnce: maxGathers, waiting: maxWaiting }, full)(timed)
  const share = Turns.sharingNext((members: ReadonlySet<Member>) => shared(timed, members), maxWaiting, full)
  return Effect.gen(function* () {
    const span = yield* Effect.option(Effect.currentParentSpan)
    const { gatherId, resources } = yield* share({
      publish: yield* Progress.Listener,
      tell: yield* RecentRequests.Listener,
      links: span._tag === "Some" ? [{ span: span.value, attributes: {} }] : []
    })
    yield* LogEvent.debug("gather_shared", { gather_id: gatherId })
    return resources
  })
}

// -----------------------------------------------------------------------------
// internals

/** A request that shares a gather. */
interface Member {
  readonly publish: (event: Progress.ProgressEvent) => void
  readonly tell: (step: RecentRequests.Step) => void
  readonly links: ReadonlyArray<Tracer.SpanLink>
}

/** As a request of its own: its logs and spans are nobody's, and point to those of everybody whom it serves. */
const shared = (gather: Effect.Effect<GatheredResources, GatherError>, members: ReadonlySet<Member>) =>
  Effect.all({ gatherId: Effect.map(RequestId.RequestId, (id) => id ?? ""), resources: gather }).pipe(
    Effect.withSpan("Gathers.shared", { root: true, links: Array.from(members).flatMap(({ links }) => links) }),
    Effect.provideService(Progress.Listener, (event) => {
      for (const { publish } of members) publish(event)
    }),
    Effect.provideService(RecentRequests.Listener, (step) => {
      for (const { tell } of members) tell(step)
    }),
    RequestId.within,
    RequestId.outside
  )

/** About as long as a gather takes, others are through, and there is room again. */
const overloaded = (limit: number, gather: Duration.Duration): OverloadedError => {
  const reason = new TooManyWaiting({ limit, retryAfter: Duration.max(gather, Duration.seconds(1)) })
  const detail = `${limit} requests wait for a gather already (orchestration.max_waiting)`
  return new OverloadedError({ reason, detail, remedy: reason.remedy })
}
