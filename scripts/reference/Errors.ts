/** docs/reference/errors.md: every error and every reason, from the classes themselves. */
import * as Duration from "effect/Duration"
import * as Runtime from "effect/Runtime"
import * as BatchErrors from "../../src/batch/BatchError.ts"
import * as QueryReason from "../../src/errors/QueryReason.ts"
import * as ServerReason from "../../src/errors/ServerReason.ts"
import * as Errors from "../../src/OrchestratorError.ts"
import * as Markdown from "./Markdown.ts"

const server = {
  server: "db",
  stage: "http",
  url: "http://localhost/sse",
  attempts: 1,
  detail: "what happened",
  remedy: "What to do."
} as const
const refused = new ServerReason.Refused()
const overload = new QueryReason.TooManyWaiting({ limit: 1000, retryAfter: Duration.seconds(1) })

/** One of each error. */
export const errors: ReadonlyArray<Errors.OrchestratorError> = [
  new Errors.ConfigError({ file: "/mcp-config.yaml", problems: [], remedy: "What to do." }),
  new Errors.McpConnectionError({ ...server, reason: refused }),
  new Errors.NoMcpAvailableError({ ...server, operation: "query", reason: new QueryReason.NoneEnabled() }),
  new Errors.OverloadedError({ reason: overload, detail: "what happened", remedy: "What to do." }),
  new Errors.ResourceFetchError({ ...server, operation: "read", uri: "db://orders", reason: refused }),
  new Errors.EntityNotFoundError({
    name: "x",
    resourceType: "products",
    suggestions: [],
    ambiguous: false,
    remedy: "What to do."
  }),
  new Errors.SqlGenerationError({
    question: "how many?",
    reason: new QueryReason.NotUnderstood(),
    detail: "what happened",
    understood: [],
    attempts: [],
    remedy: "What to do."
  }),
  new Errors.QueryExecutionError({
    ...server,
    attempts: [],
    sql: "SELECT 1",
    reason: new QueryReason.StatementFailed({ category: "type" })
  })
]

/** One of each reason of a server, with each of its hints and of what may be lacking. */
export const serverReasons: ReadonlyArray<ServerReason.ServerReason> = [
  refused,
  new ServerReason.Reset(),
  new ServerReason.Reset({ hint: "ClosedUnanswered" }),
  new ServerReason.TimedOut(),
  new ServerReason.TimedOut({ hint: "NoEndpoint" }),
  new ServerReason.TimedOut({ hint: "NoHeaders" }),
  new ServerReason.TimedOut({ hint: "OneAtATime" }),
  new ServerReason.RateLimited(),
  new ServerReason.Unavailable({ status: 503 }),
  new ServerReason.Unavailable({ status: 503, hint: "NoAffinity" }),
  new ServerReason.ConnectionLost(),
  new ServerReason.ConnectionLost({ hint: "NoAffinity" }),
  new ServerReason.HostNotFound(),
  new ServerReason.AddressNotAllowed(),
  new ServerReason.Tls(),
  new ServerReason.Tls({ hint: "PlainPort" }),
  new ServerReason.Unauthorized(),
  new ServerReason.Forbidden(),
  new ServerReason.Rejected({ status: 404 }),
  new ServerReason.Rejected({ status: 404, hint: "StreamableHttp" }),
  new ServerReason.Rejected({ status: 404, hint: "TlsPort" }),
  new ServerReason.Rejected({ status: 404, hint: "LostPrefix" }),
  new ServerReason.Rejected({ status: 404, hint: "DeadEndpoint" }),
  new ServerReason.Rejected({ status: 404, hint: "NoAffinity" }),
  new ServerReason.Redirected(),
  new ServerReason.ForeignEndpoint(),
  new ServerReason.Protocol(),
  new ServerReason.Protocol({ hint: "Encoding" }),
  new ServerReason.Protocol({ hint: "TlsPort" }),
  new ServerReason.InvalidReply(),
  new ServerReason.WrongResource(),
  new ServerReason.ServerError(),
  new ServerReason.TooLarge({ limit: 1 }),
  new ServerReason.TooMany({ limit: 1 }),
  new ServerReason.Unsupported({ lacks: "resources" }),
  new ServerReason.Unsupported({ lacks: "tools" }),
  new ServerReason.Unsupported({ lacks: "dialect" }),
  new ServerReason.Unsupported({ lacks: "request" })
]

type OtherReason =
  | typeof QueryReason.AvailabilityReason.Type
  | QueryReason.TooManyWaiting
  | QueryReason.GenerationReason
  | QueryReason.ExecutionReason

