/** What is asked, with every choice made: a table of measures, or a list of rows. */
import type { Dimension, Draft, Filter, Measure } from "./Draft.ts"
import type { Direction } from "./Lexicon.ts"
import type { ColumnReference } from "./SchemaIndex.ts"

export interface Plan {
  readonly measures: ReadonlyArray<Measure>
  readonly dimensions: ReadonlyArray<Dimension>
  /** What is listed when there is no measure. */
  readonly list: {
    readonly table: string
    readonly columns: ReadonlyArray<ColumnReference>
    readonly distinct: boolean
  } | null
  readonly filters: ReadonlyArray<Filter>
  readonly absent: ReadonlyArray<string>
  readonly relations: ReadonlyArray<string>
  readonly having: Draft["having"]
  readonly order: { readonly by: OrderTarget; readonly direction: Direction } | null
  readonly limit: number | null
  /** The date column of the times and grains. */
  readonly date: ColumnReference | null
  /** Filters of which "and" might ask for all at once: they must not end up as "at least one related row". */
  readonly conjunctive: ReadonlyArray<string>
  /** Something was sold or bought: rows of things alone are no answer. */
  readonly isTrade: boolean
}

export type OrderTarget =
  | { readonly kind: "measure"; readonly measure: Measure }
  | { readonly kind: "column"; readonly column: ColumnReference }
