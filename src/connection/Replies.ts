/** What servers answer, decoded: resource pages, contents, tools (MCP specification, `server/resources`, `server/tools`). */
import * as Effect from "effect/Effect"
import * as Predicate from "effect/Predicate"
import * as Record from "effect/Record"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import * as SchemaGetter from "effect/SchemaGetter"
import * as SchemaIssue from "effect/SchemaIssue"
import * as ServerReason from "../errors/ServerReason.ts"
import type { Stage } from "../OrchestratorError.ts"
import * as Redaction from "../telemetry/Redaction.ts"
import { failure, type SessionFailure } from "./SessionFailure.ts"

/** The specification wants what is not there left out; serialisers that write every field as `null` are common. */
const optional = <S extends Schema.Constraint>(schema: S) => Schema.optionalKey(Schema.NullOr(schema))

const ListedResource = Schema.Struct({
  uri: Schema.NonEmptyString,
  name: optional(Schema.String),
  title: optional(Schema.String),
  description: optional(Schema.String),
  mimeType: optional(Schema.String)
})
/** A resource as `resources/list` announces it; one without a name goes by its URI. */
export interface ListedResource {
  readonly uri: string
  readonly name: string
  readonly title?: string
  readonly description?: string
  readonly mimeType?: string
}

/** `null` and "" both end a listing: asking again with "" returns the first page for ever. */
const nextCursor = optional(Schema.String)

/** `null` is an empty list: what Go makes of a slice to which nothing was added. A list that is missing is an error. */
const list = <S extends Schema.Constraint>(item: S) => Schema.NullOr(Schema.Array(item))

const ResourcePage = Schema.Struct({ resources: list(ListedResource), nextCursor })
export interface ResourcePage {
  readonly resources: ReadonlyArray<ListedResource>
  /** `null` on the last page. */
  readonly nextCursor: string | null
}

/** Base64 in its one form: MIME breaks it into lines (RFC 2045 §6.8); base64url has two other letters (RFC 4648 §5). */
const Base64 = Schema.String.pipe(
  Schema.decodeTo(Schema.String.check(Schema.isBase64({ message: "not base64" })), {
    decode: SchemaGetter.transform((blob) =>
      blob.length % 4 === 0 && base64Letters.test(blob) ? blob : plainBase64(blob)
    ),
    encode: SchemaGetter.passthrough()
  })
)

const Item = Schema.Struct({
  uri: Schema.String,
  mimeType: optional(Schema.String),
  text: optional(Schema.String),
  blob: optional(Base64)
}).check(Schema.makeFilter(({ blob, text }) => (text ?? blob ?? null) !== null || "neither text nor a blob"))
/** One item of a read: text, or base64 as RFC 4648 §4 writes it. */
export type Content = { readonly uri: string; readonly mimeType?: string } & (
  | { readonly text: string }
  | { readonly blob: string }
)
const Contents = Schema.Struct({ contents: list(Item) })

const hint = optional(Schema.Boolean)
const Tool = Schema.Struct({
  name: Schema.String,
  description: optional(Schema.String),
  inputSchema: Schema.Record(Schema.String, Schema.Unknown),
  annotations: optional(Schema.Struct({ readOnlyHint: hint, destructiveHint: hint }))
})
export type Tool = typeof Tool.Type
const ToolPage = Schema.Struct({ tools: list(Tool), nextCursor })
export interface ToolPage {
  readonly tools: ReadonlyArray<Tool>
  /** `null` on the last page. */
  readonly nextCursor: string | null
}

const ResourceTemplate = Schema.Struct({
  uriTemplate: Schema.NonEmptyString,
  name: optional(Schema.String),
  title: optional(Schema.String),
  description: optional(Schema.String),
  mimeType: optional(Schema.String)
})
/** A URI template (RFC 6570) as `resources/templates/list` announces it; one without a name goes by itself. */
export interface ResourceTemplate {
  readonly uriTemplate: string
  readonly name: string
  readonly title?: string
  readonly description?: string
  readonly mimeType?: string
}
const TemplatePage = Schema.Struct({ resourceTemplates: list(ResourceTemplate), nextCursor })
export interface TemplatePage {
  readonly templates: ReadonlyArray<ResourceTemplate>
  /** `null` on the last page. */
  readonly nextCursor: string | null
}

