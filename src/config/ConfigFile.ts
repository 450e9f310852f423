/**
 * The configuration file as a Schema: what the YAML may hold, its bounds, its defaults and what each key is for.
 *
 * This is the only place that knows the keys. Decoding, "did you mean", the expected-this-found-that sentences, the type
 * of a variable's value and the JSON Schema for editors are all read off it.
 *
 * Annotations stand on the encoded side: `expected` completes the sentence "expected …, found …", `description` is shown
 * by editors, `explanation` says why a value is refused where the bare rule would leave the reader wondering, `words` are
 * the only words a text may be, and `form` marks amounts with a unit.
 */
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import {
  address,
  addressRange,
  count,
  deadline,
  durationOr,
  flag,
  headers,
  logLevel,
  number,
  size,
  text,
  texts,
  whole,
  wholeOr
} from "./ConfigValues.ts"

/** Servers that may be enabled at most, whatever `max_servers` says. */
export const serverCeiling = 10

/** `query.prompt_tokens` where nobody says another number. */
export const defaultPromptTokens = 60_000

const rateLimit = Schema.NullOr(
  Schema.Struct({
    requests: whole("Requests allowed within the time.", 1, 1_000_000),
    per: deadline("The time.")
  })
).annotate({
  expected: 'a mapping such as { requests: 500, per: "1 second" }, or null for no limit',
  description: "Requests to this server within a time; null for no limit. Default: 500 per second."
})

const dialects = Schema.Literals(["sqlite", "postgres", "mysql"]).annotate({
  expected: '"sqlite", "postgres" or "mysql"',
  description: "The SQL that the database speaks."
})

const constants = Schema.Record(
  Schema.String.check(Schema.isPattern(/^(?!__proto__$)[\s\S]{1,256}$/u)),
  Schema.Union([Schema.String, Schema.Finite, Schema.Boolean]).annotate({
    expected: "a text, a number, true or false",
    description: "Sent with every call as it stands."
  })
).annotate({
  expected: "a mapping of argument names to constants",
  description: 'Further arguments of the tool that are the same in every call: { path: "/data/shop.sqlite" }.'
})

const sqlTool = Schema.Union([
  text("The tool's name."),
  Schema.Struct({
    name: Schema.optionalKey(text("The tool's name. Default: found by itself.")),
    argument: Schema.optionalKey(text("The argument that takes the SQL. Default: read off the tool's input schema.")),
    arguments: constants.pipe(Schema.withDecodingDefaultKey(Effect.succeed({})))
  })
]).annotate({
  expected: 'the name of a tool, or a mapping such as { name: "query", argument: "sql", arguments: { path: "…" } }',
  description: "The tool that runs SQL. Default: execute_query, or the one tool that takes a statement."
})

const tools = Schema.Struct({ execute_query: Schema.optionalKey(sqlTool) }).annotate({
  expected: 'a mapping such as { execute_query: "read_query" }',
  description: "Which tool of the server stands for which capability."
})

const listing = Schema.Struct({
  exclude: Schema.Array(text("A URI; * stands for any text."))
    .annotate({
      expected: 'a list of URIs such as "postgres://*/secret/*"',
      description: "Resources that are not gathered; * stands for any text. Nothing else is ever left out."
    })
    .pipe(Schema.withDecodingDefaultKey(Effect.succeed([])))
}).annotate({ expected: "a mapping", description: "Which of the listed resources are gathered." })

const server = Schema.Struct({
  name: text("The server's name for people."),
  url: address("Address of the server's SSE endpoint, such as http://localhost:8000/sse.", "http://localhost:8000/sse"),
  priority: whole("Lower wins. Unique among the enabled servers.", 1, 999),
  domains: texts("domain", "The kinds of entities this server knows: products, sales, …"),
  capabilities: texts("capability", "What the server offers: list_resources, execute_query."),
  transport: Schema.Literal("sse").annotate({
    expected: '"sse"',
    description: "How the server is reached; only sse is supported.",
    explanation:
      "only SSE is supported: servers are shared and reached by URL. A stdio server lives inside one process, and streamable HTTP is another protocol; put a bridge that speaks SSE in front of it"
  }),
  enabled: flag("Whether the server takes part at all.", true),
  headers: headers.pipe(Schema.withDecodingDefaultKey(Effect.succeed({}))),
  connect_timeout: Schema.optionalKey(deadline("Default: orchestration.connect_timeout.")),
  request_timeout: Schema.optionalKey(deadline("Default: orchestration.request_timeout.")),
  max_concurrency: count("Requests to this server at the same time.", 1000, 32),
  rate_limit: rateLimit.pipe(Schema.withDecodingDefaultKey(Effect.succeed({ requests: 500, per: "1 second" }))),
  dialect: Schema.optionalKey(dialects.annotate({ description: "Default: orchestration.query.dialect." })),
  tools: tools.pipe(Schema.withDecodingDefaultKey(Effect.succeed({}))),
  endpoint_base: Schema.optionalKey(
    address(
      "For a server behind a proxy that does not know its public address: the address below which the proxy takes its POSTs, of the same origin as url. The path and the query of the server's endpoint event are put behind it.",
      "https://gateway.example.org/mcp/crm"
    )
  ),
  resources: listing.pipe(Schema.withDecodingDefaultKey(Effect.succeed({}))),
  introspection: Schema.Literals(["auto", "always", "never"])
    .annotate({
      expected: '"auto", "always" or "never"',
      description:
        "Whether the database is asked for its schema through SQL; auto: when no resource of the server describes its tables.",
      default: "auto"
    })
    .pipe(Schema.withDecodingDefaultKey(Effect.succeed("auto" as const))),
  allowed_addresses: Schema.Array(addressRange)
    .annotate({
      expected: 'a list of addresses such as "169.254.10.7" or "169.254.10.0/24"',
      description:
        "Link-local and metadata addresses that this server may be at: an address or a range each. Others of the kind are refused, whatever name leads to them; all other addresses need nothing."
    })
    .pipe(Schema.withDecodingDefaultKey(Effect.succeed([]))),
  ca_file: Schema.optionalKey(
    text("PEM file with further certificate authorities; relative to the configuration file.")
  )
}).annotate({ expected: "a mapping that describes a server", description: "One MCP server." })

