import { assert, describe, it } from "@effect/vitest"
import { Redacted, Schema } from "effect"
import { failure } from "../../src/connection/SessionFailure.ts"
import { ServerError, ServerReason, TimedOut } from "../../src/errors/ServerReason.ts"
import { OrchestratorErrorJson } from "../../src/OrchestratorError.ts"
import { failed, toError } from "../../src/resources/GatherFailure.ts"
import { serverConfig } from "../connection/fixture.ts"

const Secret = Schema.String.check(Schema.isPattern(/^[a-z0-9]{12,20}$/))
const Operation = Schema.Literals(["connect", "list", "read", "introspect"])

describe("the error of a gather", () => {
  it.prop(
    "names server, stage, attempts and remedy, and no secret of any URL",
    [ServerReason, Operation, Secret],
    ([reason, operation, secret]) => {
      const server = serverConfig(`http://user:${secret}@host.test/sse?api_key=${secret}&plain=1`)
      const uri = operation === "read" ? `db://user:${secret}@db/x?token=${secret}` : null
      const error = toError(server, failed(operation, failure("http", reason, "no"), { uri, attempts: 2 }))
      assert.strictEqual(error._tag, operation === "connect" ? "McpConnectionError" : "ResourceFetchError")
      assert.deepStrictEqual([error.server, error.stage, error.reason, error.attempts], ["one", "http", reason, 2])
      assert.isNotEmpty(error.remedy)
      assert.include(error.url, "plain=1")
      const shown = error.message + JSON.stringify(Schema.encodeUnknownSync(OrchestratorErrorJson)(error))
      assert.notInclude(shown, secret)
    }
  )

  it.prop(
    "of a resource that cannot be read says how to leave it out, where that would help",
    [ServerReason, Operation],
    ([reason, operation]) => {
      const uri = operation === "read" ? "postgres://db/public/%7BtableName%7D/schema" : null
      const server = serverConfig("http://host.test/sse")
      const { remedy } = toError(server, failed(operation, failure("read", reason, "no"), { uri }))
      const helps = ["InvalidReply", "WrongResource", "ServerError", "TooLarge", "Unsupported"].includes(reason._tag)
      const line = `add ${JSON.stringify(uri)} to mcp_servers.one.resources.exclude`
      assert.strictEqual(remedy.includes(line), operation === "read" && helps)
      assert.strictEqual(remedy.includes("resources.exclude"), operation === "read" && helps)
    }
  )

  it("names no URI that is shown with a mask: nothing would match it", () => {
    // By the looks of a parameter, and because a server repeats what we sent it.
    const server = serverConfig("http://host.test/sse", { headers: { "x-key": Redacted.make("opaque-value-1") } })
    for (const uri of ["db://host/x?token=abcdefghijkl", "db://host/opaque-value-1/x"]) {
      const error = toError(server, failed("read", failure("read", new ServerError(), "no"), { uri }))
      assert.include(error.remedy, "add its URI to mcp_servers.one.resources.exclude")
      assert.notMatch(error.message, /abcdefghijkl|opaque-value-1/)
    }
  })

  it("of a slow schema names what makes it faster, unless late answers say more", () => {
    const remedy = (hint: "OneAtATime" | null) =>
      toError(serverConfig("http://h/sse"), failed("introspect", failure("call", new TimedOut({ hint }), "late")))
        .remedy
    assert.include(remedy(null), "publish the schema as a resource")
    assert.include(remedy("OneAtATime"), "mcp_servers.one.max_concurrency")
  })
})
