/** Clients of others at what `serve` opens, with a token: what they list, call and read. */
import { assert, it } from "@effect/vitest"
import { Effect, type Scope } from "effect"
import { writeFileSync } from "node:fs"
import { join } from "node:path"
import { question, serve, token } from "../http/Served.ts"
import { temporaryFolder } from "./support/Databases.ts"
import * as Installation from "./support/Installation.ts"
import * as Processes from "./support/Processes.ts"

const tools = ["query", "resolve", "gather_resources", "servers"]
const resource = "orchestrator://server_1/database://metadata"

/** A program of the installation, run to its end; what it wrote. */
const run = (name: string, file: string, ...args: ReadonlyArray<string>) =>
  Processes.run({ name, command: process.execPath, args: [file, ...args] })

const server = serve({ server: { token } })

const test = <E>(name: string, effect: Effect.Effect<void, E, Scope.Scope>): void => {
  if (Installation.missing !== null) it.skip(`${name} (${Installation.missing})`, () => {})
  // Programs that load much, on a machine that may be busy.
  else it.live(name, () => effect)
}

test(
  "@modelcontextprotocol/inspector --cli lists the tools, calls one, and lists and reads resources",
  Effect.gen(function* () {
    const { url } = yield* server
    const inspect = (...args: ReadonlyArray<string>) =>
      Effect.map(
        run(
          "inspector",
          Installation.packageFile("@modelcontextprotocol/inspector/clients/launcher/build/index.js"),
          "--cli",
          `${url}/sse`,
          "--transport",
          "sse",
          "--header",
          `Authorization: Bearer ${token}`,
          ...args
        ),
        (output) => JSON.parse(output)
      )
    const listed = yield* inspect("--method", "tools/list")
    assert.deepStrictEqual(
      listed.tools.map(({ name }: { readonly name: string }) => name),
      tools
    )
    const called = yield* inspect(
      "--method",
      "tools/call",
      "--tool-name",
      "query",
      "--tool-arg",
      `question=${question}`
    )
    assert.deepStrictEqual(called.structuredContent.result.rows, [[3]])
    const resources = yield* inspect("--method", "resources/list")
    assert.include(
      resources.resources.map(({ uri }: { readonly uri: string }) => uri),
      resource
    )
    const read = yield* inspect("--method", "resources/read", "--uri", resource)
    assert.property(JSON.parse(read.contents[0].text), "tables")
    const templates = yield* inspect("--method", "resources/templates/list")
    assert.deepStrictEqual(templates.resourceTemplates, [])
  })
)

test(
  "mcporter lists the tools with their arguments, calls one, and reads a resource",
  Effect.gen(function* () {
    const { url } = yield* server
    const config = join(yield* temporaryFolder, "mcporter.json")
    const headers = { Authorization: `Bearer ${token}` }
    writeFileSync(config, JSON.stringify({ mcpServers: { orchestrator: { url: `${url}/sse`, headers } }, imports: [] }))
    const port = (...args: ReadonlyArray<string>) =>
      run("mcporter", Installation.packageFile("mcporter/dist/cli.js"), "--config", config, ...args)
    const listed = JSON.parse(yield* port("list", "orchestrator", "--json"))
    assert.deepStrictEqual(
      listed.tools.map(({ name }: { readonly name: string }) => name),
      tools
    )
    const called = yield* port("call", "orchestrator.query", "--output", "json", "--args", JSON.stringify({ question }))
    assert.deepStrictEqual(JSON.parse(called).result.rows, [[3]])
    assert.match(yield* port("resource", "orchestrator", resource), /"tables"/)
  })
)

test(
  "LangChain's adapter makes tools of the tools, and one of them answers",
  Effect.gen(function* () {
    const { url } = yield* server
    const output = yield* run("langchain", `${Installation.folder}langchain.mjs`, `${url}/sse`, token, question)
    const { answer, tools: made } = JSON.parse(output)
    assert.deepStrictEqual(made, tools)
    assert.deepStrictEqual(JSON.parse(answer.text).result.rows, [[3]])
  })
)
