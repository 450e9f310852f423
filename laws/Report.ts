/** Asks many questions of many worlds, and counts. */
import type { Phrasings } from "./English.ts"
import { type Clause, makeIntent } from "./Intent.ts"
import { Bench, check, type Law, type Violation } from "./Laws.ts"
import { Random } from "./Random.ts"
import { kindOf, shrink } from "./Shrink.ts"
import { makeWorld } from "./World.ts"

export interface Options {
  /** The seed of the first world. */
  readonly first: number
  readonly worlds: number
  /** How many questions a world is asked. */
  readonly questions: number
  readonly laws: ReadonlySet<Law>
  /** Stops at the first question after this time, by `performance.now()`. */
  readonly deadline: number
}

export interface Tally {
  asked: number
  right: number
  refused: number
  broken: number
}

export interface Report {
  readonly worlds: number
  readonly all: Tally
  readonly heads: ReadonlyMap<string, Tally>
  readonly clauses: ReadonlyMap<string, Tally>
  /** By law, the number of questions that break it. */
  readonly laws: ReadonlyMap<Law, number>
  /** One shrunk example a kind, with the seed of its world. */
  readonly kinds: ReadonlyMap<string, { readonly seed: number; readonly count: number; readonly example: Violation }>
}

export const allLaws: ReadonlySet<Law> = new Set(["a", "b", "b2", "c", "d", "e", "f", "g", "h"])

export const runLaws = (phrasings: Phrasings, options: Options): Report => {
  const all: Tally = { asked: 0, right: 0, refused: 0, broken: 0 }
  const heads = new Map<string, Tally>()
  const clauses = new Map<string, Tally>()
  const laws = new Map<Law, number>()
  const kinds = new Map<string, { readonly seed: number; readonly count: number; readonly example: Violation }>()
  let worlds = 0
  for (let at = 0; at < options.worlds && performance.now() < options.deadline; at++) {
    const seed = options.first + at
    using bench = new Bench(makeWorld(seed))
    const random = new Random(seed ^ 0x5eed)
    worlds += 1
    for (let asked = 0; asked < options.questions && performance.now() < options.deadline; asked++) {
      const intent = makeIntent(bench.world, random)
      const { outcome, violations } = check(bench, phrasings, intent, options.laws)
      if (outcome === "unsayable") continue
      const head = `${intent.head.kind}${"fn" in intent.head ? `.${intent.head.fn}` : ""}`
      for (const tally of [
        all,
        tallyOf(heads, head),
        ...intent.clauses.map((clause) => tallyOf(clauses, nameOf(clause)))
      ]) {
        tally.asked += 1
        tally[outcome] += 1
      }
      for (const law of new Set(violations.map((one) => one.law))) laws.set(law, (laws.get(law) ?? 0) + 1)
      for (const violation of violations) {
        const small = shrink(bench, phrasings, intent, violation)
        const kind = kindOf(violation.law, small.intent)
        const known = kinds.get(kind) ?? { seed, count: 0, example: small.violation }
        kinds.set(kind, { ...known, count: known.count + 1 })
      }
    }
  }
  return { worlds, all, heads, clauses, laws, kinds }
}

const tallyOf = (tallies: Map<string, Tally>, name: string): Tally => {
  const tally = tallies.get(name) ?? { asked: 0, right: 0, refused: 0, broken: 0 }
  tallies.set(name, tally)
  return tally
}

const nameOf = (clause: Clause): string =>
  clause.kind === "related"
    ? `${clause.negated ? "without" : "with"}${clause.inner.length > 0 ? " + condition" : ""}`
    : clause.kind