const serverId = Schema.String.check(Schema.isPattern(/^(?!__proto__$)[\p{L}\p{N}_][\p{L}\p{N}_.-]{0,63}$/u))

/** A table all of whose keys have defaults, and which may therefore be left out. */
const section = <Fields extends Schema.Struct.Fields>(fields: Fields, description: string) =>
  Schema.Struct(fields).annotate({ expected: "a mapping", description })

const orchestration = section(
  {
    fail_fast: Schema.Literal(true)
      .annotate({
        expected: "true",
        description: "Only true: one failing server fails the whole request.",
        explanation:
          "only true is accepted: a request returns every resource of every server or one error, never a part. To go on without a server, set its enabled: false",
        default: true
      })
      .pipe(Schema.withDecodingDefaultKey(Effect.succeed(true as const))),
    enable_logging: flag("Whether logs are written to stderr.", true),
    log_level: logLevel,
    connect_timeout: durationOr("5 seconds", "1 milli", "Deadline for connecting to one server."),
    request_timeout: durationOr("5 seconds", "1 milli", "Deadline for one request to one server."),
    gather_timeout: durationOr("30 seconds", "1 milli", "Deadline for gathering all resources of all servers."),
    max_servers: count("Servers that may be enabled.", serverCeiling, serverCeiling),
    max_gathers: count("Gathers that run at once; who comes later waits, first come, first served.", 1000, 4),
    max_waiting: wholeOr(
      1000,
      0,
      1_000_000,
      "Requests that may wait for a gather to begin; one more is refused as Overloaded."
    ),
    share_gathers: flag(
      "Whether requests that arrive while a gather runs share the next one, instead of a gather for each.",
      false
    ),
    retry: section(
      {
        attempts: count("All tries of one step, the first one included.", 100, 3),
        base_delay: durationOr("200 millis", "0 millis", "Delay before the second try."),
        factor: number("The delay grows by this from try to try.", 1, 100, 2),
        max_delay: durationOr("5 seconds", "0 millis", "No delay is longer than this.")
      },
      "How failed steps are tried again."
    ).pipe(Schema.withDecodingDefaultKey(Effect.succeed({}))),
    limits: section(
      {
        pages: count("Pages of one listing.", 1_000_000, 1000),
        resources: count("Resources of one server.", 10_000_000, 10_000),
        resource_bytes: size("Size of one resource.", "8 MiB"),
        server_bytes: size("Size of all resources of one server within one request.", "64 MiB")
      },
      "Reaching one of these is an error, never a silent cut."
    ).pipe(Schema.withDecodingDefaultKey(Effect.succeed({}))),
    resolution: section(
      {
        fuzzy: flag("Whether near names match at all.", true),
        threshold: number(
          "Least score of a fuzzy match between single words; 0.07 less where a name has several.",
          0,
          1,
          0.82
        ),
        margin: number("Least lead of a fuzzy match over the next entity.", 0, 1, 0.05)
      },
      "How names are matched."
    ).pipe(Schema.withDecodingDefaultKey(Effect.succeed({}))),
    query: section(
      {
        attempts: count("Tries at SQL for one question.", 20, 3),
        max_rows: count("Rows of one result.", 10_000_000, 1000),
        timeout: durationOr("30 seconds", "1 milli", "Deadline for one statement."),
        dialect: dialects
          .annotate({ description: "The SQL that servers speak which do not say their own.", default: "sqlite" })
          .pipe(Schema.withDecodingDefaultKey(Effect.succeed("sqlite" as const))),
        values: Schema.Literals(["match", "sample", "off"])
          .annotate({
            expected: '"match", "sample" or "off"',
            description:
              "Whether the database is asked for values when nobody knows a word of the question. match: those that the question names; sample: short lists of the columns in question too. They reach the language model, if there is one. The rules are told the states of rows, too.",
            default: "match"
          })
          .pipe(Schema.withDecodingDefaultKey(Effect.succeed("match" as const))),
        prompt_tokens: wholeOr(
          defaultPromptTokens,
          1000,
          10_000_000,
          "Tokens of a language model's prompt, estimated; what does not fit is left out by its relevance, and named."
        ),
        allowed_functions: Schema.Array(text("The name of an SQL function."))
          .annotate({
            expected: "a list of function names",
            description: "SQL functions allowed in addition to the built-in list."
          })
          .pipe(Schema.withDecodingDefaultKey(Effect.succeed([])))
      },
      "How questions become SQL."
    ).pipe(Schema.withDecodingDefaultKey(Effect.succeed({})))
  },
  "Settings that hold for all servers."
)

