import { assert, describe, it } from "@effect/vitest"
import { Schema } from "effect"
import { failure } from "../../src/connection/SessionFailure.ts"
import { OrchestratorErrorJson, ServerFailureReason } from "../../src/OrchestratorError.ts"
import { toError } from "../../src/resources/GatherFailure.ts"
import { serverConfig } from "../connection/fixture.ts"

const Secret = Schema.String.check(Schema.isPattern(/^[a-z0-9]{12,20}$/))
const Operation = Schema.Literals(["connect", "list", "read", "introspect"])

describe("the error of a gather", () => {
  it.prop(
    "names server, stage, attempts and remedy, and no secret of any URL",
    [ServerFailureReason, Operation, Secret],
    ([reason, operation, secret]) => {
      const server = serverConfig(`http://user:${secret}@host.test/sse?api_key=${secret}&plain=1`)
      const uri = operation === "read" ? `db://user:${secret}@db/x?token=${secret}` : null
      const last = { operation, uri, failure: failure("http", reason, "no"), attempts: 2 }
      const error = toError(server, { last, attempts: 1 })
      assert.strictEqual(error._tag, operation === "connect" ? "McpConnectionError" : "ResourceFetchError")
      assert.deepStrictEqual([error.server, error.stage, error.reason, error.attempts], ["one", "http", reason, 2])
      assert.isNotEmpty(error.remedy)
      assert.include(error.url, "plain=1")
      const shown = error.message + JSON.stringify(Schema.encodeUnknownSync(OrchestratorErrorJson)(error))
      assert.notInclude(shown, secret)
    }
  )
})
