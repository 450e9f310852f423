/** What has been understood of a question so far. Pure data; `Interpretation` fills it, `Composition` writes it as SQL. */
import type * as Schema from "effect/Schema"
import type { Direction, Operator, Property } from "./Lexicon.ts"
import type { ColumnReference } from "./SchemaIndex.ts"
import type { Grain } from "./SqlText.ts"

/** An aggregate to compute. */
export interface Measure {
  readonly label: string
  /** Every table the expression uses. */
  readonly tables: ReadonlyArray<string>
  readonly of:
    | { readonly kind: "rows"; readonly table: string }
    /** `sensitive` when counting a row twice changes the result, as in sums and averages. */
    | { readonly kind: "expression"; readonly sql: string; readonly sensitive: boolean }
}

/** What rows are grouped by. */
export type Dimension =
  /** Its rows; `shown` beside the names of them. */
  | { readonly kind: "table"; readonly table: string; readonly shown: ReadonlyArray<ColumnReference> }
  | { readonly kind: "column"; readonly column: ColumnReference }
  | { readonly kind: "grain"; readonly grain: Grain }
  /** Named groups that are compared: `CASE WHEN … THEN 'Audio' …`. */
  | { readonly kind: "cases"; readonly cases: ReadonlyArray<{ readonly label: string; readonly condition: Condition }> }

/** A condition on rows of `tables`; `date` conditions are written once the date column is known. */
export type Condition =
  | { readonly kind: "sql"; readonly sql: string; readonly tables: ReadonlyArray<string> }
  | { readonly kind: "date"; readonly write: (date: string) => string }

/** Rows whose column is (or is not) one of the values. */
export interface Match {
  readonly column: ColumnReference
  readonly values: ReadonlyArray<Schema.Json>
  readonly label: string
  readonly negated: boolean
  /** Joined by "or": then one of several is enough even where "and" would ask for all. */
  readonly isAlternative: boolean
  readonly entity: string | null
}

export interface Filter {
  readonly negated?: boolean
  readonly condition: Condition
  readonly label: string
}

/** What rows or groups are ordered by. */
export type Target =
  | { readonly kind: "measure"; readonly measure: Measure }
  | { readonly kind: "column"; readonly column: ColumnReference }
  | { readonly kind: "property"; readonly property: Property }

export interface Draft {
  readonly measures: Array<Measure>
  readonly dimensions: Array<Dimension>
  readonly projections: Array<ColumnReference>
  readonly matches: Array<Match>
  readonly filters: Array<Filter>
  /** `name` as the question says it, `label` with the days it means. */
  readonly ranges: Array<{ readonly write: (date: string) => string; readonly name: string; readonly label: string }>
  readonly having: Array<{ readonly measure: Measure; readonly operator: Operator; readonly value: number }>
  /** Tables named in passing: rows have to be related to them. */
  readonly relations: Array<string>
  /** Tables of which there must be no related row. */
  readonly absent: Array<string>
  /** The date column that the question names, if it does. */
  readonly dates: Array<ColumnReference>
  /** Words that were not understood. */
  readonly unknown: Array<string>
  /** What was understood and cannot be done. */
  readonly problems: Array<string>
  /** What was understood, in words. */
  readonly understood: Array<string>
  subject: (Dimension & { readonly kind: "table" | "column" }) | null
  /** The subject is asked for (`which …`, `top 5 …`), so that measures are computed for each of it. */
  isSubjectAsked: boolean
  /** "products" rather than "product": then "best" asks for more than one. */
  isPlural: boolean
  rank: { readonly direction: Direction; readonly count: number | null; readonly target: Target | null } | null
  sort: { readonly target: Target | null; readonly direction: Direction | null } | null
  limit: number | null
  isDistinct: boolean
  isComparison: boolean
  /** "sold", "bought": see `Lexicon`. */
  trade: "none" | "active" | "passive"
}

export const emptyDraft = (): Draft => ({
  measures: [],
  dimensions: [],
  projections: [],
  matches: [],
  filters: [],
  ranges: [],
  having: [],
  relations: [],
  absent: [],
  dates: [],
  unknown: [],
  problems: [],
  understood: [],
  subject: null,
  isSubjectAsked: false,
  isPlural: false,
  rank: null,
  sort: null,
  limit: null,
  isDistinct: false,
  isComparison: false,
  trade: "none"
})
