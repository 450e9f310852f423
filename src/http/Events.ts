/**
 * The streams of server-sent events. The `data` of each is the JSON of what the orchestrator tells, under a name that an
 * `EventSource` can listen to; the last one is `completed` with the answer, or `failed` with the problem that the plain
 * endpoint would have answered with. No event has an id: a stream cannot be resumed.
 */
import * as Schema from "effect/Schema"
import { GatherEvent, QueryEvent } from "../OrchestratorEvent.ts"
import { Resolved } from "../resolution/ResolvedEntity.ts"
import { ProgressEvent } from "../resources/Progress.ts"
import * as Problems from "./Problems.ts"

/** Of `/v1/resolve/events`: the gather, then the answer. */
export const ResolveEvent = Schema.Union([
  ...ProgressEvent.members,
  Schema.TaggedStruct("Completed", { resolved: Resolved })
])
export type ResolveEvent = typeof ResolveEvent.Type

export type Told = GatherEvent | QueryEvent | ResolveEvent

/** The name of each event on the wire. */
const names = {
  Connected: "connected",
  Listed: "listed",
  Read: "read",
  Introspected: "introspected",
  Gathered: "gathered",
  Resolved: "resolved",
  SqlGenerated: "generated",
  SqlRejected: "rejected",
  SqlFailed: "execution_failed",
  Executed: "executed",
  Completed: "completed"
} as const satisfies { readonly [Tag in Told["_tag"]]: string }

export const nameOf = ({ _tag }: Told): (typeof names)[Told["_tag"]] => names[_tag]

const told = Schema.Literals(Object.values(names))

/** What ends a stream too early. */
const ended = [Problems.ShuttingDown, Problems.DeadlineExceeded] as const

const streamOf = <Event extends Schema.Constraint, const Failures extends ReadonlyArray<Schema.Constraint>>(
  event: Event,
  failures: Failures
) =>
  Schema.Union([
    Schema.Struct({ event: told, data: Schema.fromJsonString(Schema.toCodecJson(event)) }),
    Schema.Struct({
      event: Schema.Literal("failed"),
      data: Schema.fromJsonString(Schema.toCodecJson(Schema.Union([...failures, ...ended])))
    })
  ])

export const GatherStream = streamOf(GatherEvent, Problems.gather)

export const ResolveStream = streamOf(ResolveEvent, Problems.resolve)

export const QueryStream = streamOf(QueryEvent, Problems.query)
