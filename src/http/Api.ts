/**
 * The HTTP API: what is asked where, and what comes back, as data. It imports models and errors only, so that a browser
 * or another Effect app can have it without the orchestrator.
 *
 * The JSON is that of the command line's `--json`. Every answer carries `x-request-id`; failures are problem details
 * (see `Problems.ts`).
 */
import * as Schema from "effect/Schema"
import * as HttpApi from "effect/http-api/HttpApi"
import * as HttpApiEndpoint from "effect/http-api/HttpApiEndpoint"
import * as HttpApiGroup from "effect/http-api/HttpApiGroup"
import * as HttpApiMiddleware from "effect/http-api/HttpApiMiddleware"
import * as HttpApiSchema from "effect/http-api/HttpApiSchema"
import * as OpenApi from "effect/http-api/OpenApi"
import * as Struct from "effect/Struct"
import { HealthReport } from "../health/HealthReport.ts"
import { ValidationReport } from "../health/ServerReport.ts"
import { ConfigProblem } from "../OrchestratorError.ts"
import type { GatherEvent, QueryEvent } from "../OrchestratorEvent.ts"
import { QueryResult } from "../query/QueryResult.ts"
import { Resolved } from "../resolution/ResolvedEntity.ts"
import { AnsweredVocabulary } from "../resolution/Vocabulary.ts"
import { Gathered } from "../resources/GatheredResources.ts"
import { RecentRequest } from "../telemetry/RecentRequests.ts"
import * as RequestIds from "../telemetry/RequestId.ts"
import * as Asked from "../text/Asked.ts"
import { version } from "../Version.ts"
import * as Events from "./Events.ts"
import { GatherLine } from "./GatherLine.ts"
import * as Problems from "./Problems.ts"

/** Carried through logs, traces and the answer; else `x-request-id`, else a new one. */
const RequestId = Schema.String.check(
  Schema.isPattern(RequestIds.pattern, { expected: "up to 128 letters, digits and .:_-" })
).annotate({
  description: "Found again in the logs, in traces and in the answer: up to 128 letters, digits and .:_-"
})

export const QueryRequest = Asked.object({
  question: Asked.filled,
  /** The SQL is generated and checked, not run. */
  dryRun: Schema.optionalKey(Schema.Boolean.annotate({ description: "The SQL is generated and checked, not run." })),
  requestId: Schema.optionalKey(RequestId)
}).annotate({ identifier: "QueryRequest" })
export type QueryRequest = typeof QueryRequest.Type

export const ResolveRequest = Asked.object({
  name: Asked.filled,
  /** A domain of the configuration: only its servers are asked; without it all are. */
  type: Schema.optionalKey(
    Schema.NullOr(Schema.String).annotate({ description: "A domain: only its servers are asked; without it all are." })
  ),
  requestId: Schema.optionalKey(RequestId)
}).annotate({ identifier: "ResolveRequest" })
export type ResolveRequest = typeof ResolveRequest.Type

export const GatherRequest = Asked.object({ requestId: Schema.optionalKey(RequestId) }).annotate({
  identifier: "GatherRequest"
})
export type GatherRequest = typeof GatherRequest.Type

/** One value of the configuration in force: as the file would hold it, secrets masked, and where it came from. */
export const ConfigValue = Schema.Struct({ path: Schema.String, value: Schema.String, source: Schema.String })

export const EffectiveConfig = Schema.Struct({
  /** The absolute path of the file; "" for a configuration that was given as a value. */
  file: Schema.String,
  values: Schema.Array(ConfigValue),
  /** Whether the file as it was last read is in force; if not, the one before it still is. */
  current: Schema.Boolean,
  /** Of the file as it was last read: why it is not in force (also: a server that cannot be reached), or what works and is probably not meant. */
  problems: Schema.Array(ConfigProblem)
}).annotate({ identifier: "EffectiveConfig" })
export type EffectiveConfig = typeof EffectiveConfig.Type

/** What `validate --json` writes, without what concerns its file. */
export const Validation = Schema.Struct(Struct.omit(ValidationReport.fields, ["file", "warnings"])).annotate({
  identifier: "Validation"
})

/** The last requests of all processes of one `serve`, newest first, whatever they came through. */
export const RecentRequests = Schema.Struct({ requests: Schema.Array(RecentRequest) }).annotate({
  identifier: "RecentRequests"
})
export type RecentRequests = typeof RecentRequests.Type

/** The JSON of the answers and events, for a page that reads them without Schemas. */
export interface Wire {
  readonly query: typeof QueryResult.Encoded
  readonly queryEvent: typeof QueryEvent.Encoded
  readonly resolve: typeof Resolved.Encoded
  readonly gather: typeof Gathered.Encoded
  readonly gatherEvent: typeof GatherEvent.Encoded
  readonly servers: typeof HealthReport.Encoded
  readonly validate: typeof Validation.Encoded
  readonly vocabulary: typeof AnsweredVocabulary.Encoded
  readonly config: typeof EffectiveConfig.Encoded
  readonly requests: typeof RecentRequests.Encoded
}

