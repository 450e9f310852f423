import { assert, it } from "@effect/vitest"
import { Result } from "effect"
import { judge } from "../../eval/Half.ts"
import { ModelFailed, NoParser, NotUnderstood, StatementFailed } from "../../src/errors/QueryReason.ts"
import { QueryExecutionError, SqlGenerationError } from "../../src/OrchestratorError.ts"

const answered = (...values: ReadonlyArray<number>) =>
  Result.succeed({
    result: { columns: ["n"], rows: values.map((value) => [value]), rowCount: values.length, truncated: false }
  })
const without = (reason: SqlGenerationError["reason"]) =>
  Result.fail(new SqlGenerationError({ question: "", reason, detail: "", understood: [], attempts: [], remedy: "" }))
const refused = without(new NotUnderstood())
const failed = Result.fail(
  new QueryExecutionError({
    server: "s",
    reason: new StatementFailed({ category: "other" }),
    sql: "",
    attempts: [],
    detail: "",
    remedy: ""
  })
)
const expecting = (...values: ReadonlyArray<number>) => ({
  expected: values.map((value) => ({ rows: [[value]] })),
  ordered: false
})
const unanswerable = { expected: null, ordered: false }

it("an answer is right if it is one of those expected, else wrong", () => {
  assert.strictEqual(judge(expecting(1), answered(1)), "right")
  assert.strictEqual(judge(expecting(1, 2), answered(2)), "right")
  assert.strictEqual(judge(expecting(1, 2), answered(3)), "wrong")
})

it("to refuse what cannot be answered is right, and to answer it is wrong", () => {
  assert.strictEqual(judge(unanswerable, refused), "right")
  assert.strictEqual(judge(unanswerable, answered(1)), "wrong")
  assert.strictEqual(judge(expecting(1), refused), "refused")
})

it("SQL that does not run is no refusal", () => {
  assert.strictEqual(judge(expecting(1), failed), "failed")
  assert.strictEqual(judge(unanswerable, failed), "failed")
})

it("a model or a parser that could not be asked is no refusal", () => {
  for (const reason of [new ModelFailed({ isRetryable: false }), new NoParser({ packageName: "p" })]) {
    assert.strictEqual(judge(unanswerable, without(reason)), "failed")
    assert.strictEqual(judge(expecting(1), without(reason)), "failed")
  }
})
