/**
 * The package as it is published: packed, installed by each package manager into an empty app on each Node, and asked a
 * question there. Takes the registry, and so is no part of `npm test`: `npm run walk`.
 */
import { NodeServices } from "@effect/platform-node"
import { assert, layer } from "@effect/vitest"
import { Context, Effect, FileSystem, Layer, Schema } from "effect"
import { dirname } from "node:path"
import { afterAll } from "vitest"
import * as DemoServers from "../../src/demo/DemoServers.ts"
import { type CommandFailed, type Options, root, run } from "./Command.ts"
import { remove, tools } from "./Tools.ts"

const { bun, deno, node18, node20, node22, node24, npm8, pnpm, yarn } = await Effect.runPromise(tools)
afterAll(remove)

/** The app's question, and where it ran. */
const program = `import { open } from "effect-mcp-orchestrator/promise"
const orchestrator = await open({ configPath: "mcp-config.yaml" })
const { result } = await orchestrator.query("how many orders are there?")
console.log("rows:", JSON.stringify(result.rows))
await orchestrator[Symbol.asyncDispose]()
`

const Report = Schema.fromJsonString(
  Schema.Tuple([
    Schema.Struct({
      filename: Schema.String,
      size: Schema.Int,
      files: Schema.Array(Schema.Struct({ path: Schema.String }))
    })
  ])
)

/** The packed file, once for all; `size` in bytes. */
class Packed extends Context.Service<
  Packed,
  { readonly archive: string; readonly size: number; readonly files: ReadonlyArray<string> }
>()("test/release/Packed") {
  static readonly layer = Layer.effect(
    Packed,
    Effect.gen(function* () {
      const fs = yield* FileSystem.FileSystem
      const directory = yield* fs.makeTempDirectoryScoped()
      yield* run({ cwd: root, path: [dirname(node24)] }, "npm", "run", "build")
      const args = ["pack", "--ignore-scripts", "--json", "--pack-destination", directory]
      const [{ filename, files, size }] = yield* Schema.decodeEffect(Report)(yield* run({ cwd: root }, "npm", ...args))
      return { archive: `${directory}/${filename}`, size, files: files.map(({ path }) => path) }
    })
  )
}

type Install = (options: Options, archive: string) => Effect.Effect<string, CommandFailed>

const peers = ["effect@~4.1.0", "@effect/platform-node@~4.1.0"]

const managers: { readonly [name: string]: Install | null } = {
  npm: (options, archive) => run(options, "npm", ...npmArguments, archive, ...peers),
  pnpm: pnpm === null ? null : (options, archive) => run(options, "node", pnpm, "add", archive, ...peers),
  yarn:
    yarn === null
      ? null
      : (options, archive) => run(options, "node", yarn, "add", `effect-mcp-orchestrator@file:${archive}`, ...peers)
}
const npmArguments = ["install", "--no-audit", "--no-fund", "--loglevel=error"]

/** An empty app with the package in it, and the two demo servers. */
const app = Effect.fnUntraced(function* (path: ReadonlyArray<string>, install: Install) {
  const fs = yield* FileSystem.FileSystem
  const { archive } = yield* Packed
  const cwd = yield* fs.makeTempDirectoryScoped()
  yield* fs.writeFileString(`${cwd}/package.json`, `{ "name": "app", "private": true, "type": "module" }`)
  // Yarn takes the folder for a part of what lies above it otherwise; its own way of linking needs a loader.
  yield* fs.writeFileString(`${cwd}/yarn.lock`, "")
  yield* fs.writeFileString(`${cwd}/.yarnrc.yml`, "nodeLinker: node-modules\nenableTelemetry: false\n")
  yield* fs.copyFile(`${root}/mcp-config.yaml`, `${cwd}/mcp-config.yaml`)
  yield* fs.writeFileString(`${cwd}/app.mjs`, program)
  yield* install({ cwd, path, env: { HOME: cwd } }, archive)
  const servers = yield* DemoServers.start({ productPort: 0, databasePort: 0, host: "127.0.0.1" })
  const env = {
    MCP__MCP_SERVERS__PRODUCT_METADATA_MCP__URL: servers.productUrl,
    MCP__MCP_SERVERS__DATABASE_MCP__URL: servers.databaseUrl
  }
  return { cwd, path, env }
})

