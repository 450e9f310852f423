/**
 * Asks a server's database for its schema, through the server's own SQL tool, as a part of every gather: afresh, whole,
 * or an error.
 *
 * Some servers keep a transaction that one failing statement has aborted, and are of no use until they are started
 * again. So nothing is tried to see whether it works: the dialect is asked for with a statement that no dialect refuses,
 * and only what the database says of our own statement leads to another one.
 */
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import * as Capability from "../../config/Capability.ts"
import type { Dialect, ServerConfig } from "../../config/OrchestratorConfig.ts"
import { failure } from "../../connection/SessionFailure.ts"
import * as ServerReason from "../../errors/ServerReason.ts"
import type { DatabaseSchema } from "../../resources/DatabaseSchema.ts"
import type { Addition } from "../../resources/Gather.ts"
import type { ServerResources } from "../../resources/GatheredResources.ts"
import type { GatherFailure } from "../../resources/GatherFailure.ts"
import * as Progress from "../../resources/Progress.ts"
import * as LogEvent from "../../telemetry/LogEvent.ts"
import { observed } from "../../telemetry/Observed.ts"
import { problemCategory } from "../../tools/SqlProblem.ts"
import { describesTables } from "../Contents.ts"
import * as Ask from "./Ask.ts"
import * as Pages from "./Pages.ts"
import * as SchemaDecoder from "./SchemaDecoder.ts"
import * as Statements from "./Statements.ts"

/**
 * Adds the schema to what was gathered of a server that declares `execute_query`: with `introspection: always`, or with
 * `auto` where none of its resources describes a table. Every request goes through the server's throttle, and has its
 * own deadline and tries; all of them count towards `limits.pages` and `limits.server_bytes`.
 */
export const addSchema: Addition = Effect.fnUntraced(function* (session, connection, config, gathered) {
  const { server } = connection
  if (!isAsked(server, gathered)) return gathered
  const publish = yield* Progress.Listener
  const { schema } = yield* observed(
    Effect.flatMap(Ask.make(session, connection, config, gathered), (asker) => readSchema(asker, server)),
    {
      step: "introspect",
      server: server.id,
      completed: ({ brokenView, bytes, calls, schema }, duration_ms) => {
        const tables = schema.tables.length
        const { dialect, id } = server
        const fields = { server: id, operation: "introspect", dialect, tables, calls, bytes, duration_ms }
        // One line in either case. There is no other trace of why the views have no columns.
        return brokenView === null
          ? LogEvent.debug("schema_introspected", fields)
          : LogEvent.warning("schema_introspected", { ...fields, error: { type: "BrokenView", message: brokenView } })
      }
    }
  )
  publish({ _tag: "Introspected", server: server.id, tables: schema.tables.length })
  return { ...gathered, schema }
})

/** The tables that the database tells of, whatever resources describe. */
export const readSchema = Effect.fnUntraced(function* (
  asker: Ask.Asker,
  server: ServerConfig
): Effect.fn.Return<SchemaRead & ReturnType<Ask.Asker["spent"]>, GatherFailure> {
  yield* checkDialect(asker, server)
  return { ...(yield* readWith(asker, server)), ...asker.spent() }
})
// -----------------------------------------------------------------------------
// internals

/** `brokenView` is what SQLite said of the view for which it told the columns of none. */
interface SchemaRead {
  readonly schema: DatabaseSchema
  readonly brokenView: string | null
}

const isAsked = ({ capabilities, introspection }: ServerConfig, gathered: ServerResources): boolean => {
  if (introspection === "never" || !capabilities.includes(Capability.executeQuery)) return false
  return introspection === "always" || !describesTables(gathered)
}

/** Fails if the database speaks another dialect than the configuration says. */
const checkDialect = Effect.fnUntraced(function* (
  { ask }: Ask.Asker,
  server: ServerConfig
): Effect.fn.Return<void, GatherFailure> {
  const answer = yield* ask(Statements.probe, Statements.probeColumns)
  if (answer._tag === "Refused") return yield* refused(server, answer.message)
  if (answer._tag === "Unreadable") {
    return yield* Ask.failed(failure("decode", new ServerReason.InvalidReply(), answer.message), Ask.elsewhere(server))
  }
  const [half = "", cut = ""] = answer.rows[0] ?? []
  const spoken = Statements.spoken(half, cut)
  if (spoken === server.dialect) return
  return yield* spoken === null
    ? Ask.failed(
        failure(
          "call",
          new ServerReason.Unsupported({ lacks: "dialect" }),
          "its database speaks none of sqlite, postgres and mysql"
        ),
        Ask.elsewhere(server)
      )
    : Ask.failed(
        failure(
          "call",
          new ServerReason.Unsupported({ lacks: "dialect" }),
          `its database speaks ${spoken}, and the configuration says ${server.dialect}`
        ),
        `Write dialect: "${spoken}" under mcp_servers.${server.id}.`
      )
})

const readWith = Effect.fnUntraced(function* (
  asker: Ask.Asker,
  server: ServerConfig
): Effect.fn.Return<SchemaRead, GatherFailure> {
  let question: Statements.Question = { form: "table", stored: false }
  let brokenView: string | null = null
  let isSecondTime = false
  while (true) {
    const read: Pages.Read = yield* Pages.read(asker, server, question)
    if (read._tag === "Refused") {
      const next: Statements.Question | null = instead(server.dialect, question, read.message)
      if (next === null) return yield* refused(server, read.message)
      if (next.stored) brokenView = read.message
      question = next
      continue
    }
    const schema: Result.Result<DatabaseSchema, string> =
      read._tag === "Changed"
        ? Result.fail("the rows moved from one page to the next")
        : SchemaDecoder.decode(server.dialect, question.form, read.rows)
    if (Result.isSuccess(schema)) return { schema: schema.success, brokenView }
    if (isSecondTime) {
      return yield* Ask.failed(
        failure(
          "decode",
          new ServerReason.InvalidReply(),
          `two readings of the schema do not hold together: ${schema.failure}`
        ),
        `Try again when nobody changes the schema. Else: ${Ask.elsewhere(server)}`
      )
    }
    isSecondTime = true
  }
})

/** The statement to ask instead, if this one failed for a reason that lies in it. */
const instead = (dialect: Dialect, question: Statements.Question, message: string): Statements.Question | null => {
  const category = problemCategory(message)
  if (question.form === "table" && category === "forbidden_function" && /\bjson_/i.test(message)) {
    return { ...question, form: "column" }
  }
  // It names nothing that an SQLite database could lack: a view, or the module of a virtual table, does.
  const isOfView = viewProblems.has(category) || /no such module|circularly defined|expected \d+ columns/i.test(message)
  return dialect === "sqlite" && !question.stored && isOfView ? { ...question, stored: true } : null
}

const viewProblems: ReadonlySet<string> = new Set([
  "unknown_table",
  "unknown_column",
  "ambiguous_column",
  "forbidden_function",
  "aggregation"
])

const refused = (server: ServerConfig, message: string): Effect.Effect<never, GatherFailure> =>
  Ask.failed(
    failure("call", new ServerReason.ServerError(), `it refused to tell its schema: ${message}`),
    /transaction is aborted/i.test(message)
      ? "Restart the server: a statement that failed before has aborted its transaction, and it begins no other."
      : Ask.elsewhere(server)
  )
