/** The words that identifiers are made of. */
import { assert, describe, it } from "@effect/vitest"
import * as NameWords from "../../src/grounding/NameWords.ts"

describe("the words of a name", () => {
  it.each([
    ["order_items", ["order", "items"]],
    ["sbTxDateTime", ["sb", "tx", "date", "time"]],
    ["top10", ["top", "10"]],
    ["", []]
  ])("are told apart by how %s is written", (name, words) => {
    assert.deepStrictEqual(NameWords.nameWords(name), words)
  })

  it.each([
    ["loandate", ["loan", "date"]],
    ["FIRSTNAME", ["first", "name"]],
    ["birthyear", ["birth", "year"]],
    ["customerid", ["customer", "id"]],
    ["joinedon", ["joined", "on"]]
  ])("are told apart in %s, which a database folded to one case", (name, words) => {
    assert.deepStrictEqual(NameWords.nameWords(name), words)
  })

  it.each(["update", "mandate", "forename", "surname", "valid", "hybrid", "candidate"])("are one in %s", (name) => {
    assert.deepStrictEqual(NameWords.nameWords(name), [name])
  })
})
