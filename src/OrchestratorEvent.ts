/**
 * What happens while the orchestrator works, as data: the source of progress bars, of streams to clients and of the log.
 * JSON with `Schema.toCodecJson(OrchestratorEvent)`.
 */
import * as Schema from "effect/Schema"
import { QueryResult } from "./query/QueryResult.ts"
import { QueryStep } from "./query/QueryEvents.ts"
import { Gathered } from "./resources/GatheredResources.ts"
import { ProgressEvent } from "./resources/Progress.ts"

const GatherCompleted = Schema.TaggedStruct("Completed", { resources: Gathered })
const QueryCompleted = Schema.TaggedStruct("Completed", { result: QueryResult })

/** Of `gatherEvents`: what each server does, then the result as the last element. */
export const GatherEvent = Schema.Union([...ProgressEvent.members, GatherCompleted])
export type GatherEvent = typeof GatherEvent.Type

/** Of `queryEvents`: the gather, the steps of the question, then the answer as the last element. */
export const QueryEvent = Schema.Union([...ProgressEvent.members, ...QueryStep.members, QueryCompleted])
export type QueryEvent = typeof QueryEvent.Type

/** All of them. The two that complete are told apart by `resources` and `result`. */
export const OrchestratorEvent = Schema.Union([...GatherEvent.members, ...QueryStep.members, QueryCompleted])
export type OrchestratorEvent = typeof OrchestratorEvent.Type
