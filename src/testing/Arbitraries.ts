/**
 * Random models for property tests (`it.prop`), as the library makes them: servers and resources in order, their ids and
 * keys unique, `bigint` for the integers that a double cannot hold and for no others. Names such as `__proto__` and `7`
 * are frequent. Each comes back the same from its JSON.
 */
import * as Arbitrary from "effect/Arbitrary"
import * as Schema from "effect/Schema"
import * as Grounding from "../grounding/Grounding.ts"
import { ServerHealth } from "../health/HealthReport.ts"
import * as ServerReport from "../health/ServerReport.ts"
import type { OrchestratorEvent } from "../OrchestratorEvent.ts"
import { QueryStep } from "../query/QueryEvents.ts"
import * as Query from "../query/QueryResult.ts"
import * as Resolution from "../resolution/ResolvedEntity.ts"
import { GatherError } from "../resources/GatherFailure.ts"
import * as Resources from "../resources/GatheredResources.ts"
import { ProgressEvent } from "../resources/Progress.ts"
import { keyed } from "../resources/ServerGather.ts"
import { GeneratedSql } from "../sql/SqlGenerator.ts"
import { Answered } from "../telemetry/RequestId.ts"
import * as Order from "effect/Order"
import * as Rows from "../tools/Rows.ts"

/** Names that objects take for something else, among all others. */
const name = Schema.Union([Schema.Literals(["__proto__", "constructor", "7"]), Schema.String])

/** Of a resource: nothing in it looks like a secret. */
const uri = Schema.String.check(Schema.isPattern(/^[a-z]{1,5}:\/\/[a-z0-9/]{1,12}$/))

const Json: Schema.Codec<Schema.Json> = Schema.Union([
  Schema.Null,
  Schema.Boolean,
  Schema.Finite,
  Schema.String,
  Schema.Array(Schema.suspend(() => Json)),
  Schema.Record(
    name,
    Schema.suspend(() => Json)
  )
])

const SqlValue: Schema.Codec<Rows.SqlValue> = Schema.Union([
  Schema.Null,
  Schema.Boolean,
  Schema.Finite.check(Schema.makeFilter((value) => Number.isSafeInteger(value) || !Number.isInteger(value))),
  Schema.BigInt.check(Schema.makeFilter((value) => BigInt.asIntN(54, value) !== value)),
  Schema.String,
  Schema.Array(Schema.suspend(() => SqlValue)),
  Schema.Record(
    name,
    Schema.suspend(() => SqlValue)
  )
])

/** JSON with keys such as `__proto__`. */
export const json: Arbitrary.Arbitrary<Schema.Json> = Arbitrary.schema(Json)

/** A value of a row: NULL, scalars, integers beyond 2^53, nested JSON. */
export const sqlValues: Arbitrary.Arbitrary<Rows.SqlValue> = Arbitrary.schema(SqlValue)

const RowsModel = Schema.Struct({ ...Rows.Rows.fields, rows: Schema.Array(Schema.Array(SqlValue)) })

/** What a statement gave. */
export const rows: Arbitrary.Arbitrary<Rows.Rows> = Arbitrary.schema(RowsModel)

const place = { resource: Schema.Struct({ name, uri }) }
const Entity = Schema.Struct({
  ...Resolution.ResolvedEntity.fields,
  ...place,
  entity: Json,
  databaseReferences: Schema.Record(name, Json),
  conflicts: Schema.Array(Schema.Struct({ ...Resolution.Conflict.fields, ...place }))
})

/** An entity that a name means. */
export const resolvedEntities: Arbitrary.Arbitrary<Resolution.ResolvedEntity> = Arbitrary.schema(Entity)

/** What `resolve` returns, found and not found. */
export const resolved: Arbitrary.Arbitrary<Resolution.Resolved> = Arbitrary.schema(
  Schema.Struct({ ...Resolution.Resolution.fields, ...Answered.fields, entity: Schema.NullOr(Entity) })
)

const Gathered = Schema.Struct({
  ...Answered.fields,
  servers: Schema.Array(
    Schema.Struct({
      ...Resources.ServerResources.fields,
      id: name,
      resources: Schema.Array(Schema.Struct({ ...Resources.GatheredResource.fields, name, uri, data: Json }))
    })
  )
})

const inOrder = ({ servers, ...rest }: typeof Gathered.Type): Resources.Gathered => {
  const byId = new Map(servers.map((server) => [server.id, { ...server, resources: keyed(server.resources) }]))
  return {
    ...rest,
    servers: [...byId.values()].toSorted(
      (one, other) => one.priority - other.priority || Order.String(one.id, other.id)
    )
  }
}

/** What `gather` returns. */
export const gathered: Arbitrary.Arbitrary<Resources.Gathered> = Arbitrary.map(Arbitrary.schema(Gathered), inOrder)

const Answer = Schema.Struct({
  ...Query.QueryResult.fields,
  resolvedEntities: Schema.Array(Entity),
  result: Schema.NullOr(RowsModel)
})

/** What `query` returns, with rows and after a dry run. */
export const queryResults: Arbitrary.Arbitrary<Query.QueryResult> = Arbitrary.schema(Answer)

const ErrorJson = Schema.toCodecJson(GatherError)
const encodeError = Schema.encodeSync(ErrorJson)
const decodeError = Schema.decodeSync(ErrorJson)

/** With an error as it is read from JSON: random ones have messages of their own, and durations of too many digits. */
const withReadError = <A extends { readonly error: GatherError | null }>(model: A): A => ({
  ...model,
  error: model.error === null ? null : decodeError(encodeError(model.error))
})

/** The health of one server. */
export const serverHealths: Arbitrary.Arbitrary<ServerHealth> = Arbitrary.map(
  Arbitrary.schema(ServerHealth),
  withReadError
)

/** What `validate` says of one server. */
export const serverReports: Arbitrary.Arbitrary<ServerReport.ServerReport> = Arbitrary.map(
  Arbitrary.schema(
    Schema.Struct({
      ...ServerReport.ServerReport.fields,
      understood: Schema.Array(Schema.Struct({ ...Grounding.Understood.fields, uri }))
    })
  ),
  withReadError
)

/** What a generator writes. */
export const generatedSql: Arbitrary.Arbitrary<GeneratedSql> = Arbitrary.schema(GeneratedSql)

/** Everything that `gatherEvents` and `queryEvents` tell. */
export const events: Arbitrary.Arbitrary<OrchestratorEvent> = Arbitrary.map(
  Arbitrary.all({
    event: Arbitrary.schema(
      Schema.Union([...ProgressEvent.members, ...QueryStep.members, Schema.Literals(["gathered", "answered"])])
    ),
    uri: Arbitrary.schema(uri),
    mentions: Arbitrary.schema(Schema.Array(Schema.Struct({ ...Resolution.Mention.fields, resolution: Entity }))),
    resources: gathered,
    result: queryResults
  }),
  ({ event, mentions, resources, result, uri }): OrchestratorEvent => {
    if (event === "gathered") return { _tag: "Completed", resources }
    if (event === "answered") return { _tag: "Completed", result }
    if (event._tag === "Read") return { ...event, uri }
    return event._tag === "Resolved" ? { ...event, mentions } : event
  }
)
