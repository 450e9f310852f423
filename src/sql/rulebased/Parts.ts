/** What the stretches of a question ask for, each with the tokens it was read from; `Choose` makes a plan of them. */
import type { Schema } from "effect"
import type { Relationship } from "../../grounding/Grounding.ts"
import { placesOf } from "../../resolution/Placed.ts"
import type { DateRange } from "./Calendar.ts"
import type { MappedExpression } from "./MappedExpression.ts"
import { type Choices, choose, type Context } from "./Meaning.ts"
import type { Direction, Operator, Property } from "./Lexicon.ts"
import type { Measure, Owned, Test } from "./Plan.ts"
import type { Item } from "./Reading.ts"
import { type ColumnReference, isLabel, isSameColumn } from "./SchemaIndex.ts"
import type { Grain } from "./SqlText.ts"

/** What rows or groups are ordered by. */
export type Target =
  | { readonly kind: "measure"; readonly measure: Measure }
  | { readonly kind: "column"; readonly column: ColumnReference }
  | { readonly kind: "property"; readonly property: Property | "rows" }

/** What rows are narrowed by, before it is known from which table they are looked at. */
export type Wish = Owned & { readonly text: string } & (
    | /** The values of a column, one of which a row has; `joint` is what stands between them. */
      {
        readonly kind: "match"
        readonly column: ColumnReference
        readonly matches: ReadonlyArray<Match>
        readonly negated: boolean
        readonly joint: "and" | "or"
        /** The column's name and a blank, where the question says it. */
        readonly said: string
        /** The table of the noun that it stands before. */
        readonly described: string | null
        /** "that are cancelled": said of the thing itself. */
        readonly isPredicate: boolean
        /** "professors" for the value "Professor": the things that have it. */
        readonly isPlural: boolean
        /** "of Fiction", "belong to Fiction": what others belong to. */
        readonly isOwner: boolean
        /** "does Crime belong to": it does what is said behind it. */
        readonly isSubject: boolean
      }
    | { readonly kind: "test"; readonly test: Test }
    /** The key refers to the one that is named, or `isAbove`: they are what the one that is named refers to. */
    | {
        readonly kind: "role"
        readonly relationship: Relationship
        readonly isAbove: boolean
        readonly matches: ReadonlyArray<Wish & { readonly kind: "match" }>
      }
    /** "home games": of the two that a match is between, the one that is named. */
    | { readonly kind: "side"; readonly side: string }
    /** "won": by the one of the two that is named. */
    | { readonly kind: "outcome"; readonly outcome: "won" | "lost" | "drawn" }
    /** A time; which date it is of is chosen later. */
    | { readonly kind: "when"; readonly test: (date: ColumnReference) => Test }
    /** There is a related row, or none. `null`: of the table that records sales. */
    | {
        readonly kind: "related"
        readonly table: string | null
        readonly of: string | null
        readonly where: ReadonlyArray<Wish>
        readonly negated: boolean
      }
    | {
        readonly kind: "counted"
        readonly table: string
        readonly of: string | null
        readonly where: ReadonlyArray<Wish>
        readonly operator: Operator
        /** A number, or those of another time. */
        readonly value: number | ReadonlyArray<Wish>
      }
    /** Names what is there anyway, if it is. */
    | { readonly kind: "named"; readonly table: string | null }
    | { readonly kind: "date"; readonly column: ColumnReference }
  )

/** One of the values of a column. */
export interface Match {
  readonly values: ReadonlyArray<Schema.Json>
  readonly label: string
  /** The canonical name, if it is an entity. */
  readonly entity: string | null
}

export type Grouped =
  | { readonly kind: "table"; readonly table: string }
  | { readonly kind: "column"; readonly column: ColumnReference }
  | { readonly kind: "grain"; readonly grain: Grain }

export type Part = Owned & { readonly text: string } & (
    | /** `isOf`: something is asked for already, and it is not joined to that. */
      { readonly kind: "measure"; readonly measure: Measure; readonly isOf: boolean; readonly isJoined: boolean }
    | { readonly kind: "having"; readonly measure: Measure; readonly operator: Operator; readonly value: number }
    /** What is asked about. */
    | {
        readonly kind: "subject"
        readonly of: Grouped & { readonly kind: "table" | "column" | "grain" }
        readonly isAsked: boolean
        readonly isPlural: boolean
      }
    | {
        readonly kind: "shown"
        readonly column: ColumnReference
        readonly isNumber: boolean
      }
    /** "of each" is never said of all of them together, and "by" seldom of the best of each. */
    | { readonly kind: "grouped"; readonly by: Grouped; readonly said: "by" | "per" | "each" }
    | { readonly kind: "wish"; readonly wish: Wish }
    | {
        readonly kind: "rank"
        readonly direction: Direction
        readonly count: number | null
        /** The second is at place 2; none where the first ones are asked for. */
        readonly place?: number
        readonly target: Target | null
        /** "most", "top" add up what related rows have; "highest" does not say so. */
        readonly addsUp: boolean
      }
    | { readonly kind: "sort"; readonly target: Target | null; readonly direction: Direction | null }
    | { readonly kind: "limit"; readonly count: number }
    | { readonly kind: "trade"; readonly isPassive: boolean }
    | { readonly kind: "distinct" | "compare" | "both" | "howMuch" | "details" | "now" | "aside" | "problem" }
    | { readonly kind: "trend" | "breakdown" | "altogether" }
  )

/** A question while it is read. */
export interface Sentence {
  readonly context: Context
  readonly items: ReadonlyArray<Item>
}

/** What was read at a place, and where it goes on. */
export interface Reading {
  readonly parts: ReadonlyArray<Part>
  readonly next: number
}

