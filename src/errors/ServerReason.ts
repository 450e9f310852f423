/**
 * Why talking to a server failed: a class for each cause on which a caller, a retry or an operator acts differently, with
 * what is known of it. The error that carries a reason says what happened this time; the reason says what that means
 * (`message`), whether it passes by itself (`isRetryable`) and what to do (`remedy`, with `<id>` for the server's id).
 *
 * Retryable: the same request may succeed a moment later. Listing, reading and the handshake change nothing, so they may
 * always go out twice; `execute_query` is sent again because the guard has proven its SQL read-only.
 */
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import * as SchemaGetter from "effect/SchemaGetter"

const entry = "mcp_servers.<id>"

const serversLog = "Look into the server's log: it closed the connection."
const credentials = `Check the credentials in ${entry}.headers.`
const address = `Check that ${entry}.url is the server's own SSE address.`
const broken = "Report it to whoever runs the server: its reply breaks the MCP specification."
const proxy = "(nginx: proxy_buffering off, or X-Accel-Buffering: no from the server)"

/** What the way in which it failed says about the set-up, where that calls for another remedy than the reason does. */
const hintRemedy = {
  /** The GET was refused as a streamable HTTP server refuses it. */
  StreamableHttp: `Only SSE is spoken here: put the server's SSE address into ${entry}.url (often it ends in /sse), or a bridge that speaks SSE in front of the server.`,
  /** The stream opened, and no `endpoint` event came. */
  NoEndpoint: `Check that ${entry}.url is the address of an SSE server, not of a streamable HTTP one; a proxy in between may hold the stream back ${proxy}.`,
  /** Connected, and not even response headers came. */
  NoHeaders: `A proxy in between may hold the stream back ${proxy}; else look whether the server is overloaded, or raise ${entry}.connect_timeout.`,
  /** A `Content-Encoding` that is not understood. */
  Encoding: "Let the server, or the proxy in front of it, send its stream as it is, or as gzip, deflate or br.",
  /** https spoken to a port that speaks http. */
  PlainPort: `Write http:// in ${entry}.url, or name the port that speaks https.`,
  /** http spoken to a port that speaks https. */
  TlsPort: `Write https:// in ${entry}.url, or name the port that speaks http.`,
  /** http was answered by nothing but the end of the connection. */
  ClosedUnanswered: `Look into the server's log: it closed the connection without an answer. If its port speaks https, write https:// in ${entry}.url.`,
  /** Nobody takes POSTs at the announced endpoint, which lacks the path prefix of the URL. */
  LostPrefix: `The server announces its endpoint without the path prefix of ${entry}.url: set ${entry}.endpoint_base to that URL without its last part, or tell the server under which path its proxy publishes it.`,
  /** Nobody takes POSTs at the announced endpoint. */
  DeadEndpoint:
    "The server announces an endpoint at which nobody takes messages: correct its message path, or the routes of the proxy in front of it.",
  /** Whoever takes the POSTs does not know the session whose stream is open. */
  NoAffinity:
    "Several nodes seem to stand behind this address: a session's POSTs must reach the node that holds its stream. Turn on sticky sessions at the load balancer, or run one node.",
  /** Answers come, but after their requests timed out. */
  OneAtATime: `The server answers, but too late, as one does that works on one request at a time: lower ${entry}.max_concurrency, or raise ${entry}.request_timeout.`
} as const

const nullable = <S extends Schema.Constraint>(schema: S) =>
  Schema.NullOr(schema).pipe(Schema.withConstructorDefault(Effect.succeed(null)))

const hinting = <const Hints extends ReadonlyArray<keyof typeof hintRemedy>>(hints: Hints) =>
  nullable(Schema.Literals(hints))

/** A time; whole milliseconds in JSON. */
export const Milliseconds = Schema.declare(Duration.isDuration, {
  expected: "Duration",
  toCodecJson: () =>
    Schema.link<Duration.Duration>()(Schema.Natural, {
      decode: SchemaGetter.transform(Duration.millis),
      // Whoever asks to be left alone for ever says so in a number that JSON has.
      encode: SchemaGetter.transform((time) => Math.min(Math.ceil(Duration.toMillis(time)), Number.MAX_SAFE_INTEGER))
    })
})

/** What a server asked us to wait (`Retry-After`). */
const retryAfter = nullable(Milliseconds)

