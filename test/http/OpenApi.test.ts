/** The description of the API, as other people's programs read it. */
import { Validator } from "@seriousme/openapi-schema-validator"
import { assert, it } from "@effect/vitest"
import { Effect } from "effect"
import { execFileSync } from "node:child_process"
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { ask, serve } from "./Served.ts"

const tools = fileURLToPath(new URL("generated/", import.meta.url))
const isInstalled = existsSync(`${tools}node_modules/.package-lock.json`)

/** The names and shapes that a client relies on. */
const client = `
import type { components, paths } from "./api.js"

type Json<Path extends keyof paths, Method extends "get" | "post"> = paths[Path] extends {
  readonly [M in Method]: { responses: { 200: { content: { "application/json": infer Body } } } }
}
  ? Body
  : never

export const ask: paths["/v1/query"]["post"]["requestBody"]["content"]["application/json"] = {
  question: "how many products are there?",
  dryRun: true
}
export const sql = (answer: Json<"/v1/query", "post">): string => answer.sql
export const executedOn = (answer: Json<"/v1/query", "post">): string => answer.metadata.executedOn
export const unhealthy = (report: Json<"/v1/servers", "get">): ReadonlyArray<string> =>
  report.servers.filter(({ healthy }) => !healthy).map(({ server }) => server)
export const running = ({ requests }: Json<"/v1/requests", "get">): ReadonlyArray<string> =>
  requests.filter(({ durationMs }) => durationMs === null).map(({ requestId }) => requestId)
export const remedy = ({ error }: components["schemas"]["McpConnectionErrorProblem"]): string => error.remedy
export const lines = (line: components["schemas"]["GatherLine"]): string => line._tag
// @ts-expect-error a key that there is not
export const wrong: paths["/v1/query"]["post"]["requestBody"]["content"]["application/json"] = { quesiton: "?" }
`

const description = Effect.gen(function* () {
  const { url } = yield* serve()
  return yield* ask(`${url}/v1/openapi.json`)
})

it.live("is OpenAPI 3.1, with the bearer token and every endpoint", () =>
  Effect.gen(function* () {
    const { body } = yield* description
    const { errors, valid } = yield* Effect.promise(() => new Validator().validate(structuredClone(body)))
    assert.isTrue(valid, JSON.stringify(errors))
    assert.match(body.openapi, /^3\.1\./)
    assert.deepStrictEqual(body.components.securitySchemes, { bearer: { type: "http", scheme: "Bearer" } })
    assert.lengthOf(Object.keys(body.paths), 12)
    for (const { post } of Object.values<{ post?: { responses: object } }>(body.paths)) {
      if (post !== undefined) assert.containsAllKeys(post.responses, ["400", "413", "415"])
    }
  })
)

it.live.skipIf(!isInstalled)(
  "gives a client that compiles (skipped: npm run real:install)",
  () =>
    Effect.gen(function* () {
      const { text } = yield* description
      const directory = yield* Effect.acquireRelease(
        Effect.sync(() => mkdtempSync(join(tmpdir(), "openapi-"))),
        (path) => Effect.sync(() => rmSync(path, { recursive: true }))
      )
      writeFileSync(join(directory, "api.json"), text)
      writeFileSync(join(directory, "client.ts"), client)
      const run = (program: string, ...args: ReadonlyArray<string>) =>
        execFileSync(process.execPath, [`${tools}node_modules/${program}`, ...args], {
          cwd: directory,
          encoding: "utf8"
        })
      run("openapi-typescript/bin/cli.js", "api.json", "-o", "api.d.ts")
      run("typescript/bin/tsc", "--noEmit", "--strict", "--target", "es2022", "--module", "nodenext", "client.ts")
    }),
  // Two programs of their own, which load a compiler each.
  120_000
)

it.live("the page for people needs no script and no network", () =>
  Effect.gen(function* () {
    const { url } = yield* serve()
    const { headers, text } = yield* ask(`${url}/docs`)
    assert.strictEqual(headers.get("content-type"), "text/html; charset=utf-8")
    assert.match(headers.get("content-security-policy") ?? "", /^default-src 'none'/)
    assert.include(text, "POST /v1/query")
    assert.notMatch(text, /<script|src=|https?:\/\//)
  })
)
