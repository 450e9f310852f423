/** What effect-mcp-orchestrator/batch exports: a name that comes or goes is a decision. */
import { assert, it } from "@effect/vitest"
import * as Package from "../../src/batch/index.ts"

it("the door for batches exports the service, its errors and its models, and nothing else", () => {
  assert.deepStrictEqual(Object.keys(Package).toSorted(), [
    "Batch",
    "BatchError",
    "BatchErrorJson",
    "BatchQuestion",
    "BatchResult",
    "BatchStatus",
    "Priority",
    "QuestionDropped",
    "QuestionFailure",
    "QuestionState",
    "Submitted",
    "parse"
  ])
})
