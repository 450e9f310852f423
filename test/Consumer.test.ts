/** The package as those see it who install it: packed, unpacked into an app's `node_modules`, and compiled against. */
import { NodeServices } from "@effect/platform-node"
import { assert, layer } from "@effect/vitest"
import { Context, Effect, FileSystem, Layer } from "effect"
import { execFile } from "node:child_process"
import { fileURLToPath } from "node:url"
import { build } from "rolldown"
import bundles from "../rolldown.config.ts"

const root = fileURLToPath(new URL("..", import.meta.url))
const { resolve: resolveModule } = import.meta

/** What a command writes and how it ended. */
const run = (cwd: string, file: string, ...args: ReadonlyArray<string>) =>
  Effect.callback<{ readonly code: number; readonly output: string }>((resume) => {
    const child = execFile(file, args, { cwd, maxBuffer: 1e7 }, (_error, stdout, stderr) =>
      resume(Effect.succeed({ code: child.exitCode ?? -1, output: `${stdout}${stderr}` }))
    )
    return Effect.sync(() => child.kill())
  })

const succeed = (cwd: string, file: string, ...args: ReadonlyArray<string>) =>
  Effect.flatMap(run(cwd, file, ...args), ({ code, output }) =>
    code === 0 ? Effect.void : Effect.die(`${file} ${args.join(" ")}\n${output}`)
  )

const compiler = (name: "typescript" | "typescript-5.9") =>
  fileURLToPath(new URL("bin/tsc", resolveModule(`${name}/package.json`)))

/** The directory of the app. */
class App extends Context.Service<App, string>()("test/Consumer/App") {
  static readonly layer = Layer.effect(
    App,
    Effect.gen(function* () {
      const fs = yield* FileSystem.FileSystem
      const home = yield* fs.makeTempDirectoryScoped()
      const tsc = compiler("typescript")
      yield* succeed(root, process.execPath, tsc, "-p", "tsconfig.build.json", "--outDir", `${home}/package/dist`)
      // The runner and the page, where `npm run build` leaves them.
      for (const bundle of bundles) {
        const [output] = [bundle.output ?? []].flat()
        const dir = `${home}/package/${output?.dir}`
        yield* Effect.promise(() => build({ ...bundle, output: { ...output, dir } }))
      }
      for (const name of ["package.json", "README.md", "LICENSE"]) {
        yield* fs.copyFile(`${root}/${name}`, `${home}/package/${name}`)
      }
      yield* succeed(`${home}/package`, "npm", "pack", "--ignore-scripts", "--pack-destination", home)
      const modules = `${home}/app/node_modules`
      yield* fs.makeDirectory(`${modules}/effect-mcp-orchestrator`, { recursive: true })
      const archive = (yield* fs.readDirectory(home)).find((name) => name.endsWith(".tgz")) ?? ""
      yield* succeed(home, "tar", "xzf", archive, "--strip-components=1", "-C", `${modules}/effect-mcp-orchestrator`)
      // What npm would install beside it.
      for (const name of ["effect", "@effect", "@modelcontextprotocol", "@types", "yaml"]) {
        yield* fs.symlink(`${root}/node_modules/${name}`, `${modules}/${name}`)
      }
      yield* fs.copy(`${root}/test/consumer`, `${home}/app`, { overwrite: true })
      yield* fs.writeFileString(`${home}/app/package.json`, `{ "type": "module" }`)
      return `${home}/app`
    })
  ).pipe(Layer.provide(NodeServices.layer))
}

layer(App.layer)("the packed package", (it) => {
  for (const name of ["typescript", "typescript-5.9"] as const) {
    for (const [module, moduleResolution] of [
      ["nodenext", "nodenext"],
      ["esnext", "bundler"]
    ] as const) {
      it.effect(`lets an app export what it gives, with ${name} and ${moduleResolution}`, () =>
        Effect.gen(function* () {
          const options = ["-p", ".", "--module", module, "--moduleResolution", moduleResolution]
          const outcome = yield* run(yield* App, process.execPath, compiler(name), ...options)
          assert.deepStrictEqual(outcome, { code: 0, output: "" })
        })
      )
    }
  }

  it.effect("names nothing of Effect but plain JSON in the declarations of an app that uses promises", () =>
    Effect.gen(function* () {
      const fs = yield* FileSystem.FileSystem
      const declarations = yield* fs.readFileString(`${yield* App}/out/promises.d.ts`)
      assert.include(declarations, "AsyncIterable")
      assert.notMatch(declarations.replaceAll('import("effect/Schema").Json', "Json"), /"(?:effect|@effect)\//)
    }).pipe(Effect.provide(NodeServices.layer))
  )

  it.effect("has the page of the console where its runner looks for it, with the licences of what is in it", () =>
    Effect.gen(function* () {
      const fs = yield* FileSystem.FileSystem
      const dist = `${yield* App}/node_modules/effect-mcp-orchestrator/dist`
      assert.isTrue(yield* fs.exists(`${dist}/runner/main.js`))
      assert.sameMembers(yield* fs.readDirectory(`${dist}/runner/../console`), [
        "LICENSES.txt",
        "app.js",
        "index.html",
        "style.css"
      ])
    }).pipe(Effect.provide(NodeServices.layer))
  )

  it.effect("names the SDK in no type that an app sees", () =>
    Effect.gen(function* () {
      const fs = yield* FileSystem.FileSystem
      const dist = `${yield* App}/node_modules/effect-mcp-orchestrator/dist`
      const seen = new Set<string>()
      const visit = Effect.fnUntraced(function* (file: string): Effect.fn.Return<void, unknown> {
        if (seen.has(file)) return
        seen.add(file)
        const text = yield* fs.readFileString(`${dist}/${file}`)
        assert.notInclude(text, "@modelcontextprotocol", file)
        for (const [, path = ""] of text.matchAll(/from "(\.[^"]+)\.ts"/g)) {
          yield* visit(new URL(`${path}.d.ts`, `file:///${file}`).pathname.slice(1))
        }
      })
      yield* visit("index.d.ts")
      assert.isAbove(seen.size, 20)
    }).pipe(Effect.provide(NodeServices.layer))
  )
})