export class HostNotFound extends Schema.TaggedError<HostNotFound>("ServerReason.HostNotFound")("HostNotFound", {}) {
  override readonly message = "DNS knows no such host"
  readonly isRetryable = false
  readonly remedy = `Check the host name in ${entry}.url.`
}

export class Refused extends Schema.TaggedError<Refused>("ServerReason.Refused")("Refused", {}) {
  override readonly message = "nothing listens there"
  readonly isRetryable = true
  readonly remedy = `Start the server, or correct ${entry}.url.`
}

export class AddressNotAllowed extends Schema.TaggedError<AddressNotAllowed>("ServerReason.AddressNotAllowed")(
  "AddressNotAllowed",
  {}
) {
  override readonly message = "a link-local or metadata address that the configuration does not allow"
  readonly isRetryable = false
  readonly remedy = `Correct ${entry}.url; if the server really is there, name the address in ${entry}.allowed_addresses.`
}

export class Reset extends Schema.TaggedError<Reset>("ServerReason.Reset")("Reset", {
  hint: hinting(["ClosedUnanswered"])
}) {
  override readonly message = "the connection broke before an answer"
  readonly isRetryable = true
  readonly remedy = this.hint === null ? serversLog : hintRemedy[this.hint]
}

export class TimedOut extends Schema.TaggedError<TimedOut>("ServerReason.TimedOut")("TimedOut", {
  /** The deadline that passed; `null` where it was the network's own. */
  limit: nullable(Milliseconds),
  hint: hinting(["NoEndpoint", "NoHeaders", "OneAtATime"])
}) {
  override readonly message = "a deadline passed"
  readonly isRetryable = true
  readonly remedy =
    this.hint === null
      ? `Look whether the server is overloaded, or raise ${entry}.connect_timeout or request_timeout.`
      : hintRemedy[this.hint]
}

export class Tls extends Schema.TaggedError<Tls>("ServerReason.Tls")("Tls", { hint: hinting(["PlainPort"]) }) {
  override readonly message = "certificate or TLS handshake"
  readonly isRetryable = false
  readonly remedy =
    this.hint === null
      ? `Check the server's certificate; a private authority goes into ${entry}.ca_file or NODE_EXTRA_CA_CERTS.`
      : hintRemedy[this.hint]
}

export class Unauthorized extends Schema.TaggedError<Unauthorized>("ServerReason.Unauthorized")("Unauthorized", {}) {
  override readonly message = "HTTP 401"
  readonly isRetryable = false
  readonly remedy = credentials
}

export class Forbidden extends Schema.TaggedError<Forbidden>("ServerReason.Forbidden")("Forbidden", {}) {
  override readonly message = "HTTP 403"
  readonly isRetryable = false
  readonly remedy = credentials
}

export class RateLimited extends Schema.TaggedError<RateLimited>("ServerReason.RateLimited")("RateLimited", {
  retryAfter
}) {
  override readonly message = "HTTP 429"
  readonly isRetryable = true
  readonly remedy = `Lower the load: set ${entry}.rate_limit or max_concurrency.`
}

export class Unavailable extends Schema.TaggedError<Unavailable>("ServerReason.Unavailable")("Unavailable", {
  status: Schema.Int,
  retryAfter,
  hint: hinting(["NoAffinity"])
}) {
  override readonly message = "HTTP 408 or 5xx"
  readonly isRetryable = true
  readonly remedy =
    this.hint === null ? "Look into the server's log, and try again when it is healthy." : hintRemedy[this.hint]
}

export class Rejected extends Schema.TaggedError<Rejected>("ServerReason.Rejected")("Rejected", {
  status: Schema.Int,
  hint: hinting(["StreamableHttp", "TlsPort", "LostPrefix", "DeadEndpoint", "NoAffinity"])
}) {
  override readonly message = "any other HTTP status"
  readonly isRetryable = false
  readonly remedy = this.hint === null ? address : hintRemedy[this.hint]
}

export class Redirected extends Schema.TaggedError<Redirected>("ServerReason.Redirected")("Redirected", {}) {
  override readonly message = "redirected to another origin, or too often"
  readonly isRetryable = false
  readonly remedy = address
}

