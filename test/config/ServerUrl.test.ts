import { assert, describe, it } from "@effect/vitest"
import { Effect, Redacted, Schema } from "effect"
import { Buffer } from "node:buffer"
import { inspect } from "node:util"
import * as ConfigLoader from "../../src/config/ConfigLoader.ts"
import * as ConfigShow from "../../src/config/ConfigShow.ts"
import type { ServerConfig } from "../../src/config/OrchestratorConfig.ts"
import { masking } from "../../src/connection/Secrets.ts"
import { document, loadText, problemsOf } from "./loading.ts"

type Environment = Readonly<Record<string, string>>

const serverOf = (url: string, env: Environment, fields: Readonly<Record<string, string>> = {}) =>
  Effect.flatMap(loadText(document({ url: JSON.stringify(url), ...fields }), { env }), ({ config }) =>
    Effect.fromNullishOr(config.servers[0])
  )

const shownOf = (url: string, env: Environment) => Effect.map(serverOf(url, env), (server) => server.url.shown)

/** Everything that writes a value out without asking it. */
const writtenOut = (value: unknown): string =>
  [
    JSON.stringify(value),
    inspect(value, { depth: 20, showHidden: true, getters: true }),
    inspect(value, { depth: 20, customInspect: false }),
    String(value)
  ].join("\n")

