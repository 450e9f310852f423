import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { document, line, loadText, problemsOf, server } from "./loading.ts"

const url = (value: string) => document({ url: value })

type Rule = readonly [string, string, ReadonlyArray<readonly [string, ...ReadonlyArray<string>]>]

/** Each rule: a name, a file, and what its problems must be, in order: the start of the line and words in it. */
const rules: ReadonlyArray<Rule> = [
  [
    "an unknown top-level key",
    `${document()}orchestrations: {}\n`,
    [["9:1 orchestrations:", `did you mean "orchestration"?`]]
  ],
  [
    "an unknown key of a server",
    document({ prioritty: "1" }),
    [["9:5 mcp_servers.main.prioritty:", `did you mean "priority"?`]]
  ],
  [
    "a camel-case key",
    document({ connectTimeout: `"1 second"` }),
    [["9:5 mcp_servers.main.connectTimeout:", `did you mean "connect_timeout"?`]]
  ],
  [
    "an unknown key near to none",
    document({}, "  zzzzzz: 1"),
    [["10:3 orchestration.zzzzzz:", `unknown key "zzzzzz"; expected one of fail_fast, `]]
  ],
  [
    "the key of an mcp.json",
    `mcpServers:\n${server("main")}\n`,
    [
      ["-:- mcp_servers:", `"mcp_servers" is missing`],
      ["1:1 mcpServers:", `unknown key "mcpServers"; the servers stand under mcp_servers`]
    ]
  ],
  [
    "what other clients call a timeout",
    document({ timeout: "5" }),
    [["9:5 mcp_servers.main.timeout:", "connect_timeout and request_timeout"]]
  ],
  [
    "what other clients call attempts",
    document({}, "  max_retries: 3"),
    [["10:3 orchestration.max_retries:", "orchestration.retry.attempts"]]
  ],
  [
    "a key of a server in another table",
    document({}, "  max_concurrency: 3"),
    [["10:3 orchestration.max_concurrency:", "it belongs to each server"]]
  ],
  [
    "a key of another table in a server",
    document({ max_rows: "3" }),
    [["9:5 mcp_servers.main.max_rows:", "it belongs under orchestration.query"]]
  ],
  [
    "keys of other tables in the table of the HTTP server",
    `${document()}server:\n  log_level: INFO\n  max_rows: 3\n  max_concurrency: 3\n`,
    [
      ["10:3 server.log_level:", "it belongs under orchestration"],
      ["11:3 server.max_rows:", "it belongs under orchestration.query"],
      ["12:3 server.max_concurrency:", "it belongs to each server"]
    ]
  ],
  [
    "keys that belong nowhere in the table of the HTTP server",
    `${document()}server:\n  timeout: 5\n  sesion_idle: 5 minutes\n  orchestration: {}\n`,
    [
      ["10:3 server.timeout:", "the deadline of a request is request_timeout"],
      ["11:3 server.sesion_idle:", 'did you mean "session_idle"?'],
      ["12:3 server.orchestration:", "it belongs to the top of the file"]
    ]
  ],
  [
    "keys of the HTTP server in other tables",
    `${document({}, "  port: 80")}sampling: true\n`,
    [
      ["10:3 orchestration.port:", "it belongs under server"],
      ["11:1 sampling:", "it belongs under server"]
    ]
  ],
  [
    "a key that every object of JavaScript has",
    document({}, "  constructor: 1"),
    [["10:3 orchestration.constructor:", 'unknown key "constructor"; expected one of fail_fast, ']]
  ],
  ["a merge key", document({ "<<": "{}" }), [["9:5 mcp_servers.main.<<:", "YAML merge keys are not supported"]]],
  [
    "a __proto__ key in a table",
    document({}, "  __proto__: { fail_fast: false }"),
    [["10:3 orchestration.__proto__:", "unknown key"]]
  ],
  [
    "a __proto__ server",
    `mcp_servers:\n${server("__proto__")}\n`,
    [["2:3 mcp_servers.__proto__:", "cannot be the id of a server"]]
  ],
  [
    "a __proto__ header",
    document({ headers: "{ __proto__: x }" }),
    [["9:16 mcp_servers.main.headers:", "not a name that an HTTP header can have"]]
  ],
  [
    "a missing key",
    document().replace(/ {4}url.*\n/, ""),
    [["2:3 mcp_servers.main.url:", `"url" is missing: expected an http or https address`]]
  ],
  ["a missing section", "orchestration: {}\n", [["-:- mcp_servers:", `"mcp_servers" is missing`]]],
  ["an empty file", "", [["-:- mcp_servers:", `"mcp_servers" is missing`]]],
  ["a file of comments", "# nothing\n", [["-:- mcp_servers:", `"mcp_servers" is missing`]]],
  [
    "a file that is a list",
    "- a\n",
    [["1:1 :", "expected a mapping with mcp_servers and orchestration, found a list"]]
  ],
  ["a file that is a text", "hello\n", [["1:1 :", "expected a mapping with mcp_servers and orchestration, found"]]],
  [
    "a server that is a text",
    "mcp_servers:\n  a: hello\n",
    [["2:6 mcp_servers.a:", "expected a mapping that describes a server"]]
  ],
  [
    "a wrong type",
    document({ name: "5" }),
    [["3:11 mcp_servers.main.name:", "expected a text that is not empty, found the number 5"]]
  ],
  ["an empty name", document({ name: `" "` }), [["3:11 mcp_servers.main.name:", "expected a text that is not empty"]]],
  [
    "a text for a number",
    document({ priority: `"first"` }),
    [["5:15 mcp_servers.main.priority:", "a whole number from 1 to 999", `found the text "first"`]]
  ],
  [
    "a priority of 0",
    document({ priority: "0" }),
    [["5:15 mcp_servers.main.priority:", "from 1 to 999, found the number 0"]]
  ],
  [
    "a priority of 1000",
    document({ priority: "1000" }),
    [["5:15 mcp_servers.main.priority:", "from 1 to 999, found the number 1000"]]
  ],
  [
    "a fractional priority",
    document({ priority: "1.5" }),
    [["5:15 mcp_servers.main.priority:", "found the number 1.5"]]
  ],
  [
    "empty domains",
    document({ domains: "[]" }),
    [["6:14 mcp_servers.main.domains:", "at least one domain, found an empty list"]]
  ],
  [
    "empty capabilities",
    document({ capabilities: "[]" }),
    [["7:19 mcp_servers.main.capabilities:", "at least one capability, found an empty list"]]
  ],
  [
    "an item of a wrong type",
    document({ domains: "[a, { b: c }]" }),
    [["6:18 mcp_servers.main.domains.1:", "found a mapping"]]
  ],
  [
    "transport stdio",
    document({ transport: "stdio" }),
    [["8:16 mcp_servers.main.transport:", "only SSE is supported", "bridge"]]
  ],
  [
    "transport SSE in capitals",
    document({ transport: "SSE" }),
    [["8:16 mcp_servers.main.transport:", `did you mean "sse"?`]]
  ],
  [
    "fail_fast: false",
    document({}, "  fail_fast: false"),
    [["10:14 orchestration.fail_fast:", "only true is accepted", "enabled: false"]]
  ],
  [
    "a log level that is nearly one",
    document({}, "  log_level: WARN"),
    [["10:14 orchestration.log_level:", `did you mean "WARNING"?`]]
  ],
  [
    "a dialect that is nearly one",
    document({}, "  query: { dialect: postgresql }"),
    [["10:21 orchestration.query.dialect:", `did you mean "postgres"?`]]
  ],
  [
    "a duration without a space",
    document({ connect_timeout: "30s" }),
    [["9:22 mcp_servers.main.connect_timeout:", "expected a duration", `did you mean "30 seconds"?`]]
  ],
  [
    "a duration that is a number",
    document({ connect_timeout: "30" }),
    [["9:22 mcp_servers.main.connect_timeout:", `such as "5 seconds"`, "found the number 30"]]
  ],
  [
    "a deadline of nothing",
    document({ connect_timeout: "0 seconds" }),
    [["9:22 mcp_servers.main.connect_timeout:", `from "1 milli" to "1 day"`]]
  ],
  [
    "a deadline without end",
    document({ connect_timeout: "Infinity" }),
    [["9:22 mcp_servers.main.connect_timeout:", `from "1 milli" to "1 day"`]]
  ],
  [
    "a deadline beyond timers",
    document({ connect_timeout: "5 weeks" }),
    [["9:22 mcp_servers.main.connect_timeout:", `from "1 milli" to "1 day"`]]
  ],
  [
    "a negative duration",
    document({}, `  retry: { base_delay: "-1 seconds" }`),
    [["10:24 orchestration.retry.base_delay:", `from "0 millis"`]]
  ],
  [
    "a size without a known unit",
    document({}, "  limits: { pages: 1, server_bytes: 8XB }"),
    [["10:37 orchestration.limits.server_bytes:", "expected a size"]]
  ],
  [
    "a size with a short unit",
    document({}, "  limits: { server_bytes: 8m }"),
    [["10:27 orchestration.limits.server_bytes:", `did you mean "8 MiB"?`]]
  ],
  [
    "a size of nothing",
    document({}, "  limits: { server_bytes: 0 B }"),
    [["10:27 orchestration.limits.server_bytes:", `from "1 B"`]]
  ],
  [
    "a part of a byte",
    document({}, "  limits: { server_bytes: 0.5 B }"),
    [["10:27 orchestration.limits.server_bytes:", `from "1 B"`]]
  ],
  [
    "a threshold above one",
    document({}, "  resolution: { threshold: 1.5 }"),
    [["10:28 orchestration.resolution.threshold:", "a number from 0 to 1"]]
  ],
  [
    "a number that is none",
    document({}, "  resolution: { threshold: .nan }"),
    [["10:28 orchestration.resolution.threshold:", "a number from 0 to 1"]]
  ],
  [
    "a rate without its time",
    document({ rate_limit: "{ requests: 5 }" }),
    [["9:5 mcp_servers.main.rate_limit.per:", "is missing"]]
  ],
  [
    "a rate that is a number",
    document({ rate_limit: "5" }),
    [["9:17 mcp_servers.main.rate_limit:", "or null for no limit, found the number 5"]]
  ],
  [
    "a URL with a password",
    url(`"http://me:hunter2@host/sse"`),
    [["4:10 mcp_servers.main.url:", "user name or password"]]
  ],
  [
    "a URL with a user name",
    url(`"http://hunter2@host/sse"`),
    [["4:10 mcp_servers.main.url:", "user name or password"]]
  ],
  ["a URL with a fragment", url(`"http://host/sse#hunter2"`), [["4:10 mcp_servers.main.url:", "fragment"]]],
  [
    "a URL of another scheme",
    url(`"file:///etc/passwd"`),
    [["4:10 mcp_servers.main.url:", "must be http or https", "not file"]]
  ],
  ["a URL for WebSockets", url(`"ws://host/sse"`), [["4:10 mcp_servers.main.url:", "must be http or https", "not ws"]]],
  ["a script instead of a URL", url(`"javascript:alert(1)"`), [["4:10 mcp_servers.main.url:", "http:// or https://"]]],
  ["a URL without a scheme", url("localhost:8000/sse"), [["4:10 mcp_servers.main.url:", "http:// or https://"]]],
  ["a URL without a host", url("http:///sse"), [["4:10 mcp_servers.main.url:", "no host"]]],
  ["a URL with an impossible port", url("http://host:99999/sse"), [["4:10 mcp_servers.main.url:", "not a valid URL"]]],
  ["a URL with white space", url(`"http://ho st/sse"`), [["4:10 mcp_servers.main.url:", "white space"]]],
  [
    "a header of several lines",
    document({ headers: String.raw`{ A: "x\r\nB: hunter2" }` }),
    [["9:19 mcp_servers.main.headers.A:", "one line that HTTP can carry"]]
  ],
  [
    "a header that is a number",
    document({ headers: "{ A: 5 }" }),
    [["9:19 mcp_servers.main.headers.A:", "found a number (not shown)"]]
  ],
  [
    "a header's name with a space",
    document({ headers: "{ A hunter2: x }" }),
    [["9:16 mcp_servers.main.headers:", "not a name"]]
  ],
  [
    "a header without a value",
    document({ headers: "{ hunter2 }" }),
    [["9:16 mcp_servers.main.headers:", "a header has no value"]]
  ],
  [
    "a token without a value",
    `${document()}server:\n  token:\n`,
    [["10:9 server.token:", "expected", "found nothing"]]
  ],
  [
    "an address of Redis without a value",
    `${document()}server:\n  limits_store:\n`,
    [["10:16 server.limits_store:", "expected", "found nothing"]]
  ],
  [
    "a key given twice where a token is wanted",
    `${document()}server:\n  token: { hunter2: 1, hunter2: 2 }\n`,
    [
      ["10:10 server.token:", "found a mapping"],
      ["10:24 server.token:", "this key is given twice"]
    ]
  ],
  ["headers as a list", document({ headers: `["A: hunter2"]` }), [["9:14 mcp_servers.main.headers:", "found a list"]]],
  ["a server's id with a space", `mcp_servers:\n${server("a b")}\n`, [["2:3 mcp_servers.a b:", "cannot be the id"]]],
  [
    "a key given twice",
    `${document()}    name: again\n`,
    [["9:5 mcp_servers.main.name:", `"name" is given twice: first in line 3`]]
  ],
  [
    "a server given twice",
    `mcp_servers:\n${server("a")}\n${server("a", { priority: "2" })}\n`,
    [["9:3 mcp_servers.a:", `"a" is given twice: first in line 2`]]
  ],
  [
    "a priority given twice",
    `mcp_servers:\n${server("a")}\n${server("b")}\n`,
    [["12:15 mcp_servers.b.priority:", `"b" and "a" (line 5) have the same priority 1`]]
  ],
  [
    "a metadata address in another notation",
    url("http://0xA9FEA9FE/latest/sse"),
    [
      [
        "4:10 mcp_servers.main.url:",
        "169.254.169.254 is a link-local or metadata address",
        'write allowed_addresses: ["169.254.169.254"] beside url'
      ]
    ]
  ],
  [
    "a link-local address of IPv6, beside others that are allowed",
    document({ url: '"http://[fe80::1]/sse"', allowed_addresses: '["169.254.0.0/16", "fe80::2"]' }),
    [["4:10 mcp_servers.main.url:", 'write allowed_addresses: ["fe80::1"] beside url']]
  ],
  [
    "an allowed address that is none",
    document({ allowed_addresses: '["169.254.1.1/33", "db.example"]' }),
    [
      ["9:25 mcp_servers.main.allowed_addresses.0:", "this is no IP address and no range"],
      ["9:43 mcp_servers.main.allowed_addresses.1:", "this is no IP address and no range"]
    ]
  ],
  ...["Host", "Content-Length", "transfer-encoding", "Connection", "Expect", "upgrade"].map((name): Rule => [
    `a header that HTTP writes itself: ${name}`,
    document({ headers: `{ ${name}: x }` }),
    [[`9:16 mcp_servers.main.headers.${name}:`, `the header ${name} `, "; remove it"]]
  ]),
  [
    "a header given twice",
    document({ headers: "{ Authorization: secret-one, X-Team: a, authorization: secret-two }" }),
    [
      [
        "9:54 mcp_servers.main.headers.authorization:",
        "authorization and Authorization are one header",
        "remove one of them"
      ]
    ]
  ],
  [
    "an endpoint_base on another origin",
    document({
      url: '"https://gateway.example.org/mcp/crm/sse"',
      endpoint_base: '"http://gateway.example.org/mcp/crm"'
    }),
    [
      [
        "9:20 mcp_servers.main.endpoint_base:",
        "endpoint_base is on http://gateway.example.org, and url on https://gateway.example.org"
      ]
    ]
  ],
  [
    "more servers than max_servers",
    `mcp_servers:\n${server("a")}\n${server("b", { priority: "2" })}\norchestration:\n  max_servers: 1\n`,
    [["1:1 mcp_servers:", "at most 1 enabled servers, found 2", "raise orchestration.max_servers"]]
  ],
  [
    "more than ten servers",
    `mcp_servers:\n${Array.from({ length: 11 }, (_, index) => server(`s${index}`, { priority: String(index + 1) })).join("\n")}\n`,
    [["1:1 mcp_servers:", "at most 10 enabled servers, found 11"]]
  ],
  [
    "more max_servers than ten",
    document({}, "  max_servers: 11"),
    [["10:16 orchestration.max_servers:", "from 1 to 10"]]
  ],
  ["an unknown tag", document({ headers: "{ A: !secret hunter2 }" }), [["9:19 :", "unknown tag"]]],
  ["an alias to nothing", document({ name: "*hunter2" }), [["3:11 mcp_servers.main.name:", "names no anchor"]]],
  ["an alias to itself", document({ domains: "&d [a, *d]" }), [["6:21 mcp_servers.main.domains.1:", "contains it"]]],
  ["a key that is a list", `${document()}? [hunter2]\n: 1\n`, [["9:3 :", "a key must be a plain word"]]],
  ["an unclosed quote", document({ name: `"Ada` }), [["3:11 :", "a quote is opened here, but not closed"]]],
  ["a tab as indentation", "mcp_servers:\n\ta: 1\n", [["2:1 :", "a tab is used as indentation"]]],
  ["a second document", `${document()}---\n${document()}`, [["9:1 :", "second YAML document"]]]
]

