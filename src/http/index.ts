/**
 * `effect-mcp-orchestrator/http`: the HTTP API of `serve` for other programs: what is asked and answered as Schemas, and a
 * client for Effect apps. It needs nothing of Node, and follows the minor of Effect that the package names.
 */

/** The client, as a service with a Layer. */
export { type ClientOptions, HttpOrchestrator } from "./Client.ts"

/** The definition: mount its groups elsewhere, derive a client, generate its OpenAPI description. */
export {
  Admission,
  Api,
  ConfigValue,
  EffectiveConfig,
  GatherRequest,
  QueryRequest,
  Questions,
  RecentRequests,
  ResolveRequest,
  Validation
} from "./Api.ts"

/** The streams of server-sent events. */
export * as Events from "./Events.ts"

/** A gather as lines. */
export { GatherLine } from "./GatherLine.ts"

/** Failures as problem details, and those of the door as classes. */
export * as Problems from "./Problems.ts"
