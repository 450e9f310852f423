import { assert, it } from "@effect/vitest"
import { Schema } from "effect"
import * as Table from "../../src/text/Table.ts"

it("columns are as wide as their widest cell, numbers to the right", () => {
  assert.strictEqual(
    Table.render(
      [{ title: "name" }, { title: "n", align: "right" }],
      [
        ["a", "100"],
        ["longer", "1"]
      ]
    ),
    ["name      n", "──────  ───", "a       100", "longer    1"].join("\n")
  )
})

it("wide characters take two columns, combining marks none", () => {
  const lines = Table.render(
    [{ title: "a" }, { title: "b" }],
    [
      ["日本", "1"],
      ["e\u0301", "2"]
    ]
  ).split("\n")
  assert.strictEqual(lines[2], "日本  1")
  assert.strictEqual(lines[3], "e\u0301     2")
})

it("a server's control characters cannot write to the terminal", () => {
  const text = Table.render([{ title: "a" }], [["x\u001b[31mred\nnext"]])
  assert.notInclude(text, "\u001b")
  assert.strictEqual(text.split("\n").length, 3)
})

it("a long cell is shortened and says so", () => {
  const cell = Table.render([{ title: "a" }], [["x".repeat(500)]]).split("\n")[2] ?? ""
  assert.isBelow(cell.length, 100)
  assert.isTrue(cell.endsWith("…"))
})

const columns: ReadonlyArray<Table.Column> = [
  { title: "n", align: "right" },
  { title: "server" },
  { title: "names", wrap: true }
]

it("on a screen the widest text columns give way, words go on below, and numbers stay whole", () => {
  const row = ["1234567890", "s".repeat(30), "alpha, beta, gamma, delta, epsilon, zeta"]
  const lines = Table.render(columns, [row], 50).split("\n")
  assert.deepStrictEqual(lines, [
    "         n  server              names",
    "──────────  ──────────────────  ──────────────────",
    "1234567890  sssssssssssssssss…  alpha, beta,",
    "                                gamma, delta,",
    "                                epsilon, zeta"
  ])
  assert.lengthOf(Table.render(columns, [row], 160).split("\n"), 3)
})

it("what is typed again is never shortened for a screen", () => {
  const id = "i".repeat(32)
  const titles: ReadonlyArray<Table.Column> = [{ title: "id", whole: true }, { title: "other" }]
  for (const screen of [80, 50, 40]) assert.include(Table.render(titles, [[id, "o".repeat(60)]], screen), id)
  const uri = `a://${"u".repeat(100)}`
  assert.include(Table.render(titles, [[uri, ""]]), uri)
})

it("where a screen is too narrow for the columns, each row is a list of its values", () => {
  const titles = Array.from({ length: 8 }, (_, index) => ({ title: `column${index}` }))
  const row = titles.map((_, index) => `${"v".repeat(20)}${index}`)
  const lines = Table.render(titles, [row, row], 40).split("\n")
  assert.lengthOf(lines, 17)
  assert.strictEqual(lines[0], `column0  ${"v".repeat(20)}0`)
  assert.strictEqual(lines[8], "")
})

const Cell = Schema.String.check(Schema.isMaxLength(120))

it.prop(
  "no line of a table is wider than the screen, whatever the cells are",
  [
    Schema.Array(Schema.Tuple([Schema.Int, Cell, Cell])).check(Schema.isBetweenLength(1, 5)),
    Schema.Int.check(Schema.isBetween({ minimum: 20, maximum: 160 }))
  ],
  ([rows, screen]) => {
    const cells = rows.map(([number, ...texts]) => [String(number), ...texts])
    for (const line of Table.render(columns, cells, screen).split("\n")) assert.isAtMost(Table.width(line), screen)
  }
)

it("words go into lines as wide as they may be, and longer ones are broken", () => {
  assert.deepStrictEqual(Table.wrap("aa bb  cc ddddddd e", 5), ["aa bb", "cc", "ddddd", "dd e"])
  assert.deepStrictEqual(Table.wrap("日本日本 e\u0301e\u0301e\u0301", 3), [
    "日",
    "本",
    "日",
    "本",
    "e\u0301e\u0301e\u0301"
  ])
  assert.deepStrictEqual(Table.wrap("", 5), [""])
})

// Measuring the line again for each word, or the piece for each character, takes most of an hour for these.
it("a text of a megabyte is laid out at once, on a line without a limit too", () => {
  const words = "word ".repeat(200_000).trimEnd()
  assert.deepStrictEqual(Table.wrap(words, Number.POSITIVE_INFINITY), [words])
  assert.lengthOf(Table.wrap("x".repeat(1_000_000), 500_000), 2)
})
