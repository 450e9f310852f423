/** What a column is called, and whether it holds numbers, as far as its name and type say. */
import { nameWords, sharedPrefix } from "./NameWords.ts"
import type { Column, Table } from "./Grounding.ts"

/** The words of a column, without the prefix that all columns of its table share. */
export const columnWords = (table: Table, column: Column): ReadonlyArray<string> =>
  nameWords(column.name).slice(sharedPrefix(table.columns.map((one) => nameWords(one.name))))

export const isNumeric = (column: Column): boolean => /int|num|dec|real|float|double|money|serial/i.test(column.type)