/** Decodes a `resources/list` reply. Fails with `InvalidReply` that names the resource. */
export const decodeResourcePage = (reply: unknown): Effect.Effect<ResourcePage, SessionFailure> =>
  Effect.map(decodeWith(resourcePage, "list", reply), (page) => ({
    resources: (page.resources ?? []).map(listed),
    nextCursor: page.nextCursor || null
  }))

/** Decodes a `resources/templates/list` reply. */
export const decodeTemplatePage = (reply: unknown): Effect.Effect<TemplatePage, SessionFailure> =>
  Effect.map(decodeWith(templatePage, "list", reply), (page) => ({
    templates: (page.resourceTemplates ?? []).map(({ name, uriTemplate, ...more }) => ({
      uriTemplate,
      name: name ?? uriTemplate,
      ...described(more)
    })),
    nextCursor: page.nextCursor || null
  }))

/** Decodes a `tools/list` reply. */
export const decodeToolPage = (reply: unknown): Effect.Effect<ToolPage, SessionFailure> =>
  Effect.map(decodeWith(toolPage, "call", reply), (page) => ({
    tools: page.tools ?? [],
    nextCursor: page.nextCursor || null
  }))

/**
 * Decodes a `resources/read` reply. A single item must carry the URI that was asked; of several, each must be that
 * resource or one below it. Otherwise `WrongResource`: some gateways hand out other clients' answers.
 */
export const decodeContents = (uri: string, reply: unknown): Effect.Effect<ReadonlyArray<Content>, SessionFailure> =>
  Effect.flatMap(decodeWith(contents, "read", reply), (read) => {
    const items = read.contents ?? []
    const foreign = items.find((item) => !isPartOf(uri, item.uri, items.length))
    return foreign === undefined
      ? Effect.succeed(items.map(content))
      : Effect.fail(failure("read", new ServerReason.WrongResource(), `the reply is for ${Redaction.url(foreign.uri)}`))
  })

const resourcePage = Schema.decodeUnknownResult(ResourcePage)
const contents = Schema.decodeUnknownResult(Contents)
const templatePage = Schema.decodeUnknownResult(TemplatePage)
const toolPage = Schema.decodeUnknownResult(ToolPage)

const listed = ({ name, uri, ...more }: typeof ListedResource.Type): ListedResource => ({
  uri,
  name: name ?? uri,
  ...described(more)
})

const described = ({
  description,
  mimeType,
  title
}: Pick<typeof ListedResource.Type, "description" | "mimeType" | "title">) =>
  Record.filter({ title, description, mimeType }, Predicate.isNotNullish)

const content = ({ blob, mimeType, text, uri }: typeof Item.Type): Content => ({
  uri,
  ...Record.filter({ mimeType }, Predicate.isNotNullish),
  ...(Predicate.isNotNullish(text) ? { text } : { blob: blob ?? "" })
})

const base64Letters = /^[A-Za-z0-9+/]*={0,2}$/

const plainBase64 = (blob: string): string => {
  const letters = blob
    .replace(/\s+/g, "")
    .replace(/={1,2}$/, "")
    .replaceAll("-", "+")
    .replaceAll("_", "/")
  return letters.padEnd(Math.ceil(letters.length / 4) * 4, "=")
}

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
  return Effect.fail(
    failure(stage, new ServerReason.InvalidReply(), Redaction.text(`${where}: ${issue?.message ?? "invalid"}`))
  )
}

/** The URI or name of the item that is wrong, so that the operator need not count. */
const itemName = (reply: unknown, list: string, index: number): string | null => {
  const items = Predicate.isObject(reply) ? reply[list] : undefined
  const item: unknown = Array.isArray(items) ? items[index] : undefined
  if (!Predicate.isObject(item)) return null
  return typeof item["uri"] === "string" ? item["uri"] : typeof item["name"] === "string" ? item["name"] : null
}
