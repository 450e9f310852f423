/**
 * What a process that answers one question pays for 100,000 names: reading them into a catalog, indexing them, and
 * finding the names in one question. `bench/names.ts` starts it afresh, so that nothing is compiled yet, and reads the
 * milliseconds from stdout.
 */
import * as Schema from "effect/Schema"
import { link } from "../src/resolution/Mentions.ts"
import { EntityCatalog } from "../src/resolution/EntityCatalog.ts"
import { noSchema, oneServer, options, readNameSet } from "./NameAccuracy.ts"

const size = 100_000
const question = "Compare the total revenue of Palantir Technologies and First Solar by month since March 2025"

/** The names of the sets, then names put together from the beginnings and ends of two of them. */
const manyNames = (known: ReadonlyArray<string>): ReadonlyArray<string> =>
  Array.from({ length: size }, (_, at) => {
    const one = known[at % known.length] ?? ""
    const other = known[(at * 7919) % known.length] ?? ""
    return at < known.length ? one : `${one.split(" ")[0]} ${other.split(" ").slice(-2).join(" ")} ${at % 500}`
  })

/** Milliseconds for each step, and for all of them. */
export const ColdTimes = Schema.Struct({
  catalog: Schema.Finite,
  index: Schema.Finite,
  question: Schema.Finite,
  total: Schema.Finite
})

/** The CPU of this process: on a busy machine the clock would count what others do. */
const now = (): number => process.cpuUsage().user / 1000 + process.cpuUsage().system / 1000

const measure = (files: ReadonlyArray<string>): typeof ColdTimes.Type => {
  const resources = oneServer(manyNames(files.flatMap((file) => readNameSet(file).catalog)))
  const started = now()
  const catalog = EntityCatalog.from(resources)
  for (const server of catalog.servers) void server.names
  const read = now()
  for (const server of catalog.servers) void [server.index, server.normalized]
  const indexed = now()
  link(question, catalog, noSchema, options)
  const ended = now()
  return { catalog: read - started, index: indexed - read, question: ended - indexed, total: ended - started }
}

if (import.meta.main) console.log(JSON.stringify(measure(process.argv.slice(2))))
