/**
 * Accuracy and speed of name matching.
 *
 *     node bench/names.ts [folder with {catalog, positives, negatives} files]
 *
 * Without a folder: the environment variable NAMES_DATA, else the committed fixture. The timings are medians of nine
 * rounds after one that warms up, on 100,000 names made by mixing the words of the catalogs; the first round is
 * shown too, because a process that answers one question only ever sees that one.
 */
import { readdirSync } from "node:fs"
import { join } from "node:path"
import { link } from "../src/resolution/Mentions.ts"
import { EntityCatalog } from "../src/resolution/EntityCatalog.ts"
import { NameIndex } from "../src/resolution/NameIndex.ts"
import { matchName } from "../src/resolution/NameMatch.ts"
import { tokenize } from "../src/text/Tokens.ts"
import type { GatheredResources } from "../src/resources/GatheredResources.ts"
import { measureAccuracy, type NameSet, readNameSet } from "./NameAccuracy.ts"

const fixture = join(import.meta.dirname, "..", "test", "resolution", "fixtures")
const folder = process.argv[2] ?? process.env["NAMES_DATA"] ?? fixture
const files = readdirSync(folder).filter((file) => file.endsWith(".json"))
const sets = files.map((file) => readNameSet(join(folder, file)))
const rounds = 10
const size = 100_000

console.log(`accuracy                        names  acc@1  rec@5%  threshold`)
for (const set of sets) {
  const { accuracyAt1, recallAt5Percent, threshold } = measureAccuracy(set)
  const figures = [accuracyAt1, recallAt5Percent, threshold].map((figure) => figure.toFixed(3)).join("   ")
  console.log(`${set.name.padEnd(28)} ${String(set.catalog.length).padStart(8)}  ${figures}`)
}

const names = manyNames(sets, size)
const resources = oneServer(names)
const queries = ["golden star resuorces", "palantir technologes", "first solar", "monthly revenue review"]
const question = "Compare the total revenue of Palantir Technologes and First Solar by month since March 2025"
const noSchema = { databases: [], mappings: [] }
const timings = Array.from({ length: rounds }, (_, round) => {
  const [index, indexMs] = timed(() => new NameIndex(names.map((name) => tokenize(name))))
  const [, queryMs] = timed(() => matchName(index, tokenize(queries[round % queries.length] ?? "")))
  const catalog = EntityCatalog.from(resources)
  const [, catalogMs] = timed(() => catalog.servers.map((server) => [server.index, server.normalized]))
  const [, questionMs] = timed(() => link(question, catalog, noSchema, { fuzzy: true, threshold: 0.82, margin: 0.05 }))
  return { indexMs, queryMs, catalogMs, questionMs }
})

console.log(`\n${size} names, ms                                first  median`)
report("index of the names", ({ indexMs }) => indexMs)
report("one query", ({ queryMs }) => queryMs)
report("index and one query", ({ indexMs, queryMs }) => indexMs + queryMs)
report("entity catalog from JSON, with its lookups", ({ catalogMs }) => catalogMs)
report("one question, catalog given", ({ questionMs }) => questionMs)

function report(what: string, pick: (timing: (typeof timings)[number]) => number): void {
  const [first = 0, ...later] = timings.map(pick)
  const median = later.toSorted((left, right) => left - right)[later.length >> 1] ?? 0
  console.log(`${what.padEnd(46)} ${first.toFixed(1).padStart(6)}  ${median.toFixed(1).padStart(6)}`)
}

function timed<A>(work: () => A): readonly [A, number] {
  const start = performance.now()
  const result = work()
  return [result, performance.now() - start]
}

/** The catalogs themselves, then names put together from the beginnings and ends of two of their names. */
function manyNames(from: ReadonlyArray<NameSet>, count: number): ReadonlyArray<string> {
  const known = from.flatMap((set) => set.catalog)
  return Array.from({ length: count }, (_, at) => {
    const one = known[at % known.length] ?? ""
    const other = known[(at * 7919) % known.length] ?? ""
    return at < known.length ? one : `${one.split(" ")[0]} ${other.split(" ").slice(-2).join(" ")} ${at % 500}`
  })
}

function oneServer(entities: ReadonlyArray<string>): GatheredResources {
  const data = entities.map((name, id) => ({ id, name }))
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
