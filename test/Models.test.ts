import { assert, describe, it } from "@effect/vitest"
import { type Arbitrary, Effect, Predicate, Schema } from "effect"
import { OrchestratorConfig } from "../src/config/OrchestratorConfig.ts"
import { SqlAttempt } from "../src/OrchestratorError.ts"
import * as ConfigLoader from "../src/config/ConfigLoader.ts"
import { FromShown } from "../src/config/ServerUrl.ts"
import { ServerHealth } from "../src/health/HealthReport.ts"
import { ServerReport } from "../src/health/ServerReport.ts"
import { OrchestratorEvent } from "../src/OrchestratorEvent.ts"
import { QueryResult } from "../src/query/QueryResult.ts"
import { Resolved, ResolvedEntity } from "../src/resolution/ResolvedEntity.ts"
import { Gathered, GatheredResource, Servers } from "../src/resources/GatheredResources.ts"
import { GeneratedSql } from "../src/sql/SqlGenerator.ts"
import * as Arbitraries from "../src/testing/Arbitraries.ts"
import * as ExactJson from "../src/text/ExactJson.ts"
import * as Json from "../src/text/Json.ts"
import { Rows, SqlValue } from "../src/tools/Rows.ts"
import * as Generated from "./config/generated.ts"

/** JSON has no -0. Instances of other classes stay as they are. */
const withoutNegativeZero = (value: unknown): unknown => {
  if (typeof value === "number") return value + 0
  if (Array.isArray(value)) return value.map(withoutNegativeZero)
  if (value instanceof SqlAttempt && value.usage !== null) {
    const zero = (count: number | null) => (count === null ? null : count + 0)
    const { completionTokens, promptTokens } = value.usage
    return new SqlAttempt({
      ...value,
      usage: { promptTokens: zero(promptTokens), completionTokens: zero(completionTokens) }
    })
  }
  if (value instanceof Map) return new Map([...value].map(([key, item]) => [key, withoutNegativeZero(item)]))
  if (!Predicate.isObject(value) || ![Object.prototype, null].includes(Object.getPrototypeOf(value))) return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withoutNegativeZero(item)]))
}

describe("a model comes back the same from its JSON", () => {
  const law = <A>(
    name: string,
    schema: Schema.Codec<A, unknown>,
    models: Arbitrary.Arbitrary<A>,
    parse: (text: string) => unknown = Json.parse
  ) => {
    const codec = Schema.toCodecJson(schema)
    const encode = Schema.encodeSync(codec)
    const decode = Schema.decodeUnknownSync(codec)
    it.prop(name, { model: models }, ({ model }) => {
      const text = JSON.stringify(encode(model))
      const back = decode(parse(text))
      assert.deepStrictEqual(back, withoutNegativeZero(model))
      assert.strictEqual(JSON.stringify(encode(back)), text)
    })
  }

  law("a value of a row", SqlValue, Arbitraries.sqlValues, ExactJson.parse)
  law("rows", Rows, Arbitraries.rows, ExactJson.parse)
  law("a query's result", QueryResult, Arbitraries.queryResults, ExactJson.parse)
  law("what was gathered", Gathered, Arbitraries.gathered)
  law("what was gathered, with all digits read", Gathered, Arbitraries.gathered, ExactJson.parse)
  law("a resolved entity", ResolvedEntity, Arbitraries.resolvedEntities)
  law("a resolution", Resolved, Arbitraries.resolved)
  law("a server's health", ServerHealth, Arbitraries.serverHealths)
  law("a server's report", ServerReport, Arbitraries.serverReports)
  law("generated SQL", GeneratedSql, Arbitraries.generatedSql)
  law("an event", OrchestratorEvent, Arbitraries.events, ExactJson.parse)
})