/** No run of letters that a URL or a message could hold by chance. */
const Token = Schema.String.check(Schema.isPattern(/^[a-zA-Z0-9]{4}[0-9]{3}[A-Z]{5}$/))
/** What a URL can hold, and what it encodes. */
const Awkward = Schema.String.check(Schema.isPattern(/^[a-zA-Z0-9"'!()*%:@+<>|^`{}äß漢._~-]{8,24}$/))

describe("a server's URL", () => {
  it.effect("shows what came from a variable as the variable, but for host and port", () =>
    Effect.gen(function* () {
      const env = {
        TOKEN: "s3cret-one",
        HOST: "db.example",
        PORT: "8000",
        ALL: "https://Db.Example:443/mcp/s3cret/sse?a=1"
      }
      for (const [url, shown] of [
        ["http://h/mcp/${TOKEN}/sse", "http://h/mcp/${TOKEN}/sse"],
        ["http://h/sse?workspace=${TOKEN}&page=1", "http://h/sse?workspace=${TOKEN}&page=1"],
        ["http://h/sse?token=${TOKEN}&page=1", "http://h/sse?token=${TOKEN}&page=1"],
        ["http://h/sse?token=a${TOKEN}&page=1", "http://h/sse?token=<redacted>&page=1"],
        ["http://h/a-${TOKEN}-${NONE:-default}", "http://h/a-${TOKEN}-${NONE}"],
        ["http://h?${TOKEN}", "http://h/?${TOKEN}"],
        ["http://${HOST}:${PORT}/sse", "http://db.example:8000/sse"],
        ["http://${HOST}:${PORT}/${TOKEN}", "http://db.example:8000/${TOKEN}"],
        ["${ALL}", "https://db.example/${ALL}"],
        ["${ALL}&b=2", "https://db.example/${ALL}&b=2"],
        ["http://${HOST_AND_PATH:-h:80/x/y}/sse", "http://h/${HOST_AND_PATH}/sse"],
        ["http://h/$${TOKEN}/sse", "http://h/$%7BTOKEN%7D/sse"],
        ["http://h/sse?key=plain", "http://h/sse?key=<redacted>"]
      ] as const) {
        assert.strictEqual(yield* shownOf(url, env), shown, url)
      }
    })
  )

  it.effect.prop(
    "is the whole one to those who connect, and is never written out whole",
    { path: Token, query: Token, base: Token },
    ({ base, path, query }) =>
      Effect.gen(function* () {
        const loaded = yield* loadText(
          document({
            url: '"http://h:1/${PATH}/sse?workspace=${QUERY:-none}&page=1"',
            endpoint_base: '"http://h:1/${BASE}"'
          }),
          { env: { PATH: path, QUERY: query, BASE: base } }
        )
        const [server] = loaded.config.servers
        if (server === undefined) return assert.fail("no server")
        assert.strictEqual(server.url.reveal().href, `http://h:1/${path}/sse?workspace=${query}&page=1`)
        assert.strictEqual(server.endpointBase?.reveal().href, `http://h:1/${base}`)
        const written = [
          writtenOut(loaded.config),
          writtenOut(server.url),
          JSON.stringify(ConfigShow.effective(loaded)),
          writtenOut(loaded)
        ].join("\n")
        for (const secret of [path, query, base]) assert.notInclude(written, secret)
        assert.include(written, "http://h:1/${PATH}/sse?workspace=${QUERY}&page=1")
        assert.include(written, "http://h:1/${BASE}")
      })
  )

  it.effect("given as a value, hides secret parameters and what looks like a token", () =>
    Effect.gen(function* () {
      const url = "http://h/sk-0123456789abcdef/sse?api_key=hunter2go&page=1&x=${NO_VARIABLE}"
      const config = yield* ConfigLoader.fromUnknown({
        mcp_servers: {
          a: { name: "A", url, priority: 1, domains: ["d"], capabilities: ["list_resources"], transport: "sse" }
        }
      })
      const written = writtenOut(config)
      assert.notInclude(written, "hunter2go")
      assert.notInclude(written, "0123456789abcdef")
      assert.include(written, "http://h/<redacted>/sse?api_key=<redacted>&page=1")
    })
  )

  it.effect("inside a table that a variable holds, is all of that variable's", () =>
    Effect.gen(function* () {
      const entry = JSON.stringify({
        name: "A",
        url: "http://h:1/s3cret/sse",
        priority: 1,
        domains: ["d"],
        capabilities: ["list_resources"],
        transport: "sse"
      })
      const { config } = yield* loadText("mcp_servers:\n  a: ${ENTRY}\n", { env: { ENTRY: entry } })
      assert.strictEqual(String(config.servers[0]?.url), "http://h:1/${ENTRY}")
    })
  )

  it.effect("that is broken is not repeated with what a variable put into it", () =>
    Effect.gen(function* () {
      for (const key of ["url", "endpoint_base"]) {
        const text = document({ [key]: '"h/mcp/${TENANT}/sse"' })
        const error = yield* Effect.flip(loadText(text, { env: { TENANT: "s3cret" } }))
        assert.notInclude(writtenOut(error), "s3cret")
        assert.isNotEmpty(yield* problemsOf(text, { env: { TENANT: "s3cret" } }))
      }
    })
  )
})

describe("what a server repeats of its URL", () => {
  const masked = (server: ServerConfig, text: string) => masking(server)(`${text} and again ${text}.`)

  it.effect.prop(
    "is shown as the variable in whatever form it comes",
    { secret: Awkward, place: Schema.Literals(["path", "query", "base"]) },
    ({ place, secret }) =>
      Effect.gen(function* () {
        const url = place === "query" ? "http://h/sse?workspace=${SECRET}" : "http://h/mcp/${SECRET}/sse"
        const server = yield* place === "base"
          ? serverOf("http://h/sse", { SECRET: secret }, { endpoint_base: JSON.stringify(url) })
          : serverOf(url, { SECRET: secret })
        const { pathname, search } = (server.endpointBase ?? server.url).reveal()
        const percent = encodeURIComponent(secret)
        for (const form of [
          secret,
          percent,
          percent.replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase()),
          // Python's urllib.parse.quote, with which the Python MCP SDK writes its endpoint event.
          percent.replace(/[!'()*]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`),
          place === "query" ? search.slice("?workspace=".length) : pathname.slice("/mcp/".length, -"/sse".length),
          JSON.stringify(secret).slice(1, -1),
          Buffer.from(secret).toString("base64")
        ]) {
          const shown = masked(server, `POST /mcp/${form}/messages: 404`)
          assert.notInclude(shown, form)
          assert.include(shown, "${SECRET}")
        }
      })
  )

  it.effect("is known by its pieces where a variable holds a whole URL", () =>
    Effect.gen(function* () {
      const ALL = "http://h:1/hooks/s3cret%2Btoken/sse?account=account-1234&v=2"
      const server = yield* serverOf("${ALL}", { ALL })
      assert.strictEqual(
        masked(server, "no /hooks/s3cret%2Btoken/messages (s3cret+token) of account-1234 on h:1, version 2"),
        "no /hooks/${ALL}/messages (${ALL}) of ${ALL} on h:1, version 2" +
          " and again no /hooks/${ALL}/messages (${ALL}) of ${ALL} on h:1, version 2."
      )
    })
  )

  it.effect("is masked without a name where no variable made it", () =>
    Effect.gen(function* () {
      const server = yield* serverOf("http://h/sse?api_key=hunter%2Bgo&page=1", {})
      assert.strictEqual(masking(server)("hunter%2Bgo, hunter+go, page=1"), "<redacted>, <redacted>, page=1")
      assert.deepStrictEqual(server.url.secrets().map(Redacted.value), ["hunter%2Bgo", "hunter+go"])
    })
  )
})
