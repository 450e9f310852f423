import { assert, describe, it } from "@effect/vitest"
import { Schema } from "effect"
import * as Csv from "effect/encoding/Csv"
import { Effect, Stream } from "effect"
import * as Formats from "../../src/cli/Formats.ts"
import * as Output from "../../src/cli/Output.ts"
import * as RowsSheet from "../../src/cli/RowsSheet.ts"

const sheet = (rows: ReadonlyArray<ReadonlyArray<string>>): Formats.Sheet => ({
  columns: [{ title: "name" }, { title: "n", align: "right" }],
  rows
})

it("CSV quotes what must be quoted", () => {
  const rows = [
    ["a,b", "1"],
    ['say "x"', "2"],
    ["two\nlines", ""]
  ]
  assert.strictEqual(Formats.csv(sheet(rows)), 'name,n\n"a,b",1\n"say ""x""",2\n"two\nlines",')
})

it.effect.prop(
  "a CSV reader gets back every cell",
  [Schema.Array(Schema.Tuple([Schema.String, Schema.String])).check(Schema.isMinLength(1))],
  ([rows]) =>
    Effect.gen(function* () {
      const records = yield* Stream.make(`${Formats.csv(sheet(rows))}\n`).pipe(
        Stream.pipeThroughChannel(Csv.decodeString()),
        Stream.runCollect
      )
      assert.deepStrictEqual(
        records.slice(1).map((record) => [...record]),
        rows.map((row) => [...row])
      )
    })
)

it("Markdown aligns numbers and takes no cell for markup", () => {
  assert.strictEqual(
    Formats.markdown(sheet([["a|b\n<i>", "1"]])),
    "| name | n |\n| --- | ---: |\n| a\\|b<br>\\<i\\> | 1 |"
  )
})

it.prop(
  "Markdown has a line a row, whatever is in the cells",
  [Schema.Array(Schema.Tuple([Schema.String, Schema.String]))],
  ([rows]) => {
    assert.lengthOf(Formats.markdown(sheet(rows)).split(/\r\n|[\n\r\u2028\u2029\u0085]/), rows.length + 2)
  }
)

describe("the rows of a statement", () => {
  const rows = {
    columns: ["n", "text"],
    rows: [
      [0.1 + 0.2, null],
      [12345678901234567890n, "x"]
    ],
    rowCount: 2,
    truncated: false
  }
  it("are rounded for people, with numbers to the right", () => {
    const { columns, rows: cells } = RowsSheet.shown(rows)
    assert.deepStrictEqual(columns, [{ title: "n", align: "right" }, { title: "text" }])
    assert.deepStrictEqual(cells, [
      ["0.3", "NULL"],
      ["12345678901234567890", "x"]
    ])
  })
  it("have every digit for programs, and nothing where there is no value", () => {
    assert.deepStrictEqual(RowsSheet.exact(rows).rows, [
      ["0.30000000000000004", ""],
      ["12345678901234567890", "x"]
    ])
  })
})

it("JSON is asked for in three ways", () => {
  for (const args of [["--json"], ["--format", "json"], ["--format=json"]]) assert.isTrue(Formats.wantsJson(args))
  assert.isFalse(Formats.wantsJson(["--format", "csv", "json"]))
})

it("the JSON of a result is made where it is written, and nowhere else", () => {
  let encoded = 0
  const value = {
    get name() {
      encoded += 1
      return "x"
    }
  }
  const effects = [Output.json(value), Output.jsonOf(Schema.Struct({ name: Schema.String }))(value)]
  assert.deepStrictEqual([effects.length, encoded], [2, 0])
})
