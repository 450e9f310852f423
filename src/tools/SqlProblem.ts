/** What a database meant by its error message, in SQLite's, PostgreSQL's and MySQL's words. Pure. */
import type { SqlProblemCategory } from "../OrchestratorError.ts"

/** The category of an error message; `other` when it says nothing known. */
export const problemCategory = (message: string): SqlProblemCategory =>
  patterns.find(([, pattern]) => pattern.test(message))?.[0] ?? "other"

/** The first that matches decides. */
const patterns: ReadonlyArray<readonly [SqlProblemCategory, RegExp]> = [
  ["not_read_only", /read-?only|only (?:select|read)|attempt to write/i],
  ["multiple_statements", /multiple (?:statements|commands)|one statement at a time/i],
  [
    "permission",
    /permission denied|access denied|command denied|not authori[sz]ed|unauthori[sz]ed|forbidden|insufficient privilege|must be owner/i
  ],
  [
    "timeout",
    /time-?d?[ -]?out|canceling statement|maximum statement execution time|query execution was interrupted|^interrupted$|deadline/i
  ],
  ["ambiguous_column", /ambiguous/i],
  [
    "aggregation",
    /misuse of (?:aggregate|window)|group by clause|in group by|group function|aggregate function|window functions? (?:are|is) not allowed|nonaggregated|only_full_group_by/i
  ],
  [
    "type",
    /datatype mismatch|argument types|wrong number of arguments|incorrect (?:parameter count|arguments|\S+ value)|truncated incorrect|operator does not exist|invalid input syntax|cannot cast|cannot be (?:cast|matched)|must be type|out of range|illegal mix of collations|type mismatch/i
  ],
  ["forbidden_function", /no such function|function \S.* does not exist|unknown function/i],
  ["unknown_column", /no such column|unknown column|column \S.* (?:does not exist|not found)|has no (?:field|column)/i],
  [
    "unknown_table",
    /no such table|unknown (?:table|database|view)|(?:relation|table|view|schema) \S.* (?:does not|doesn't) exist|missing from-clause|invalid reference to from-clause|table \S+ not found/i
  ],
  ["syntax", /syntax|unrecognized token|incomplete input|unterminated|parse error|unexpected (?:token|end)/i]
]