/** One of each of the other reasons, by the error that carries it. */
const otherReasons: ReadonlyArray<readonly [Errors.OrchestratorError["_tag"], ReadonlyArray<OtherReason>]> = [
  ["NoMcpAvailableError", [new QueryReason.NoneEnabled(), new QueryReason.NotCapable({ capability: "execute_query" })]],
  ["OverloadedError", [overload]],
  [
    "SqlGenerationError",
    [
      new QueryReason.NotUnderstood(),
      new QueryReason.NoSchema(),
      new QueryReason.Rejected(),
      new QueryReason.NoParser({ packageName: "libpg-query" }),
      new QueryReason.ModelFailed({ isRetryable: true }),
      new QueryReason.QuestionTooLarge({ limit: 4000, unit: "characters" })
    ]
  ],
  [
    "QueryExecutionError",
    [
      new QueryReason.PermissionDenied(),
      new QueryReason.StatementTimedOut(),
      new QueryReason.StatementFailed({ category: "type" }),
      new QueryReason.UnreadableReply(),
      new QueryReason.CallFailed({ reason: refused })
    ]
  ]
]

/** What a reason tells beside its tag, if that changes its remedy. */
export const variantOf = (reason: ServerReason.ServerReason): string | null =>
  "hint" in reason ? reason.hint : "lacks" in reason ? reason.lacks : null

const classes = new Map(Errors.OrchestratorError.members.map((member) => [member.fields._tag.schema.literal, member]))

/** Whose answer depends on what is in them, not on their class. */
const depends = new Set(["ModelFailed", "CallFailed"])

const again = ({ _tag, isRetryable }: { readonly _tag: string; readonly isRetryable: boolean }) =>
  depends.has(_tag) ? "depends" : isRetryable ? "yes" : "no"

const errorTable = Markdown.table(
  ["error", "HTTP status", "exit code", "when"],
  errors.map((error) => {
    const { annotations } = classes.get(error._tag)?.ast ?? {}
    return Markdown.row(
      `\`${error._tag}\``,
      String(annotations?.["httpApiStatus"]),
      String(error[Runtime.errorExitCode]),
      String(annotations?.["description"])
    )
  })
)

const serverReasonTable = Markdown.table(
  ["reason", "what happened", "again", "remedy"],
  serverReasons.map((reason) => {
    const variant = variantOf(reason)
    return Markdown.row(
      `\`${reason._tag}\`${variant === null ? "" : `, \`${variant}\``}`,
      reason.message,
      again(reason),
      reason.remedy
    )
  })
)

/** One of each reason why a command of `batch` fails. */
const batchReasons: ReadonlyArray<BatchErrors.BatchReason> = [
  new BatchErrors.InvalidInput({ line: 1 }),
  new BatchErrors.Conflict({ batch: "monday", id: "q1" }),
  new BatchErrors.UnknownBatch({ batch: "monday" }),
  new BatchErrors.InvalidStore({ packageName: null }),
  new BatchErrors.InvalidStore({ packageName: "pg" }),
  new BatchErrors.StoreFailed({ isRetryable: true })
]

const batchReasonTable = Markdown.table(
  ["reason", "exit code", "remedy"],
  batchReasons.map(({ _tag, exitCode, remedy }) => Markdown.row(`\`${_tag}\``, String(exitCode), remedy))
)

const otherReasonTable = Markdown.table(
  ["error", "reason", "what happened", "again", "remedy"],
  otherReasons.flatMap(([error, reasons]) =>
    reasons.map((reason) =>
      Markdown.row(`\`${error}\``, `\`${reason._tag}\``, reason.message, again(reason), reason.remedy)
    )
  )
)

export const page = (): string =>
  Markdown.page(
    "Errors",
    [
      "What they hold, how they are caught and their JSON: [errors](../errors.md). Whatever fails with none of these is a bug of this",
      "library: HTTP status 500, exit code 1. Interruption is no error: 499, and 130."
    ].join("\n"),
    errorTable,
    "## Reasons of McpConnectionError and ResourceFetchError",
    [
      '"Again" says whether a failure is tried again by itself ([when](../connections.md#what-is-tried-again)). The second word is the',
      "reason's `hint`, or what an `Unsupported` server `lacks`."
    ].join("\n"),
    serverReasonTable,
    "## Reasons of the other errors",
    otherReasonTable,
    "## Reasons of BatchError",
    "What fails with the store of [`batch`](../batch.md) itself; why a question of it failed is one of the errors above, stored with it.",
    batchReasonTable
  )
