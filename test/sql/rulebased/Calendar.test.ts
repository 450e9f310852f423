import { assert, it } from "@effect/vitest"
import { Arbitrary, Schema } from "effect"
import { rangeAt } from "../../../src/sql/rulebased/Calendar.ts"
import { shift } from "../../../src/sql/rulebased/Days.ts"
import { lexemesOf } from "../../../src/text/Lexemes.ts"
import { Question } from "../../../src/text/Question.ts"

const today = "2026-11-22"

const range = (text: string, at = today) => {
  const lexemes = lexemesOf(new Question(text))
  const found = rangeAt(lexemes, 0, at)
  return found === null || found.length !== lexemes.length ? null : [found.range.from, found.range.to]
}

it("reads the times of a question as half-open ranges", () => {
  for (const [text, from, to] of [
    ["today", "2026-11-22", "2026-11-23"],
    ["yesterday", "2026-11-21", "2026-11-22"],
    ["this week", "2026-11-16", "2026-11-23"],
    ["last week", "2026-11-09", "2026-11-16"],
    ["this month", "2026-11-01", "2026-12-01"],
    ["the last month", "2026-10-01", "2026-11-01"],
    ["this quarter", "2026-10-01", "2027-01-01"],
    ["previous quarter", "2026-07-01", "2026-10-01"],
    ["last year", "2025-01-01", "2026-01-01"],
    ["year to date", "2026-01-01", "2026-11-23"],
    ["last 90 days", "2026-08-24", "2026-11-23"],
    ["the past three months", "2026-08-22", "2026-11-23"],
    ["2025", "2025-01-01", "2026-01-01"],
    ["the year 2025".slice(4), "2025-01-01", "2026-01-01"],
    ["March 2026", "2026-03-01", "2026-04-01"],
    ["Mar", "2026-03-01", "2026-04-01"],
    ["December", "2025-12-01", "2026-01-01"],
    ["Q2 2025", "2025-04-01", "2025-07-01"],
    ["second quarter of 2025", "2025-04-01", "2025-07-01"],
    ["1st quarter of 2023", "2023-01-01", "2023-04-01"],
    ["March 15, 2026", "2026-03-15", "2026-03-16"],
    ["15 March 2026", "2026-03-15", "2026-03-16"],
    ["15th of March 2026", "2026-03-15", "2026-03-16"],
    ["2026-02-28", "2026-02-28", "2026-03-01"],
    ["since January 2026", "2026-01-01", null],
    ["after 2026-01-31", "2026-02-01", null],
    ["on or after Apr 1, 2023", "2023-04-01", null],
    ["before March 2026", null, "2026-03-01"],
    ["until March 2026", null, "2026-04-01"],
    ["between 2026-01-15 and 2026-02-15", "2026-01-15", "2026-02-16"],
    ["from January to March 2026", "2026-01-01", "2026-04-01"],
    ["between March and June 2025", "2025-03-01", "2025-07-01"]
  ] as const) {
    assert.deepStrictEqual(range(text), [from, to], text)
  }
})

it("reads no time where there is none", () => {
  for (const text of [
    "may",
    "2026-02-31",
    "1234",
    "31 February 2026",
    "last",
    "between 5 and 9",
    "from June 2026 to May 2025"
  ]) {
    assert.isNull(range(text), text)
  }
})

it("keeps months apart at their ends", () => {
  assert.deepStrictEqual(range("last month", "2026-03-31"), ["2026-02-01", "2026-03-01"])
  assert.deepStrictEqual(range("last 1 month", "2026-03-31"), ["2026-02-28", "2026-04-01"])
  assert.deepStrictEqual(range("last quarter", "2026-02-10"), ["2025-10-01", "2026-01-01"])
  assert.strictEqual(shift("2024-02-29", "year", 1), "2025-02-28")
})

const day = Arbitrary.map(
  Arbitrary.schema(Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 40_000 }))),
  (count) => shift("1990-01-01", "day", count)
)

it.prop("puts today into this week, month, quarter and year, and next to the one before", [day], ([date]) => {
  for (const unit of ["day", "week", "month", "quarter", "year"]) {
    const [from, to] = range(`this ${unit}`, date) ?? []
    assert.isTrue(from != null && to != null && from <= date && date < to)
    assert.strictEqual(range(`last ${unit}`, date)?.[1], from)
    assert.strictEqual(range(`next ${unit}`, date)?.[0], to)
  }
})
