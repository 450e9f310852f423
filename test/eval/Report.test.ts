import { assert, it } from "@effect/vitest"
import type { Judged } from "../../eval/Half.ts"
import * as Report from "../../eval/Report.ts"

const judged = (over: Partial<Judged>): Judged => ({
  group: "demo",
  level: "easy",
  question: "?",
  verdict: "right",
  note: "",
  repairs: 0,
  usage: null,
  ...over
})
const all = [
  judged({ repairs: 2, usage: { promptTokens: 1200, completionTokens: 30 } }),
  judged({ verdict: "wrong", level: "hard", usage: { promptTokens: 800, completionTokens: null } }),
  judged({ verdict: "failed", level: "hard" })
]

it("what a model cost is added up, for all and for each part, as far as it was counted", () => {
  const counts = { refused: 0, wrong: 0, failed: 0 }
  assert.deepStrictEqual(Report.tally(all, true), [
    [
      "all",
      { questions: 3, right: 1, refused: 0, wrong: 1, failed: 1, repairs: 2, promptTokens: 2000, completionTokens: 30 }
    ],
    ["easy", { ...counts, questions: 1, right: 1, repairs: 2, promptTokens: 1200, completionTokens: 30 }],
    [
      "hard",
      { ...counts, questions: 2, right: 0, wrong: 1, failed: 1, repairs: 0, promptTokens: 800, completionTokens: null }
    ]
  ])
})

it("the table has the cost where a model was asked, and a dash where nobody counted", () => {
  assert.strictEqual(
    Report.table("tuned", all, true),
    [
      "tuned           questions      right    refused      wrong     failed    repairs  tokens in tokens out   right",
      "all                     3          1          0          1          1          2       2000         30  33.3 %",
      "easy                    1          1          0          0          0          2       1200         30 100.0 %",
      "hard                    2          0          0          1          1          0        800          -   0.0 %"
    ].join("\n")
  )
  assert.notInclude(Report.table("tuned", all, false), "tokens")
})