/**
 * The bearer token, the bound on requests in flight, and the deadline: what stands before every endpoint. The door has looked
 * at the token: declared as `security` here, it would be read again for every request. The endpoints are described with it.
 */
export class Admission extends HttpApiMiddleware.Service<Admission>()("effect-mcp-orchestrator/http/Admission", {
  requiredForClient: true,
  error: Problems.door
}) {}

/** `null` is an empty body. */
const gatherPayload = [GatherRequest, Schema.Null] as const

/** Resources are as large as their servers make them; what is too large was refused there. */
const lines = HttpApiSchema.StreamNdjson({ schema: GatherLine, maxElementBytes: "1 GiB" })

const describe = (summary: string) => OpenApi.annotations({ summary, override: { security: [{ bearer: [] }] } })

export class Questions extends HttpApiGroup.make("orchestrator", { topLevel: true })
  .add(
    HttpApiEndpoint.post("query", "/query", {
      payload: QueryRequest,
      success: QueryResult,
      error: [...Problems.query, ...Problems.body]
    }).annotateMerge(describe("Answer a question with rows")),
    HttpApiEndpoint.post("queryEvents", "/query/events", {
      payload: QueryRequest,
      success: HttpApiSchema.StreamSse({ events: Events.QueryStream }),
      error: Problems.body
    }).annotateMerge(describe("The same as it happens; also /query with accept: text/event-stream")),
    HttpApiEndpoint.post("resolve", "/resolve", {
      payload: ResolveRequest,
      success: Resolved,
      error: [...Problems.resolve, ...Problems.body]
    }).annotateMerge(describe("Find the entity a name means")),
    HttpApiEndpoint.post("resolveEvents", "/resolve/events", {
      payload: ResolveRequest,
      success: HttpApiSchema.StreamSse({ events: Events.ResolveStream }),
      error: Problems.body
    }).annotateMerge(describe("The same as it happens; also /resolve with accept: text/event-stream")),
    HttpApiEndpoint.post("gather", "/gather", {
      payload: gatherPayload,
      success: Gathered,
      error: [...Problems.gather, ...Problems.body]
    }).annotateMerge(describe("Every resource of every server")),
    HttpApiEndpoint.post("gatherEvents", "/gather/events", {
      payload: gatherPayload,
      success: HttpApiSchema.StreamSse({ events: Events.GatherStream }),
      error: Problems.body
    }).annotateMerge(describe("The same as it happens; also /gather with accept: text/event-stream")),
    HttpApiEndpoint.post("gatherLines", "/gather/lines", {
      payload: gatherPayload,
      success: lines,
      error: [...Problems.gather, ...Problems.body]
    }).annotateMerge(describe("One resource a line, for large sets; also /gather with accept: application/x-ndjson")),
    HttpApiEndpoint.get("servers", "/servers", { success: HealthReport }).annotateMerge(
      describe("Whether what each server declares can be listed now")
    ),
    HttpApiEndpoint.get("validate", "/validate", { success: Validation }).annotateMerge(
      describe("Whether each server is as the configuration says, and what is understood of it")
    ),
    HttpApiEndpoint.get("vocabulary", "/vocabulary", {
      success: AnsweredVocabulary,
      error: Problems.gather
    }).annotateMerge(describe("All the words that a question can use")),
    HttpApiEndpoint.get("config", "/config", { success: EffectiveConfig }).annotateMerge(
      describe("The configuration in force, secrets masked, with where each value came from")
    ),
    HttpApiEndpoint.get("requests", "/requests", { success: RecentRequests }).annotateMerge(
      describe("The last requests, with where their time went; nothing that was asked, gathered or answered")
    )
  )
  .middleware(Admission)
  .prefix("/v1") {}

/**
 * A value of a row. An integer beyond 2^53 is a plain number in JSON, which its Schema cannot say; and what generators
 * make of a choice that contains itself does not compile.
 */
const sqlValue = {
  anyOf: [
    { type: "null" },
    { type: "boolean" },
    { type: "number" },
    { type: "string" },
    { type: "array", items: {} },
    { type: "object", additionalProperties: true }
  ]
}

export class Api extends HttpApi.make("mcp-orchestrator")
  .add(Questions)
  .middleware(HttpApiMiddleware.ProblemDetails)
  // By default unknown keys are ignored: `{"dryrun": true}` would run the query.
  .annotate(HttpApi.PayloadParseOptions, { errors: "all", onExcessProperty: "error" })
  .annotateMerge(
    OpenApi.annotations({
      title: "MCP orchestrator",
      version,
      description: "Gathers the resources of MCP servers, resolves names by priority, answers questions with safe SQL.",
      transform: ({ components, ...spec }) => ({
        ...spec,
        components: {
          ...components,
          schemas: { ...components.schemas, SqlValue: sqlValue },
          securitySchemes: { bearer: { type: "http", scheme: "Bearer" } }
        }
      })
    })
  ) {}
