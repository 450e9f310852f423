import { assert, it } from "@effect/vitest"
import * as Table from "../../src/cli/Table.ts"

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
