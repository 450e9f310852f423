/** The smallest question of the same kind that breaks the same law; clauses are taken away, not letters. */
import type { Phrasings } from "./English.ts"
import type { Clause, Intent } from "./Intent.ts"
import { type Bench, check, type Law, type Violation } from "./Laws.ts"

export const shrink = (
  bench: Bench,
  phrasings: Phrasings,
  intent: Intent,
  violation: Violation
): { readonly intent: Intent; readonly violation: Violation } => {
  const laws = new Set([violation.law])
  let best = { intent, violation }
  for (let isSmaller = true; isSmaller;) {
    isSmaller = false
    for (const clauses of fewer(best.intent.clauses)) {
      const smaller = { ...best.intent, clauses }
      const [broken] = check(bench, phrasings, smaller, laws).violations
      if (broken === undefined) continue
      best = { intent: smaller, violation: broken }
      isSmaller = true
      break
    }
  }
  return best
}

/** Every way to say a little less. */
const fewer = (clauses: ReadonlyArray<Clause>): ReadonlyArray<ReadonlyArray<Clause>> =>
  clauses.flatMap((clause, at) => [
    clauses.toSpliced(at, 1),
    ...("inner" in clause && clause.inner.length > 0 ? [clauses.toSpliced(at, 1, { ...clause, inner: [] })] : []),
    ...("quoted" in clause && clause.quoted ? [clauses.toSpliced(at, 1, { ...clause, quoted: false })] : [])
  ])

const clauseKey = (clause: Clause): string =>
  clause.kind === "related"
    ? `${clause.negated ? "without" : "with"}(${clause.inner.map(clauseKey).join("+")})`
    : `${clause.kind}${"quoted" in clause && clause.quoted ? ":quoted" : ""}`

/** What kind of fault it is: the law, the head and the clauses that are left. */
export const kindOf = (law: Law, { clauses, head }: Intent): string =>
  `${law} | ${head.kind}${"fn" in head ? `.${head.fn}` : ""} | ${clauses.map(clauseKey).toSorted().join(" ") || "-"}`
