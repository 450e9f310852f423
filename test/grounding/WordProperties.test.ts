import { assert, it } from "@effect/vitest"
import { Schema } from "effect"
import { fromResources } from "../../src/grounding/Grounding.ts"
import { readSchema } from "../../src/grounding/SchemaReader.ts"
import { EntityCatalog } from "../../src/resolution/EntityCatalog.ts"
import { gathered, server } from "../query/Groundings.ts"
import { describedTable, writtenNames, writtenTerms, writtenValues } from "./generatedWords.ts"
import { plain } from "./introductions.ts"
import { scrambled } from "./spelling.ts"

it.prop(
  "reads terms back from whatever shape they are written in",
  [writtenTerms],
  ([{ called, data, expected }]) => {
    const { mappings } = fromResources(gathered(server("words", 1, { [called]: data })))
    assert.sameDeepMembers(
      mappings.map(({ expression, term }) => [term, expression]),
      expected.map(([term, expression]) => [term, expression]),
      JSON.stringify(data)
    )
  },
  { arbitrary: { runs: 300, seed: "terms" } }
)

it.prop(
  "reads names back, with what else a thing is called",
  [writtenNames],
  ([{ called, data, expected }]) => {
    const catalog = EntityCatalog.from(gathered(server("words", 1, { [called]: data }))).servers[0]
    const read = (catalog?.entities ?? []).map(({ canonicalName }, at) => ({
      name: canonicalName,
      texts: (catalog?.names ?? [])
        .filter(({ entity, mentionable }) => mentionable && entity === at)
        .map(({ text }) => text)
    }))
    for (const { aliases, name } of expected) {
      const [entity, ...others] = read.filter((one) => one.name === name)
      assert.isEmpty(others, JSON.stringify(data))
      assert.includeMembers([...(entity?.texts ?? [])], [name, ...aliases], JSON.stringify(data))
    }
  },
  { arbitrary: { runs: 300, seed: "names" } }
)

it.prop(
  "reads values back from a description",
  { written: writtenValues, seed: Schema.Int },
  ({ seed, written }) => {
    const { tables } = readSchema(describedTable(scrambled(seed), written), plain)
    assert.deepStrictEqual(tables[0]?.columns[0]?.values, written.expected, written.description)
  },
  { arbitrary: { runs: 300, seed: "values" } }
)