describe("a rule of the configuration", () => {
  for (const [name, text, expected] of rules) {
    it.effect(`refuses ${name}`, () =>
      Effect.gen(function* () {
        const error = yield* Effect.flip(loadText(text))
        const reported = error._tag === "ConfigError" ? error.problems : []
        const problems = reported.map(line)
        const shown = problems.join("\n")
        for (const [start, ...words] of expected) {
          const found = problems.find((problem) => problem.startsWith(start))
          assert.isDefined(found, `${start} in\n${shown}`)
          for (const word of words) assert.include(found, word)
        }
        assert.strictEqual(problems.length, expected.length, shown)
        assert.notInclude(JSON.stringify(reported), "hunter2")
      })
    )
  }
})

describe("a file with many problems", () => {
  it.effect("has all of them in one report, in the order of the file", () =>
    Effect.gen(function* () {
      const problems = yield* problemsOf(
        `mcp_servers:\n${server("a", { priority: "0", transport: "stdio" })}\n${server("b", { url: "ftp://x", nmae: "x" })}\norchestration:\n  log_level: LOUD\n`,
        { env: { MCP__ORCHESTRATION__NOTHING: "1" } }
      )
      assert.deepStrictEqual(
        problems.map((problem) => problem.slice(0, problem.indexOf(": "))),
        [
          "-:- orchestration",
          "5:15 mcp_servers.a.priority",
          "8:16 mcp_servers.a.transport",
          "11:10 mcp_servers.b.url",
          "16:5 mcp_servers.b.nmae",
          "18:14 orchestration.log_level"
        ]
      )
    })
  )

  it.effect("has all of its syntax errors", () =>
    Effect.gen(function* () {
      const problems = yield* problemsOf("mcp_servers:\n  a: [1, 2\n  b: 'x' y\norchestration: }\n")
      assert.isAtLeast(problems.length, 3, problems.join("\n"))
    })
  )
})