export class ForeignEndpoint extends Schema.TaggedError<ForeignEndpoint>("ServerReason.ForeignEndpoint")(
  "ForeignEndpoint",
  {}
) {
  override readonly message = "the SSE endpoint event names another origin"
  readonly isRetryable = false
  readonly remedy = `The server does not know its public address: tell it which (its base URL, or the forwarded headers of its proxy), or set ${entry}.endpoint_base to the address below which its proxy takes POSTs.`
}

export class Protocol extends Schema.TaggedError<Protocol>("ServerReason.Protocol")("Protocol", {
  hint: hinting(["Encoding", "TlsPort"])
}) {
  override readonly message = "not HTTP, not SSE, not JSON-RPC, or an unsupported protocol version"
  readonly isRetryable = false
  readonly remedy =
    this.hint === null
      ? `Check that ${entry}.url is an MCP server's SSE address (often it ends in /sse).`
      : hintRemedy[this.hint]
}

export class InvalidReply extends Schema.TaggedError<InvalidReply>("ServerReason.InvalidReply")("InvalidReply", {}) {
  override readonly message = "a reply that is not what the MCP specification says"
  readonly isRetryable = false
  readonly remedy = broken
}

export class WrongResource extends Schema.TaggedError<WrongResource>("ServerReason.WrongResource")(
  "WrongResource",
  {}
) {
  override readonly message = "a reply about another URI than the one asked"
  readonly isRetryable = false
  readonly remedy = broken
}

export class ServerError extends Schema.TaggedError<ServerError>("ServerReason.ServerError")("ServerError", {
  /** The JSON-RPC error's; `null` where the server refused in words alone. */
  code: nullable(Schema.Int)
}) {
  override readonly message = "a JSON-RPC error"
  readonly isRetryable = false
  readonly remedy = "Look into the server's log: it refused the request."
}

export class ConnectionLost extends Schema.TaggedError<ConnectionLost>("ServerReason.ConnectionLost")(
  "ConnectionLost",
  { hint: hinting(["NoAffinity"]) }
) {
  override readonly message = "the session ended while the request was open"
  readonly isRetryable = true
  readonly remedy = this.hint === null ? serversLog : hintRemedy[this.hint]
}

export class TooLarge extends Schema.TaggedError<TooLarge>("ServerReason.TooLarge")("TooLarge", {
  /** Bytes. */
  limit: Schema.Int
}) {
  override readonly message = "a limit in bytes"
  readonly isRetryable = false
  readonly remedy = "Raise orchestration.limits if the size is right."
}

export class TooMany extends Schema.TaggedError<TooMany>("ServerReason.TooMany")("TooMany", {
  /** Pages, resources, calls or rows. */
  limit: Schema.Int
}) {
  override readonly message = "a limit in pages, resources, calls or rows"
  readonly isRetryable = false
  readonly remedy = "Raise orchestration.limits if the number is right."
}

export class Unsupported extends Schema.TaggedError<Unsupported>("ServerReason.Unsupported")("Unsupported", {
  lacks: Schema.Literals(["resources", "tools", "dialect", "request"]),
  /** The names of the tools that the server offers; `null` where they are not known or say nothing. */
  tools: nullable(Schema.Array(Schema.String))
}) {
  override readonly message = "a capability, tool, dialect or request that the server does not know"
  readonly isRetryable = false
  readonly remedy = unsupportedRemedy[this.lacks]
}

const unsupportedRemedy = {
  resources: `If the server has no resources, take "list_resources" out of ${entry}.capabilities; else enable them at the server.`,
  tools: `Correct ${entry}.capabilities or ${entry}.tools.execute_query, or enable the tool at the server.`,
  dialect: `Correct ${entry}.dialect.`,
  request: "Look into the server's log: it does not know the request."
} as const

/** Why talking to a server failed. */
export const ServerReason = Schema.Union([
  HostNotFound,
  AddressNotAllowed,
  Refused,
  Reset,
  TimedOut,
  Tls,
  Unauthorized,
  Forbidden,
  RateLimited,
  Unavailable,
  Rejected,
  Redirected,
  ForeignEndpoint,
  Protocol,
  InvalidReply,
  WrongResource,
  ServerError,
  ConnectionLost,
  TooLarge,
  TooMany,
  Unsupported
])
export type ServerReason = typeof ServerReason.Type

/** What the server asked us to wait, `null` where it said nothing. */
export const retryAfterOf = (reason: ServerReason): Duration.Duration | null =>
  "retryAfter" in reason ? reason.retryAfter : null