const services = Layer.provideMerge(Packed.layer, NodeServices.layer)

layer(services, { excludeTestServices: true, timeout: 300_000 })("the packed package", (it) => {
  it.effect("is at most 1.5 MB, and has what a user needs and no more", () =>
    Effect.gen(function* () {
      const { files, size } = yield* Packed
      assert.isAtMost(size, 1_500_000)
      for (const file of [
        "dist/index.js",
        "dist/index.d.ts",
        "dist/runner/main.js",
        "THIRD-PARTY-LICENCES.md",
        "LICENSE"
      ]) {
        assert.include(files, file)
      }
      const surplus = files.filter((file) => /^(?:src|test|docs\/(?:api|site))\/|\.map$/.test(file))
      assert.deepStrictEqual(surplus, [])
    })
  )

  for (const [version, node] of Object.entries({ "Node 22": node22, "Node 24": node24 })) {
    for (const [manager, install] of Object.entries(managers)) {
      const name = `answers in an app that ${manager} installed it into, on ${version}`
      if (node === null || install === null) it.skip(`${name} (skipped: the registry has no ${manager} or ${version})`)
      else {
        it.effect(
          name,
          () =>
            Effect.gen(function* () {
              const options = yield* app([dirname(node)], install)
              assert.match(
                yield* run(options, "node_modules/.bin/mcp-orchestrator", "validate", "--no-connect"),
                /is valid/
              )
              assert.match(yield* run(options, node, "app.mjs"), /rows: \[\[\d+\]\]/)
            }),
          300_000
        )
      }
    }
  }

  for (const [version, node] of Object.entries({ "Node 18": node18, "Node 20": node20 })) {
    const name = `says in one sentence which Node it needs, on ${version}`
    if (node === null) it.skip(`${name} (skipped: the registry has no ${version})`)
    else {
      it.effect(name, () =>
        Effect.gen(function* () {
          const options = yield* app([dirname(node24)], (options, archive) =>
            run(options, "npm", ...npmArguments, archive, ...peers)
          )
          const sentence = /effect-mcp-orchestrator needs Node >= 22\.19; this is Node \d+\.\d+\.\d+\./
          const runner = yield* Effect.flip(
            run(options, node, "node_modules/effect-mcp-orchestrator/dist/runner/main.js")
          )
          assert.match(runner.message, sentence)
          assert.notInclude(runner.message, "    at ")
          for (const entry of ["", "/promise", "/batch", "/testing"]) {
            const imported = run(options, node, "--eval", `import("effect-mcp-orchestrator${entry}")`)
            assert.match((yield* Effect.flip(imported)).message, sentence, entry)
          }
        })
      )
    }
  }

  const old = "npx of an old npm finds the command of a checkout, instead of fetching a package of that name"
  if (npm8 === null) it.skip(`${old} (skipped: the registry has no npm 8)`)
  else {
    it.effect(old, () =>
      Effect.gen(function* () {
        assert.match(
          yield* run({ cwd: root }, process.execPath, npm8, "--no", "--", "mcp-orchestrator", "--version"),
          /v\d/
        )
      })
    )
  }

  for (const [runtime, start] of [
    ["Bun", bun === null ? null : { file: bun, args: [] }],
    ["Deno", deno === null ? null : { file: deno, args: ["run", "-A"] }]
  ] as const) {
    if (start === null) it.skip(`answers under ${runtime} (skipped: the registry has none for this platform)`)
    else {
      it.effect(
        `answers under ${runtime}`,
        () =>
          Effect.gen(function* () {
            const options = yield* app([dirname(node24)], (options, archive) =>
              run(options, "npm", ...npmArguments, archive, ...peers)
            )
            assert.match(yield* run(options, start.file, ...start.args, "app.mjs"), /rows: \[\[\d+\]\]/)
          }),
        300_000
      )
    }
  }
})
