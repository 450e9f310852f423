/** How well and how fast names are matched: what `bench/names.ts` prints and the fixture test asserts. */
import { readFileSync } from "node:fs"
import * as Schema from "effect/Schema"
import { NameIndex } from "../src/resolution/NameIndex.ts"
import { matchName } from "../src/resolution/NameMatch.ts"
import { tokenize } from "../src/text/Tokens.ts"

/** A catalog, queries that mean one of its names, and names that are not in it. */
export const NameSet = Schema.Struct({
  name: Schema.String,
  catalog: Schema.Array(Schema.String),
  positives: Schema.Array(Schema.Struct({ query: Schema.String, expected: Schema.Array(Schema.String) })),
  negatives: Schema.Array(Schema.String)
})
export type NameSet = typeof NameSet.Type

export interface Accuracy {
  /** Share of the queries whose best match is right. */
  readonly accuracyAt1: number
  /** Share of the queries whose best match is right and scores above a threshold that lets 5 % of the negatives through. */
  readonly recallAt5Percent: number
  readonly threshold: number
}

const decode = Schema.decodeUnknownSync(Schema.fromJsonString(NameSet))

/** Reads a set; throws what is wrong with it. */
export const readNameSet = (file: string | URL): NameSet => decode(readFileSync(file, "utf8"))

/** Matches every query of a set against its catalog. */
export const measureAccuracy = ({ catalog, negatives, positives }: NameSet): Accuracy => {
  const index = new NameIndex(catalog.map((name) => tokenize(name)))
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
