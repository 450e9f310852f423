/** The examples of docs/servers.md are understood as the page says. */
import { assert, describe, it } from "@effect/vitest"
import { Effect, Result, type Schema } from "effect"
import { readFileSync } from "node:fs"
import { decodeContents } from "../../src/connection/Replies.ts"
import { fromResources } from "../../src/grounding/Grounding.ts"
import { isList, isObject } from "../../src/grounding/JsonShape.ts"
import { EntityCatalog } from "../../src/resolution/EntityCatalog.ts"
import * as ResourceData from "../../src/resources/ResourceData.ts"
import { arrows, gathered, server } from "../query/Groundings.ts"

const page = readFileSync(new URL("../../docs/servers.md", import.meta.url), "utf8")
const examples = [...page.matchAll(/```(json|sql) ([^\n]+)\n(.*?)```/gs)]

describe("docs/servers.md", () => {
  it("has examples", () => {
    assert.isAtLeast(examples.length, 20)
  })

  for (const [, language, told = "", content = ""] of examples) {
    it(`is right about ${told}`, () => {
      const expected = new Map(
        told.split(" ").map((pair) => [pair.slice(0, pair.indexOf("=")), pair.slice(pair.indexOf("=") + 1)])
      )
      const name = expected.get("name") ?? "resource"
      const uri = expected.get("uri") ?? `doc://${name}`
      const data = dataOf(uri, language === "json" ? JSON.parse(content) : content)
      const resource = { uri, name, size: Buffer.byteLength(content), data }
      const resources = gathered({ ...server("doc", 1, {}), resources: new Map([[name, resource]]) })
      const grounding = fromResources(resources)
      const tables = grounding.tables.map((table) => `${table.name}(${table.columns.map((one) => one.name).join(",")})`)
      assert.strictEqual(tables.join(), expected.get("tables") ?? "")
      if (expected.has("keys")) assert.strictEqual(arrows(grounding).join().replaceAll(" ", ""), expected.get("keys"))
      const values = grounding.tables.flatMap((table) =>
        table.columns.map((one) => `${table.name}.${one.name}:${one.values.join("|")}`)
      )
      assert.includeMembers(values, [...listed(expected.get("values"))])
      const terms = grounding.mappings.map(({ term }) => term).toSorted()
      assert.deepStrictEqual(terms, listed(expected.get("terms")))
      const entities = EntityCatalog.from(resources).servers.flatMap((one) =>
        one.entities
          .filter(({ isCategory, path }) => !isCategory && path.length > 0)
          .map(({ canonicalName }) => canonicalName)
      )
      assert.includeMembers(entities, [...listed(expected.get("entities"))])
    })
  }
})

/** What a gather makes of it: an answer to `resources/read` stands for its contents. */
const dataOf = (uri: string, content: Schema.Json): Schema.Json =>
  isObject(content) && isList(content["contents"])
    ? Result.getOrThrow(ResourceData.fromContents(Effect.runSync(decodeContents(uri, content)), undefined)).data
    : content

const listed = (text: string | undefined): ReadonlyArray<string> =>
  (text ?? "")
    .split(",")
    .filter((word) => word !== "")
    .map((word) => word.replaceAll("&nbsp;", " "))
    .toSorted()
