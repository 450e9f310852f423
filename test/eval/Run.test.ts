import { assert, describe, it } from "@effect/vitest"
import { NodeServices } from "@effect/platform-node"
import { Effect, FileSystem } from "effect"
import { execFile } from "node:child_process"
import { fileURLToPath } from "node:url"
import { type Answer, completion, start } from "../sql/model/fakeEndpoint.ts"

const script = fileURLToPath(new URL("../../eval/run.ts", import.meta.url))

/** What the command prints, asked these questions on the demo's servers. */
const run = Effect.fnUntraced(function* (
  questions: ReadonlyArray<object>,
  flags: ReadonlyArray<string>,
  environment: { readonly [name: string]: string }
) {
  const files = yield* FileSystem.FileSystem
  const file = yield* files.makeTempFileScoped()
  yield* files.writeFileString(file, questions.map((question) => JSON.stringify(question)).join("\n"))
  return yield* Effect.callback<string>((resume) => {
    execFile(
      process.execPath,
      [script, file, ...flags],
      { env: { PATH: process.env["PATH"], ...environment } },
      (error, stdout, stderr) => resume(error === null ? Effect.succeed(stdout) : Effect.die(new Error(stderr)))
    )
  })
}, Effect.provide(NodeServices.layer))

const customers = "SELECT COUNT(*) AS n FROM customers"
const asked = (question: string) => ({ question, expected_sql: customers })
const says = (sql: string | null): Answer => completion(JSON.stringify({ sql, explanation: "", usedEntities: [] }))

describe("npm run eval", () => {
  it.live("tells what the language model of the environment answered, repaired and took", () =>
    Effect.gen(function* () {
      const endpoint = yield* start([
        says(customers),
        // Repaired: once a name, once an answer that is none.
        says("SELECT COUNT(*) AS n FROM custmers"),
        completion("I am not sure."),
        says(customers),
        says("SELECT COUNT(*) + 1 AS n FROM customers"),
        says(null),
        // Nothing is refused by an endpoint that does not work.
        { status: 401, body: { error: { message: "no key" } } }
      ])
      const questions = ["one", "two", "three", "four", "five"].map(asked)
      const printed = yield* run(questions, ["--json"], {
        LLM_BASE_URL: endpoint.baseUrl.href,
        LLM_MODEL: "scripted"
      })
      assert.deepStrictEqual(JSON.parse(printed), {
        tuned: {
          all: {
            questions: 5,
            right: 2,
            refused: 1,
            wrong: 1,
            failed: 1,
            repairs: 2,
            promptTokens: 6 * 12,
            completionTokens: 6 * 5
          }
        }
      })
      assert.deepStrictEqual([...new Set(endpoint.requests.map(({ body }) => body.model))], ["scripted"])
    })
  )

  it.live("tells of no cost where the rules answer", () =>
    Effect.gen(function* () {
      const printed = yield* run([asked("How many customers are there?")], [], {})
      assert.notInclude(printed, "tokens")
      assert.match(printed, /^all +1 +1 +0 +0 +0 +100\.0 %$/m)
    })
  )
})
