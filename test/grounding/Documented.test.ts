/** The examples of docs/servers.md are understood as the page says. */
import { assert, describe, it } from "@effect/vitest"
import { readFileSync } from "node:fs"
import { fromResources } from "../../src/grounding/Grounding.ts"
import { EntityCatalog } from "../../src/resolution/EntityCatalog.ts"
import { arrows, gathered, server } from "../query/Groundings.ts"

const page = readFileSync(new URL("../../docs/servers.md", import.meta.url), "utf8")
const examples = [...page.matchAll(/```(json|sql) ([^\n]+)\n(.*?)```/gs)]

describe("docs/servers.md", () => {
  it("has examples", () => {
    assert.isAtLeast(examples.length, 12)
  })

  for (const [, language, told = "", content = ""] of examples) {
    it(`is right about ${told}`, () => {
      const expected = new Map(
        told.split(" ").map((pair) => [pair.slice(0, pair.indexOf("=")), pair.slice(pair.indexOf("=") + 1)])
      )
      const name = expected.get("name") ?? "resource"
      const data = language === "json" ? JSON.parse(content) : content
      const uri = expected.get("uri") ?? `doc://${name}`
      const resource = { uri, name, size: Buffer.byteLength(content), data }
      const resources = gathered({ ...server("doc", 1, {}), resources: new Map([[name, resource]]) })
      const grounding = fromResources(resources)
      const tables = grounding.tables.map((table) => `${table.name}(${table.columns.map((one) => one.name).join(",")})`)
      assert.strictEqual(tables.join(), expected.get("tables") ?? "")
      if (expected.has("keys")) assert.strictEqual(arrows(grounding).join().replaceAll(" ", ""), expected.get("keys"))
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

const listed = (text: string | undefined): ReadonlyArray<string> =>
  (text ?? "")
    .split(",")
    .filter((word) => word !== "")
    .map((word) => word.replaceAll("&nbsp;", " "))
    .toSorted()
