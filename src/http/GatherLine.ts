/** A gather as lines of JSON: what its servers are, then each of their resources, so that nobody holds it as one text. */
import * as Schema from "effect/Schema"
import * as Struct from "effect/Struct"
import { type Gathered, GatheredResource, ServerResources } from "../resources/GatheredResources.ts"
import { Answered } from "../telemetry/RequestId.ts"

export const GatherLine = Schema.Union([
  Schema.TaggedStruct("Server", Struct.omit(ServerResources.fields, ["resources"])),
  /** `key` is what the resource stands under in the JSON of `gather`: its name, unless another has it. */
  Schema.TaggedStruct("Resource", { server: Schema.String, key: Schema.String, ...GatheredResource.fields }),
  /** The last line: without it something is missing. */
  Schema.TaggedStruct("Completed", { servers: Schema.Int, resources: Schema.Int, ...Answered.fields })
]).annotate({ identifier: "GatherLine" })
export type GatherLine = typeof GatherLine.Type

/** Made one at a time, as they are asked for. */
export function* of({ generation, requestId, servers }: Gathered): Generator<GatherLine> {
  let count = 0
  for (const { resources, ...server } of servers) {
    yield { _tag: "Server", ...server }
    for (const [key, resource] of resources) yield { _tag: "Resource", server: server.id, key, ...resource }
    count += resources.size
  }
  yield { _tag: "Completed", servers: servers.length, resources: count, requestId, generation }
}