/** Reads what begins at a place, given what was read before it; `null` if nothing that it knows does. */
export type Reader = (sentence: Sentence, at: number, before: ReadonlyArray<Part>) => Reading | null

/** What the item at a place can be, if it is a name. */
export const choicesAt = ({ context, items }: Sentence, at: number): Choices | null => {
  const item = items[at]
  return item?.kind === "name" ? choose(context, item) : null
}

/** Whether the question says a value of a column. */
export const isValueSaid = (items: ReadonlyArray<Item>, column: ColumnReference): boolean =>
  items.some(
    (item) =>
      item.kind === "name" && item.meanings.some((one) => one.kind === "value" && isSameColumn(one.column, column))
  )

/** The tokens and the words of the items from one place up to another. */
export const stretch = (
  { items }: Sentence,
  from: number,
  to: number
): { readonly tokens: ReadonlyArray<number>; readonly text: string } => {
  const all = items.slice(from, to)
  return {
    tokens: [...new Set(all.flatMap(({ tokens }) => tokens))],
    text: [...new Set(all.map(({ text }) => text))].join(" ")
  }
}

/** What was understood and cannot be done; the words are not looked for any further. */
export const problem = (sentence: Sentence, from: number, to: number, text: string): Reading => ({
  parts: [{ kind: "problem", tokens: stretch(sentence, from, to).tokens, text }],
  next: to
})

/** The tables of what a place calls by its name. */
export const tablesCalled = (sentence: Sentence, at: number): ReadonlyArray<string> => {
  const item = sentence.items[at]
  if (item?.kind === "entities") return placesOf(item.mention).map(({ column }) => column.table)
  const value = choicesAt(sentence, at)?.value
  return value != null && isLabel(sentence.context.index, value.column) ? [value.column.table] : []
}

/** The table of the one thing that the question calls by its name; `null` if there is none, or several. */
export const thingNamed = (sentence: Sentence): string | null => {
  const tables = sentence.items.flatMap((_, at) => tablesCalled(sentence, at))
  const [only, ...others] = new Set(tables)
  return only === undefined || others.length > 0 ? null : only
}

/** The tables that were spoken of as things, the nearest last. */
export const nounsIn = (parts: ReadonlyArray<Part>): ReadonlyArray<string> =>
  parts.flatMap((part) => {
    if (part.kind === "subject") return part.of.kind === "table" ? [part.of.table] : []
    if (part.kind === "measure") {
      const { label, of, tables } = part.measure
      return of.kind === "rows" ? [of.table] : label.startsWith("number of ") && tables.length === 1 ? tables : []
    }
    return part.kind === "wish" && part.wish.kind === "named" && part.wish.table !== null ? [part.wish.table] : []
  })

/** A mapped term that rows meet, or its time. */
export const mappedWish = ({ columns, sql }: MappedExpression, place: Owned & { readonly text: string }): Wish => {
  const tables = [...new Set(columns.map(({ table }) => table))]
  const isDated = /\{\w+\}/.test(sql)
  return isDated
    ? { kind: "when", ...place, test: (date) => ({ kind: "mapped", sql, date, tables, label: place.text }) }
    : { kind: "test", ...place, test: { kind: "mapped", sql, date: null, tables, label: place.text } }
}

/** A time that is written out. */
export const rangeWish = ({ from, label, to }: DateRange, place: Owned & { readonly text: string }): Wish => ({
  kind: "when",
  ...place,
  test: (column) => ({ kind: "period", column, from, to, label })
})

/** That one column is empty, or is not. */
export const knownWish = (
  sentence: Sentence,
  from: number,
  to: number,
  column: ColumnReference,
  negated: boolean
): Reading => wished({ kind: "test", ...stretch(sentence, from, to), test: { kind: "known", column, negated } }, to)

/** One name or value of a column, of which nothing more is said. */
export const plainMatch = (
  sentence: Sentence,
  from: number,
  to: number,
  of: { readonly column: ColumnReference; readonly match: Match; readonly said: string; readonly negated: boolean }
): Wish & { readonly kind: "match" } => ({
  kind: "match",
  ...stretch(sentence, from, to),
  column: of.column,
  matches: [of.match],
  negated: of.negated,
  joint: "and",
  said: of.said,
  described: null,
  isPredicate: false,
  isPlural: false,
  isOwner: false,
  isSubject: false
})

/** Several tests that one stretch of the question says, as wishes. */
export const testWishes = (
  sentence: Sentence,
  from: number,
  to: number,
  tests: ReadonlyArray<Test>
): ReadonlyArray<Wish> => {
  const place = stretch(sentence, from, to)
  return tests.map((test) => ({ kind: "test", ...place, test }))
}

/** The same as what was read. */
export const testsWished = (sentence: Sentence, from: number, to: number, tests: ReadonlyArray<Test>): Reading => ({
  parts: testWishes(sentence, from, to, tests).flatMap((wish) => wished(wish, to).parts),
  next: to
})

/** Whether the question says a time, or asks for one by one. */
export const isTimed = ({ items }: Sentence): boolean => items.some(({ kind }) => kind === "range" || kind === "grain")

/** One number to compute, as what was read. */
export const computed = (sentence: Sentence, from: number, next: number, measure: Measure): Reading => ({
  parts: [{ kind: "measure", ...stretch(sentence, from, next), measure, isOf: false, isJoined: false }],
  next
})

/** One wish as what was read. */
export const wished = (wish: Wish, next: number): Reading => ({
  parts: [{ kind: "wish", tokens: wish.tokens, text: wish.text, wish }],
  next
})
