/**
 * What is asked, with every choice made. Each part owns the tokens of the question that it stands for: what no part owns
 * was not understood. SQL and words are two folds over it (`ToSql`, `ToWords`).
 */
import * as Result from "effect/Result"
import type * as Schema from "effect/Schema"
import type { Direction, Operator } from "./Lexicon.ts"
import type { Relationship } from "../../grounding/Grounding.ts"
import { isDate, isNumeric } from "../../grounding/ColumnWords.ts"
import { type ColumnReference, columnOf, isBoolean, type SchemaIndex } from "./SchemaIndex.ts"
import type { Grain } from "./SqlText.ts"

/** Positions of tokens. */
export interface Owned {
  readonly tokens: ReadonlyArray<number>
}

/** A number of each row. */
export interface Scalar {
  readonly label: string
  readonly sql: string
  readonly tables: ReadonlyArray<string>
  /** The column that it is, if it is no more than one. */
  readonly column: ColumnReference | null
}

/** An aggregate to compute. */
export interface Measure {
  readonly label: string
  /** Every table the expression uses. */
  readonly tables: ReadonlyArray<string>
  readonly of:
    | {
        readonly kind: "rows"
        readonly table: string
      } /** The average number of its rows for each row of what is said behind "per"; `isOfAny`: that has any. */
    /** The percentage of all its rows that meet the conditions. */
    | {
        readonly kind: "average"
        readonly table: string
        readonly related: Related | null
        readonly isOfAny: boolean
      }
    | { readonly kind: "share"; readonly table: string; readonly where: ReadonlyArray<Condition> }
    /** How many rows there are on one way or another that meet the conditions: matches at home and away. */
    | {
        readonly kind: "sides"
        readonly ways: ReadonlyArray<{ readonly related: Related; readonly where: ReadonlyArray<Condition> }>
      }
    /** `sensitive` when counting a row twice changes the result, as in sums and averages. */
    | {
        readonly kind: "expression"
        readonly sql: string
        readonly sensitive: boolean
        /** Told of the sum of all groups: what belongs to none of them counts, too. */
        readonly isOfAll?: true
      }
}

/** What holds of one row, or does not. */
export type Test =
  | {
      readonly kind: "equals"
      readonly column: ColumnReference
      readonly values: ReadonlyArray<Schema.Json>
      readonly negated: boolean
      readonly label: string
    }
  | { readonly kind: "compares"; readonly of: Scalar; readonly operator: Operator; readonly value: number }
  /** With the average of all rows, or of those that are the same in `within`. */
  | {
      readonly kind: "average"
      readonly of: Scalar
      readonly column: ColumnReference
      readonly within: ColumnReference | null
      readonly operator: Operator
    }
  | { readonly kind: "between"; readonly of: Scalar; readonly low: number; readonly high: number }
  | { readonly kind: "is"; readonly column: ColumnReference; readonly truth: boolean }
  /** Half-open, ISO 8601. */
  | {
      readonly kind: "period"
      readonly column: ColumnReference
      readonly from: string | null
      readonly to: string | null
      readonly label: string
    }
  /** A server's expression; `{…}` in it stands for the date. */
  | {
      readonly kind: "mapped"
      readonly sql: string
      readonly date: ColumnReference | null
      readonly tables: ReadonlyArray<string>
      readonly label: string
    }
  | { readonly kind: "known"; readonly column: ColumnReference; readonly negated: boolean }
  /** The same as in the last row before a day, or `isSecond`, as in the last that is different from that. */
  | {
      readonly kind: "latest"
      readonly column: ColumnReference
      readonly by: ColumnReference
      readonly before: string
      readonly isSecond: boolean
    }
  | { readonly kind: "any"; readonly tests: ReadonlyArray<Test> }

/** A way over relationships: the step that may meet several rows, and the joins behind it. */
export interface Related {
  readonly step: Step
  readonly joins: ReadonlyArray<Step>
}

/** One join. `many` when a row of `from` may meet several of `to`. */
export interface Step {
  readonly from: ColumnReference
  readonly to: ColumnReference
  readonly many: boolean
}

/** What rows are narrowed by. A condition on related rows holds the conditions that one and the same of them meets. */
export type Condition = Owned &
  (
    | { readonly kind: "holds"; readonly test: Test }
    | {
        readonly kind: "exists"
        readonly related: Related
        readonly table: string
        readonly where: ReadonlyArray<Condition>
        readonly negated: boolean
      }
    /** One of them is enough: a match of a club is one at home or away. */
    | { readonly kind: "either"; readonly where: ReadonlyArray<Condition> }
    /** All of them: a match that was won at home. */
    | { readonly kind: "all"; readonly where: ReadonlyArray<Condition> }
    /** The number of related rows that meet the conditions, 0 where there are none. */
    | {
        readonly kind: "counted"
        readonly related: Related
        readonly table: string
        readonly where: ReadonlyArray<Condition>
        readonly operator: Operator
        /** A number, or how many meet other conditions. */
        readonly value: number | ReadonlyArray<Condition>
      }
  )

/** A column that is shown: of the row itself or what it is joined to, or of the one that a key of it refers to. */
export interface ListedColumn extends ColumnReference {
  readonly via?: Relationship
}