describe("what is allowed", () => {
  it.effect("two servers may share a URL, with a warning", () =>
    Effect.gen(function* () {
      const shared = { url: "http://h/sse" }
      const loaded = yield* loadText(
        `mcp_servers:\n${server("a", shared)}\n${server("b", { ...shared, priority: "2" })}\n`
      )
      assert.deepStrictEqual(loaded.warnings.map(line), [
        `11:10 mcp_servers.b.url: "b" and "a" (line 4) have the same URL: every resource will be gathered twice`
      ])
    })
  )

  it.effect("a secret may be written out in a URL, with a warning that does not repeat it", () =>
    Effect.gen(function* () {
      const warnings = Effect.fnUntraced(function* (url: string) {
        const loaded = yield* loadText(`mcp_servers:\n${server("a", { url: `"${url}"` })}\n`, {
          env: { KEY: "0f3c9a7be2d14c55" }
        })
        for (const secret of ["0f3c9a7be2d14c55", "hunter2"]) assert.notInclude(JSON.stringify(loaded.warnings), secret)
        return loaded.warnings.map(({ message }) => message.replace(/:.*/s, ""))
      })
      const said = (where: string) => [`what looks like a secret is written out in ${where}`]
      assert.deepStrictEqual(yield* warnings("http://h/0f3c9a7be2d14c55/sse"), said("the path"))
      for (const name of ["ak", "api_key", "token"]) {
        assert.deepStrictEqual(yield* warnings(`http://h/sse?${name}=hunter2`), said(`the parameter "${name}"`))
      }
      assert.deepStrictEqual(
        yield* warnings("http://h/0f3c9a7be2d14c55?q=1&x=0f3c9a7be2d14c55"),
        said('the path and the parameter "x"')
      )
      for (const url of [
        "http://h/sse",
        "http://h/${KEY}/sse?token=${KEY}",
        "http://h/sse?token=",
        "http://h:8000/servers/products-2026/v1/sse?workspace=shop&version=2026-11-26"
      ]) {
        assert.deepStrictEqual(yield* warnings(url), [])
      }
    })
  )

  it.effect("a disabled server counts neither for priorities nor for max_servers", () =>
    Effect.gen(function* () {
      const loaded = yield* loadText(
        `mcp_servers:\n${server("a")}\n${server("b", { enabled: "false" })}\norchestration: { max_servers: 1 }\n`
      )
      assert.deepStrictEqual(
        loaded.config.servers.map(({ id }) => id),
        ["a"]
      )
      assert.deepStrictEqual(loaded.warnings, [])
    })
  )

  it.effect("an empty section means its defaults, and null means no rate limit", () =>
    Effect.gen(function* () {
      const { config } = yield* loadText(document({ rate_limit: "null", headers: "" }, "  retry:\n  query:"))
      assert.strictEqual(config.retry.attempts, 3)
      assert.isNull(config.servers[0]?.rateLimit)
    })
  )

  it.effect("anchors and aliases", () =>
    Effect.gen(function* () {
      const { config } = yield* loadText(document({ domains: "&d [x, y]", capabilities: "*d" }))
      assert.deepStrictEqual(config.servers[0]?.capabilities, ["x", "y"])
    })
  )

  it.effect("keys like those of Object.prototype as ids and headers", () =>
    Effect.gen(function* () {
      const { config } = yield* loadText(`mcp_servers:\n${server("constructor", { headers: "{ toString: a }" })}\n`)
      assert.strictEqual(config.servers[0]?.id, "constructor")
      assert.deepStrictEqual(Object.keys(config.servers[0]?.headers ?? {}), ["toString"])
    })
  )

  it.effect("servers come in priority order whatever their order in the file", () =>
    Effect.gen(function* () {
      const { config } = yield* loadText(
        `mcp_servers:\n${server("z", { priority: "9" })}\n${server("a", { priority: "3" })}\n`
      )
      assert.deepStrictEqual(
        config.servers.map(({ id }) => id),
        ["a", "z"]
      )
    })
  )
})