describe("the JSON of", () => {
  const gathered = Schema.encodeSync(Schema.toCodecJson(Servers))

  it.prop(
    "what was gathered has the data of each resource by server and name, and all else beside it",
    { model: Arbitraries.gathered },
    ({ model }) => {
      const document = Object(Json.parse(JSON.stringify(gathered(model.servers))))
      assert.sameMembers(
        Object.keys(document),
        model.servers.map(({ id }) => id)
      )
      for (const { id, resources } of model.servers) {
        const server = Object.getOwnPropertyDescriptor(document, id)?.value
        for (const [key, { data: _, ...listed }] of resources) {
          assert.deepStrictEqual(
            Object.getOwnPropertyDescriptor(server.listing, key)?.value,
            withoutNegativeZero(listed)
          )
          assert.isTrue(Object.hasOwn(server.resources, key))
        }
      }
    }
  )

  it("a resource's URI has no secret of its server", () => {
    const uri = "postgres://reader:hunter22@db/shop?token=abcdef"
    const resource = { uri, name: "shop", size: 2, data: {} }
    const codec = Schema.toCodecJson(GatheredResource)
    const json = Schema.encodeSync(codec)(resource)
    assert.deepStrictEqual(json, { ...resource, uri: "postgres://db/shop?token=<redacted>" })
    assert.deepStrictEqual(Schema.encodeSync(codec)(Schema.decodeSync(codec)(json)), json)
  })

  it("rows has integers digit for digit, which JSON.parse reads as the nearest double and ExactJson.parse as they are", () => {
    const codec = Schema.toCodecJson(Rows)
    const rows = { columns: ["id"], rows: [[9007199254740993n]], rowCount: 1, truncated: false }
    const text = JSON.stringify(Schema.encodeSync(codec)(rows))
    assert.strictEqual(text, '{"columns":["id"],"rows":[[9007199254740993]],"rowCount":1,"truncated":false}')
    assert.deepStrictEqual(Schema.decodeUnknownSync(codec)(JSON.parse(text)).rows, [[9007199254740992]])
    assert.deepStrictEqual(Schema.decodeUnknownSync(codec)(ExactJson.parse(text)), rows)
  })

  it("rows takes what looks like an integer of ours for the data that it is", () => {
    const rows = { columns: ["j"], rows: [[{ rawJSON: "7" }]], rowCount: 1, truncated: false }
    assert.deepStrictEqual(Schema.encodeSync(Schema.toCodecJson(Rows))(rows), rows)
  })

  it("a resolution has the fields of the entity beside the others, and entity null where none was found", () => {
    const none = { entity: null, suggestions: ["Lamp"], ambiguous: false, requestId: "r", generation: 1 }
    assert.deepStrictEqual(Schema.encodeSync(Schema.toCodecJson(Resolved))(none), none)
  })

  it.effect.prop(
    "a configuration shows no secret, and what is read back from it shows the same",
    { document: Generated.documents },
    Effect.fnUntraced(function* ({ document: { document } }) {
      const codec = Schema.toCodecJson(OrchestratorConfig)
      const secret = "5ecret-5ecret"
      const servers = Object.entries(document.mcp_servers).map(([id, server]) => [
        id,
        { ...server, url: `${String(server["url"])}&token=${secret}`, headers: { Authorization: `Bearer ${secret}` } }
      ])
      const config = yield* ConfigLoader.fromUnknown({ ...document, mcp_servers: Object.fromEntries(servers) })
      const json = yield* Schema.encodeEffect(codec)(config)
      assert.notInclude(JSON.stringify(json), "5ecret")
      const back = yield* Schema.decodeEffect(codec)(Json.parse(JSON.stringify(json)))
      assert.deepStrictEqual(yield* Schema.encodeEffect(codec)(back), json)
    })
  )

  it.effect("a configuration shows a variable in a URL as the variable, also after it was read back", () =>
    Effect.gen(function* () {
      const codec = Schema.toCodecJson(FromShown)
      const shown = "http://localhost:8000/mcp/${TOKEN}/sse?key=<redacted>"
      const url = yield* Schema.decodeEffect(codec)(shown)
      assert.strictEqual(url.shown, shown)
      assert.strictEqual(yield* Schema.encodeEffect(codec)(url), shown)
      const error = yield* Effect.flip(Schema.decodeEffect(codec)("nowhere"))
      assert.include(error.message, "an http or https address")
    })
  )
})