/** What rows are grouped by. */
export type Dimension = Owned &
  (
    | /** Its rows; `shown` beside the names of them. */
      { readonly kind: "table"; readonly table: string; readonly shown: ReadonlyArray<ColumnReference> }
    | { readonly kind: "column"; readonly column: ColumnReference }
    | { readonly kind: "grain"; readonly grain: Grain; readonly date: ColumnReference }
    /** Named groups that are compared: `CASE WHEN … THEN 'Audio' …`. */
    | { readonly kind: "cases"; readonly cases: ReadonlyArray<{ readonly label: string; readonly test: Test }> }
  )

export type OrderTarget =
  | { readonly kind: "measure"; readonly measure: Measure }
  | { readonly kind: "column"; readonly column: ColumnReference }

export interface Plan {
  /** The table whose rows are gone through: everything needed is reached from it without meeting a row twice. */
  readonly base: string
  /** To-one joins, each after the one it starts from. */
  readonly joins: ReadonlyArray<Step>
  /** Tables that are joined only to show what rows have there, if anything. */
  readonly optional: ReadonlyArray<string>
  readonly measures: ReadonlyArray<Owned & Measure>
  readonly by: ReadonlyArray<Dimension>
  /** What is listed when there is no measure. */
  readonly list: (Owned & { readonly columns: ReadonlyArray<ListedColumn>; readonly distinct: boolean }) | null
  readonly where: ReadonlyArray<Condition>
  readonly having: ReadonlyArray<
    Owned & { readonly measure: Measure; readonly operator: Operator; readonly value: number }
  >
  readonly order: (Owned & { readonly by: OrderTarget; readonly direction: Direction }) | null
  /** So many of each of the first `of` that rows are grouped by; those that are equal are as good. */
  readonly best: (Owned & { readonly of: number; readonly count: number }) | null
  /** So many rows, behind those that are skipped: the second is the one behind one. */
  readonly limit: (Owned & { readonly count: number; readonly skipped?: number }) | null
  /** Words that name what is there anyway: the table of an entity, the verb beside a noun, how a word was read. */
  readonly asides: ReadonlyArray<Owned & { readonly text: string }>
}

/** Every token that a part of the plan owns. */
export const tokensOf = (plan: Plan): ReadonlySet<number> =>
  new Set(
    [
      ...plan.measures,
      ...plan.by,
      ...(plan.list === null ? [] : [plan.list]),
      ...plan.where.flatMap(flattened),
      ...plan.having,
      ...(plan.order === null ? [] : [plan.order]),
      ...(plan.best === null ? [] : [plan.best]),
      ...(plan.limit === null ? [] : [plan.limit]),
      ...plan.asides
    ].flatMap(({ tokens }) => tokens)
  )

const flattened = (condition: Condition): ReadonlyArray<Owned> =>
  condition.kind === "holds"
    ? [condition]
    : [
        condition,
        ...condition.where.flatMap(flattened),
        ...(condition.kind === "counted" && typeof condition.value !== "number"
          ? condition.value.flatMap(flattened)
          : [])
      ]

/** The conditions and those that they hold. */
export const allConditions = (where: ReadonlyArray<Condition>): ReadonlyArray<Condition> =>
  where.flatMap((one) => (one.kind === "holds" ? [one] : [one, ...allConditions(one.where)]))

/** What holds of the rows themselves. */
export const testsOf = (where: ReadonlyArray<Condition>): ReadonlyArray<Test> =>
  where.flatMap((one) => (one.kind === "holds" ? [one.test] : []))

/** What holds of rows, at whichever depth. */
export const testsIn = (where: ReadonlyArray<Condition>): ReadonlyArray<Test> => testsOf(allConditions(where))

/** The ways to rows that there are, there are none of, or that are counted, at whichever depth. */
export const waysIn = (where: ReadonlyArray<Condition>): ReadonlyArray<Related> =>
  allConditions(where).flatMap((one) => (one.kind === "exists" || one.kind === "counted" ? [one.related] : []))

export const stepsOf = ({ joins, step }: Related): ReadonlyArray<Step> => [step, ...joins]

/** Every table that a test uses. */
export const tablesOf = (test: Test): ReadonlyArray<string> => {
  switch (test.kind) {
    case "equals":
    case "is":
    case "period":
    case "known":
    case "latest":
      return [test.column.table]
    case "compares":
    case "average":
    case "between":
      return test.of.tables
    case "mapped":
      return [...test.tables, ...(test.date === null ? [] : [test.date.table])]
    case "any":
      return [...new Set(test.tests.flatMap(tablesOf))]
  }
}

// -----------------------------------------------------------------------------
// constructors: the only way to a test that could be wrong by its types

/** Values of a column; fails where the column can hold no such value. */
export const equals = (
  index: SchemaIndex,
  column: ColumnReference,
  values: ReadonlyArray<Schema.Json>,
  label: string,
  negated: boolean
): Result.Result<Test, string> => {
  const owner = columnOf(index, column)
  const isOther = (value: Schema.Json): boolean => {
    if (owner === undefined) return true
    if (typeof value === "boolean") return !isBoolean(owner)
    if (isBoolean(owner)) return true
    if (isNumeric(owner)) return typeof value !== "number" && !/^-?\d+(?:\.\d+)?$/.test(String(value))
    return isDate(owner) && !/^\d{4}-\d{2}-\d{2}/.test(String(value))
  }
  return values.some(isOther)
    ? Result.fail(`"${label}" can be no value of ${column.table}.${column.column}`)
    : Result.succeed({ kind: "equals", column, values, negated, label })
}
