/** How well names are matched and linked: what `bench/names.ts` prints and the fixture test asserts. */
import { readFileSync } from "node:fs"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import type { GatheredResources } from "../src/resources/GatheredResources.ts"
import { EntityCatalog } from "../src/resolution/EntityCatalog.ts"
import { link } from "../src/resolution/Mentions.ts"
import { NameIndex } from "../src/resolution/NameIndex.ts"
import { matchName } from "../src/resolution/NameMatch.ts"
import { resolveEntity } from "../src/resolution/Resolution.ts"
import { tokenize } from "../src/text/Tokens.ts"

/** A catalog, queries that mean one of its names, and names that are not in it. */
export const NameSet = Schema.Struct({
  name: Schema.String,
  catalog: Schema.Array(Schema.String),
  positives: Schema.Array(Schema.Struct({ query: Schema.String, expected: Schema.Array(Schema.String) })),
  negatives: Schema.Array(Schema.String)
})
export type NameSet = typeof NameSet.Type

/** How the ranking alone does, whatever the threshold. */
export interface Accuracy {
  /** Share of the queries whose best match is right. */
  readonly accuracyAt1: number
  /** Share of the queries whose best match is right and scores above a threshold that lets 5 % of the negatives through. */
  readonly recallAt5Percent: number
  readonly threshold: number
}

/** What a user gets; all are shares: of the positives, of the negatives, or of the links that were made. */
export interface EndToEnd {
  readonly right: number
  readonly wrong: number
  /** Names that are not in the catalog, and were resolved nevertheless. */
  readonly unknown: number
  /** In questions: names that were linked rightly. */
  readonly recall: number
  /** In questions: links of a name in the catalog that are right. */
  readonly precision: number
  /** In questions: names that are not in the catalog, and that something was linked in. */
  readonly unknownLinked: number
}

/** The shipped settings. */
export const options = { fuzzy: true, threshold: 0.82, margin: 0.05 }

/** Questions as people put them around a name; each name is asked for in one of them. */
const templates: ReadonlyArray<(name: string) => string> = [
  (name) => `What is the total revenue of ${name} in 2025?`,
  (name) => `How many orders did ${name} place last month?`,
  (name) => `Show me all invoices for ${name}`,
  (name) => `${name}: average amount by quarter`,
  (name) => `Compare ${name} with the rest of the market this year`,
  (name) => `Which customers bought ${name} and paid by card?`
]

const decode = Schema.decodeUnknownSync(Schema.fromJsonString(NameSet))

/** Reads a set; throws what is wrong with it. */
export const readNameSet = (file: string | URL): NameSet => decode(readFileSync(file, "utf8"))

/** Matches every query of a set against its catalog. */
export const measureAccuracy = ({ catalog, negatives, positives }: NameSet): Accuracy => {
  const index = new NameIndex(catalog.length, (name) => tokenize(catalog[name] ?? ""))
  const best = (query: string) => {
    const match = matchName(index, tokenize(query))[0]
    return { name: catalog[match?.name ?? -1], score: match?.score ?? 0 }
  }
  const wrong = negatives.map((query) => best(query).score).toSorted((left, right) => right - left)
  const threshold = wrong[Math.floor(wrong.length * 0.05)] ?? 0
  const right = positives
    .map(({ expected, query }) => ({ expected, ...best(query) }))
    .filter(({ expected, name }) => name !== undefined && expected.includes(name))
  return {
    accuracyAt1: right.length / positives.length,
    recallAt5Percent: right.filter(({ score }) => score > threshold).length / positives.length,
    threshold
  }
}

/** Resolves every query of a set, alone and in a question. */
export const measureEndToEnd = ({ catalog, negatives, positives }: NameSet): EndToEnd => {
  const entities = EntityCatalog.from(oneServer(catalog))
  const resolved = (name: string) => Option.getOrUndefined(resolveEntity(name, "names", entities, options))
  const linked = (name: string, at: number) => {
    const question = templates[at % templates.length]?.(name) ?? name
    const start = question.indexOf(name)
    return link(question, entities, noSchema, options)
      .mentions.filter((mention) => mention.start < start + name.length && mention.end > start)
      .map(({ resolution }) => resolution.canonicalName)
  }
  const alone = positives.flatMap(({ expected, query }) => {
    const found = resolved(query)
    return found === undefined ? [] : [expected.includes(found.canonicalName)]
  })
  const inQuestions = positives.map(({ expected, query }, at) =>
    linked(query, at).map((name) => expected.includes(name))
  )
  const links = inQuestions.flat()
  return {
    right: alone.filter(Boolean).length / positives.length,
    wrong: alone.filter((right) => !right).length / positives.length,
    unknown: negatives.filter((query) => resolved(query) !== undefined).length / negatives.length,
    recall: inQuestions.filter((one) => one.includes(true)).length / positives.length,
    precision: links.filter(Boolean).length / links.length,
    unknownLinked: negatives.filter((query, at) => linked(query, at).length > 0).length / negatives.length
  }
}

export const noSchema = { databases: [], mappings: [] }

/** What would be gathered from a server that lists these names. */
export const oneServer = (names: ReadonlyArray<string>): GatheredResources => {
  const data = names.map((name, id) => ({ id, name }))
  const manifest = {
    pages: 1,
    resources: 1,
    bytes: 0,
    durationMs: 0,
    protocolVersion: "",
    serverInfo: { name: "", version: "" }
  }
  const list = { uri: "bench://names", name: "names", size: 0, data }
  const server = { id: "bench", name: "bench", priority: 1, domains: ["names"], capabilities: [], manifest }
  return { servers: [{ ...server, resources: new Map([["names", list]]), schema: null }] }
}
