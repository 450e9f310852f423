/** What servers answer, decoded: resource pages, contents, tools (MCP specification, `server/resources`, `server/tools`). */
import * as Effect from "effect/Effect"
import * as Predicate from "effect/Predicate"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import * as SchemaIssue from "effect/SchemaIssue"
import type { Stage } from "../OrchestratorError.ts"
import * as Redaction from "../telemetry/Redaction.ts"
import { failure, type SessionFailure } from "./SessionFailure.ts"

const ListedResource = Schema.Struct({
  uri: Schema.NonEmptyString,
  name: Schema.String,
  title: Schema.optionalKey(Schema.String),
  description: Schema.optionalKey(Schema.String),
  mimeType: Schema.optionalKey(Schema.String)
})
/** A resource as `resources/list` announces it. */
export type ListedResource = typeof ListedResource.Type

/**
 * `null` and "" both end a listing: the specification wants the key left out, but serialisers that write every field
 * are common, and asking again with "" returns the first page for ever.
 */
const nextCursor = Schema.optionalKey(Schema.NullOr(Schema.String))

const ResourcePage = Schema.Struct({ resources: Schema.Array(ListedResource), nextCursor })
export interface ResourcePage {
  readonly resources: ReadonlyArray<ListedResource>
  /** `null` on the last page. */
  readonly nextCursor: string | null
}

const base64 = Schema.String.check(Schema.isBase64())
const Content = Schema.Union([
  Schema.Struct({ uri: Schema.String, mimeType: Schema.optionalKey(Schema.String), text: Schema.String }),
  Schema.Struct({ uri: Schema.String, mimeType: Schema.optionalKey(Schema.String), blob: base64 })
])
/** One item of a read: text, or base64. */
export type Content = typeof Content.Type
const Contents = Schema.Struct({ contents: Schema.Array(Content) })

const hint = Schema.optionalKey(Schema.NullOr(Schema.Boolean))
const Tool = Schema.Struct({
  name: Schema.String,
  description: Schema.optionalKey(Schema.NullOr(Schema.String)),
  inputSchema: Schema.Record(Schema.String, Schema.Unknown),
  annotations: Schema.optionalKey(Schema.NullOr(Schema.Struct({ readOnlyHint: hint, destructiveHint: hint })))
})
export type Tool = typeof Tool.Type
const ToolPage = Schema.Struct({ tools: Schema.Array(Tool), nextCursor })
export interface ToolPage {
  readonly tools: ReadonlyArray<Tool>
  /** `null` on the last page. */
  readonly nextCursor: string | null
}

const TemplateList = Schema.Struct({ resourceTemplates: Schema.Array(Schema.Struct({ uriTemplate: Schema.String })) })

/** Decodes a `resources/list` reply. Fails with `InvalidReply` that names the resource. */
export const decodeResourcePage = (reply: unknown): Effect.Effect<ResourcePage, SessionFailure> =>
  Effect.map(decodeWith(resourcePage, "list", reply), (page) => ({
    resources: page.resources,
    nextCursor: page.nextCursor || null
  }))

/** Decodes a `resources/templates/list` reply: the URI templates (RFC 6570) of its page. */
export const decodeTemplates = (reply: unknown): Effect.Effect<ReadonlyArray<string>, SessionFailure> =>
  Effect.map(decodeWith(templateList, "list", reply), ({ resourceTemplates }) =>
    resourceTemplates.map(({ uriTemplate }) => uriTemplate)
  )

/** Decodes a `tools/list` reply. */
export const decodeToolPage = (reply: unknown): Effect.Effect<ToolPage, SessionFailure> =>
  Effect.map(decodeWith(toolPage, "call", reply), (page) => ({
    tools: page.tools,
    nextCursor: page.nextCursor || null
  }))

/**
 * Decodes a `resources/read` reply. A single item must carry the URI that was asked; of several, each must be that
 * resource or one below it. Otherwise `WrongResource`: some gateways hand out other clients' answers.
 */
export const decodeContents = (uri: string, reply: unknown): Effect.Effect<ReadonlyArray<Content>, SessionFailure> =>
  Effect.flatMap(decodeWith(contents, "read", reply), (read) => {
    const foreign = read.contents.find((item) => !isPartOf(uri, item.uri, read.contents.length))
    return foreign === undefined
      ? Effect.succeed(read.contents)
      : Effect.fail(failure("read", "WrongResource", `the reply is for ${Redaction.url(foreign.uri)}`))
  })

const resourcePage = Schema.decodeUnknownResult(ResourcePage)
const contents = Schema.decodeUnknownResult(Contents)
const templateList = Schema.decodeUnknownResult(TemplateList)
const toolPage = Schema.decodeUnknownResult(ToolPage)

const isPartOf = (asked: string, got: string, items: number): boolean =>
  got === asked || normalized(got) === normalized(asked) || (items > 1 && got.startsWith(asked))

/** URLs that differ in spelling only (`HTTP://Host` and `http://host/`) are one resource. */
const normalized = (uri: string): string => (URL.canParse(uri) ? new URL(uri).href : uri)

const standardIssues = SchemaIssue.makeFormatterStandardSchemaV1()

const decodeWith = <A>(
  decode: ReturnType<typeof Schema.decodeUnknownResult<Schema.Codec<A, unknown>>>,
  stage: Stage,
  reply: unknown
): Effect.Effect<A, SessionFailure> => {
  const decoded = decode(reply)
  if (Result.isSuccess(decoded)) return Effect.succeed(decoded.success)
  const issue = standardIssues(decoded.failure.issue).issues[0]
  const path = (issue?.path ?? []).map((part) => String(part))
  const owner = path.length < 2 ? null : itemName(reply, path[0] ?? "", Number(path[1]))
  const where = path.join(".") + (owner === null ? "" : ` (${owner})`)
  return Effect.fail(failure(stage, "InvalidReply", Redaction.text(`${where}: ${issue?.message ?? "invalid"}`)))
}

/** The URI or name of the item that is wrong, so that the operator need not count. */
const itemName = (reply: unknown, list: string, index: number): string | null => {
  const items = Predicate.isObject(reply) ? reply[list] : undefined
  const item: unknown = Array.isArray(items) ? items[index] : undefined
  if (!Predicate.isObject(item)) return null
  return typeof item["uri"] === "string" ? item["uri"] : typeof item["name"] === "string" ? item["name"] : null
}