/** What a bearer token may be made of (RFC 6750, 2.1: `b64token`), and long enough not to be guessed. */
const token = Schema.String.check(Schema.isPattern(/^[A-Za-z0-9._~+/-]{16,512}={0,2}$/u)).annotate({
  expected: "a token of 16 to 512 letters, digits and ._~+/-",
  description: "Bearer token that every request must bring; always treated as a secret. Needed unless host is loopback."
})

const names = (description: string, expected: string, item: Schema.Codec<string>) =>
  Schema.Array(item)
    .annotate({ expected, description })
    .pipe(Schema.withDecodingDefaultKey(Effect.succeed([])))

const http = section(
  {
    host: text("Address that is listened at.")
      .annotate({ default: "127.0.0.1" })
      .pipe(Schema.withDecodingDefaultKey(Effect.succeed("127.0.0.1"))),
    port: wholeOr(8080, 0, 65_535, "Port that is listened at; 0 takes a free one."),
    token: Schema.optionalKey(Schema.RedactedFromValue(token)),
    allowed_hosts: names(
      "Names under which it is reached beside the loopback ones, as the Host header has them, without the port.",
      'a list of host names such as "orchestrator.example.org"',
      Schema.String.check(Schema.isPattern(/^(?:[A-Za-z0-9._-]{1,253}|\[[0-9A-Fa-f:.]{2,45}\])$/u)).annotate({
        expected: 'the name of a host such as "orchestrator.example.org", without a port',
        description: "A name without a port."
      })
    ),
    allowed_origins: names(
      "Origins whose pages may ask (CORS), beside those that this server delivers itself.",
      'a list of origins such as "https://app.example.org"',
      Schema.String.check(Schema.isPattern(/^https?:\/\/[^\s/?#@]+$/u)).annotate({
        expected: 'an origin such as "https://app.example.org": no path, no slash at its end',
        description: "Scheme, host and, unless it is the default one, port."
      })
    ),
    max_requests: count("Requests that are worked on at the same time; more are refused with Retry-After.", 10_000, 64),
    request_timeout: durationOr("2 minutes", "1 milli", "Deadline for one request, streams of events included."),
    sampling: flag(
      "Whether the model of an MCP host writes the SQL of that host's questions, where the host offers one (sampling).",
      false
    ),
    max_sessions: count(
      "Sessions of MCP hosts that are open at the same time; more are refused with Retry-After.",
      10_000,
      100
    ),
    session_idle: durationOr(
      "30 minutes",
      "1 milli",
      "A session from whose MCP host nothing comes for so long is ended."
    ),
    replica: Schema.optionalKey(
      Schema.String.check(Schema.isPattern(/^[A-Za-z0-9_-]{1,63}$/u)).annotate({
        expected: "a name of 1 to 63 letters, digits, _ and -",
        description:
          "The name of this process among several behind a balancer. The ids of its MCP sessions begin with it and a dot, so that the balancer knows where a message belongs."
      })
    ),
    limits_store: Schema.optionalKey(
      Schema.RedactedFromValue(
        Schema.String.check(Schema.isPattern(/^rediss?:\/\/[^\s/]\S*$/u)).annotate({
          expected: 'the address of a Redis such as "redis://redis.example.org:6379"',
          description:
            "The Redis in which all processes with this key share the rate_limit of each server; always treated as a secret. Default: each process has its own."
        })
      )
    )
  },
  "The HTTP API and the MCP server that `serve` opens."
)

/** The file: its decoded type has every default filled in, its encoded type is what the YAML holds. */
export const ConfigFile = Schema.Struct({
  mcp_servers: Schema.Record(serverId, server).annotate({
    expected: "a mapping of server ids to servers",
    description: "The MCP servers by their id, which is used in results, logs and overrides."
  }),
  orchestration: orchestration.pipe(Schema.withDecodingDefaultKey(Effect.succeed({}))),
  server: http.pipe(Schema.withDecodingDefaultKey(Effect.succeed({})))
}).annotate({
  expected: "a mapping with mcp_servers and orchestration",
  title: "mcp-config.yaml",
  description: "Configuration of the MCP orchestrator."
})
export type ConfigFile = typeof ConfigFile.Type