describe("no enabled server", () => {
  const cases = [
    ["none at all", "mcp_servers: {}\n", "names no MCP server"],
    ["an empty section", "mcp_servers:\n", "names no MCP server"],
    ["all disabled", document({ enabled: "false" }), "every MCP server of /etc/app/mcp-config.yaml is disabled"]
  ] as const
  for (const [name, text, words] of cases) {
    it.effect(`${name} is a NoMcpAvailableError`, () =>
      Effect.gen(function* () {
        const error = yield* Effect.flip(loadText(text))
        assert.strictEqual(error._tag, "NoMcpAvailableError")
        assert.include(error.message, words)
      })
    )
  }
})

describe("a document made to exhaust the reader", () => {
  it.effect("an alias bomb is refused once", () =>
    Effect.gen(function* () {
      const levels = Array.from({ length: 12 }, (_, level) => {
        const items = Array.from({ length: 10 }, () => (level === 0 ? "lol" : `*l${level - 1}`)).join(", ")
        return `l${level}: &l${level} [${items}]`
      })
      const problems = yield* problemsOf(`${levels.join("\n")}\n${document()}`)
      assert.strictEqual(problems.filter((problem) => problem.includes("too many values")).length, 1)
    })
  )

  for (const [name, text] of [
    ["brackets", "[".repeat(100_000)],
    ["braces", "{a: ".repeat(50_000)],
    ["dashes", "- ".repeat(100_000)],
    ["keys", "? ".repeat(100_000)],
    ["anchors", "&a ".repeat(50_000)],
    ["documents", "---\n".repeat(50_000)],
    ["keys of one table", Array.from({ length: 25_000 }, (_, index) => `k${index}: 1`).join("\n")],
    ["variables", `a: "${"${A:-".repeat(30_000)}"`]
  ] as const) {
    it.effect(`many ${name} end in a report`, () =>
      Effect.gen(function* () {
        const error = yield* Effect.flip(loadText(text))
        assert.strictEqual(error._tag, "ConfigError")
      })
    )
  }
})
