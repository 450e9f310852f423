import { afterAll, assert, describe, it } from "@effect/vitest"
import { open, questions, read, trades } from "../../eval/Questions.ts"

const sets = [
  { set: "development", atLeast: 150, forRefusal: 12 },
  { set: "heldout", atLeast: 120, forRefusal: 8 },
  { set: "unseen", atLeast: 150, forRefusal: 12 }
] as const

it.each(sets)("the $set set has at least $atLeast questions, each once, some for refusal", (one) => {
  const all = trades(one.set).flatMap(questions)
  assert.isAtLeast(all.length, one.atLeast)
  assert.isAtLeast(all.filter(({ sql }) => sql === null).length, one.forRefusal)
  assert.lengthOf(new Set(all.map(({ id }) => id)), all.length)
  for (const trade of trades(one.set)) {
    const asked = questions(trade).map(({ question }) => question)
    assert.lengthOf(new Set(asked), asked.length, trade.name)
  }
})

describe.each(sets.flatMap(({ set }) => trades(set)))("questions about $name", (trade) => {
  const database = open(trade)
  afterAll(() => database.close())
  const rowsOf = (sql: string) => database.prepare(sql).all().map(Object.values)
  const answerable = questions(trade).filter((one) => one.sql !== null)

  it("every expected statement runs, its alternatives too, and gives an answer unless noted", () => {
    for (const { alternatives = [], id, note, sql } of answerable) {
      for (const statement of [sql, ...alternatives]) {
        const values = rowsOf(statement).flat()
        if (note === undefined)
          assert.isTrue(
            values.some((value) => value !== null && value !== 0),
            id
          )
      }
    }
  })

  it("no expected answer hangs on a tie, a random number or the present date", () => {
    for (const { id, ordered, sql } of answerable) {
      assert.notMatch(sql, /'now'|current_date|random/i, id)
      if (ordered === true || / LIMIT \d+$/.test(sql)) {
        assert.deepStrictEqual(rowsOf(breakTies(sql, "ASC")), rowsOf(breakTies(sql, "DESC")), id)
      }
      // Two in the first place of one group would show as two rows of that group.
      if (sql.includes("RANK() OVER")) {
        const groups = rowsOf(sql).map(([group]) => group)
        assert.lengthOf(new Set(groups), groups.length, id)
      }
    }
  })

  it("the rows keep their foreign keys, and are the same on every load", () => {
    assert.deepStrictEqual(database.prepare("PRAGMA foreign_key_check").all(), [])
    assert.notMatch(read(trade, "data.sql"), /'now'|current_date|random/i)
  })

  it("the published schema names every table and column", () => {
    const metadata = read(trade, "metadata.json")
    const names = rowsOf(
      "SELECT t.name, c.name FROM sqlite_schema AS t JOIN pragma_table_info(t.name) AS c WHERE t.type IN ('table', 'view')"
    )
    for (const name of names.flat()) assert.include(metadata, `"${name}"`)
  })
})

/** The same statement, where the first column decides what its order leaves open. */
const breakTies = (sql: string, direction: "ASC" | "DESC"): string =>
  sql.replace(/( LIMIT \d+)?$/, `, 1 ${direction}$1`)
