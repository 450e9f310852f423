/** What a column is called, and whether it holds numbers or dates, as far as its name and type say. */
import { nameWords, sharedPrefix } from "./NameWords.ts"
import type { Column, Table } from "./Grounding.ts"

/** The words of a column, without the prefix that all columns of its table share. */
export const columnWords = (table: Table, column: Column): ReadonlyArray<string> =>
  nameWords(column.name).slice(sharedPrefix(table.columns.map((one) => nameWords(one.name))))

export const isNumeric = (column: Column): boolean =>
  !isEnumeration(column) && /int|num|dec|real|float|double|money|serial/i.test(column.type)

/** Texts of which the type lists each: what is said in those, or in "enum", is no type. */
const isEnumeration = ({ type }: Column): boolean => /^\s*(?:enum\d*|set)\b/i.test(type)

const dateWords = new Set(["date", "day", "time", "datetime", "timestamp", "ts", "dt", "dttm"])

/** Words of a date's name that say no more than that it is one: those of joined_on and start_date. */
export const isDateWord = (word: string): boolean => dateWords.has(word) || word === "at" || word === "on"

export const isDate = (column: Column): boolean => {
  if (isEnumeration(column)) return false
  // A time of day is none of a day.
  if (/^\s*time(?!stamp)/i.test(column.type) || column.values.some((value) => /^\d?\d:\d\d/.test(value))) return false
  if (/date|time/i.test(column.type)) return true
  // SQLite and CSV keep dates as text. A number may count seconds or milliseconds: that is no date to compare with.
  if (isNumeric(column) || /bool/i.test(column.type)) return false
  const words = nameWords(column.name)
  const last = words.at(-1) ?? ""
  // "start_time" of a text may be one of day, and "full_time" is neither.
  if (last === "time" && /char|text|string/i.test(column.type)) return false
  if (dateWords.has(last) || /^(?:date of|dob$|valid (?:from|to|until|till)$)/.test(words.join(" "))) return true
  return words.length > 1 && (last === "at" || last === "since" || (last === "on" && !ons.has(words.at(-2) ?? "")))
}

/** What is no day: `depends_on`, `is_on`. */
const ons = new Set(
  "add based carry depend dependent depends follow hands is relies run spot switched turned".split(" ")
)

/** Whether a column is called as states are. */
export const isStateName = (column: string): boolean =>
  /^(?:status|state|stage|phase)$/.test(nameWords(column).at(-1) ?? "")
