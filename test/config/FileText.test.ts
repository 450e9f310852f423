import { NodeServices } from "@effect/platform-node"
import { assert, describe, it } from "@effect/vitest"
import { Effect, FileSystem } from "effect"
import * as ConfigLoader from "../../src/config/ConfigLoader.ts"
import { maxFileBytes } from "../../src/config/FileText.ts"
import { document, loadBytes } from "./loading.ts"

const utf16 = (text: string, littleEndian: boolean) => {
  const bytes = new Uint8Array(text.length * 2)
  const view = new DataView(bytes.buffer)
  for (let index = 0; index < text.length; index++) view.setUint16(index * 2, text.charCodeAt(index), littleEndian)
  return bytes
}

const latin1 = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0))

describe("the encoding of the file", () => {
  it.effect("may be UTF-8 with a byte order mark, which moves no column", () =>
    Effect.gen(function* () {
      const { config, sources } = yield* loadBytes(new TextEncoder().encode(`\uFEFF${document({ name: "Zoë" })}`))
      assert.strictEqual(config.servers[0]?.name, "Zoë")
      assert.deepStrictEqual(sources.get("mcp_servers.main.name"), { kind: "file", line: 3, column: 11 })
    })
  )

  const refused: ReadonlyArray<readonly [string, Uint8Array, string]> = [
    ["UTF-16 little endian", utf16(`\uFEFF${document()}`, true), "UTF-16"],
    ["UTF-16 big endian", utf16(`\uFEFF${document()}`, false), "UTF-16"],
    ["UTF-16 without a mark", utf16(document(), true), "UTF-16 without a byte order mark"],
    ["UTF-32", Uint8Array.of(0xff, 0xfe, 0, 0, 0x61, 0, 0, 0), "UTF-32"],
    ["Latin-1", latin1(document({ name: "Zoë" })), "line 3 holds a byte of another encoding"],
    ["binary", Uint8Array.of(1, 2, 0, 3), "not a text at all"]
  ]
  for (const [name, bytes, words] of refused) {
    it.effect(`${name} is refused by its name`, () =>
      Effect.gen(function* () {
        const error = yield* Effect.flip(loadBytes(bytes))
        assert.strictEqual(error._tag, "ConfigError")
        assert.include(error.message, words)
        assert.include(error.message, "Save the file as UTF-8")
      })
    )
  }
})

describe("the file", () => {
  const temporary = Effect.gen(function* () {
    const fs = yield* FileSystem.FileSystem
    return { fs, directory: yield* fs.makeTempDirectoryScoped() }
  })
  const load = (options: ConfigLoader.LoadOptions) => Effect.provide(ConfigLoader.load(options), NodeServices.layer)
  const inTemporary = <A, E, R>(effect: Effect.Effect<A, E, R>) => Effect.provide(effect, NodeServices.layer)

  it.effect("is the one of the caller, then of MCP_CONFIG, then ./mcp-config.yaml", () =>
    Effect.gen(function* () {
      const { directory, fs } = yield* temporary
      for (const name of ["a.yaml", "b.yaml", "mcp-config.yaml"]) {
        yield* fs.writeFileString(`${directory}/${name}`, document({ name }))
      }
      const nameOf = (options: Omit<ConfigLoader.LoadOptions, "cwd">) =>
        Effect.map(load({ ...options, cwd: directory }), ({ config }) => [config.file, config.servers[0]?.name])
      const env = { MCP_CONFIG: "b.yaml" }
      assert.deepStrictEqual(yield* nameOf({ file: "a.yaml", env }), [`${directory}/a.yaml`, "a.yaml"])
      assert.deepStrictEqual(yield* nameOf({ env }), [`${directory}/b.yaml`, "b.yaml"])
      assert.deepStrictEqual(yield* nameOf({ env: {} }), [`${directory}/mcp-config.yaml`, "mcp-config.yaml"])
      assert.deepStrictEqual(yield* nameOf({ env: { MCP_CONFIG: "" } }), [
        `${directory}/mcp-config.yaml`,
        "mcp-config.yaml"
      ])
    }).pipe(inTemporary)
  )

  const missing: ReadonlyArray<readonly [Omit<ConfigLoader.LoadOptions, "cwd">, string, string]> = [
    [{ file: "no.yaml", env: {} }, "no.yaml", "the caller"],
    [{ file: "no.yaml", option: "--config", env: {} }, "no.yaml", "--config"],
    [{ env: { MCP_CONFIG: "sub/no.yaml" } }, "sub/no.yaml", "the environment variable MCP_CONFIG"],
    [{ env: {} }, "mcp-config.yaml", "the default"]
  ]
  for (const [options, name, from] of missing) {
    it.effect(`that ${from} names and that is missing is told with its absolute path`, () =>
      Effect.gen(function* () {
        const { directory } = yield* temporary
        const error = yield* Effect.flip(load({ ...options, cwd: directory }))
        assert.strictEqual(error._tag, "ConfigError")
        assert.include(error.message, `${directory}/${name}: the file does not exist (named by ${from})`)
        assert.strictEqual(error.message.includes("--config"), options.option === "--config")
      }).pipe(inTemporary)
    )
  }

  const irregular: ReadonlyArray<readonly [string, string]> = [
    [".", "a directory"],
    ["/dev/zero", "a device"],
    ["/dev/null", "a device"]
  ]
  for (const [file, what] of irregular) {
    it.effect(`may not be ${what}: ${file}`, () =>
      Effect.gen(function* () {
        const { directory } = yield* temporary
        const error = yield* Effect.flip(load({ file, env: {}, cwd: directory }))
        assert.include(error.message, `: this is ${what}, not a regular file (named by the caller)`)
      }).pipe(inTemporary)
    )
  }

  it.effect("of 10 MB is refused before it is parsed", () =>
    Effect.gen(function* () {
      const { directory, fs } = yield* temporary
      yield* fs.writeFile(`${directory}/big.yaml`, new Uint8Array(10_000_000).fill(0x5b))
      const error = yield* Effect.flip(load({ file: "big.yaml", env: {}, cwd: directory }))
      assert.include(error.message, `the file is 10000000 bytes; a configuration has at most ${maxFileBytes} bytes`)
    }).pipe(inTemporary)
  )

  it.effect("resolves ca_file against its own directory", () =>
    Effect.gen(function* () {
      const { directory, fs } = yield* temporary
      yield* fs.makeDirectory(`${directory}/sub`)
      yield* fs.writeFileString(`${directory}/sub/c.yaml`, document({ ca_file: "../ca.pem" }))
      const { config } = yield* load({ file: "sub/c.yaml", env: {}, cwd: directory })
      assert.strictEqual(config.servers[0]?.caFile, `${directory}/ca.pem`)
    }).pipe(inTemporary)
  )

  it.effect("resolves ~ in ca_file, and shows the path that is read", () =>
    Effect.gen(function* () {
      const { directory, fs } = yield* temporary
      yield* fs.writeFileString(`${directory}/c.yaml`, document({ ca_file: "~/ca.pem" }))
      const { config, values } = yield* load({ file: "c.yaml", env: { HOME: "/home/ada" }, cwd: directory })
      assert.strictEqual(config.servers[0]?.caFile, "/home/ada/ca.pem")
      assert.strictEqual(values.find(({ path }) => path[2] === "ca_file")?.value, "/home/ada/ca.pem")
    }).pipe(inTemporary)
  )

  it.effect("resolves ~ in the name of the file itself, whoever gave it", () =>
    Effect.gen(function* () {
      const { directory, fs } = yield* temporary
      yield* fs.writeFileString(`${directory}/c.yaml`, document({}))
      const elsewhere = { cwd: "/" }
      const given = yield* load({ ...elsewhere, file: "~/c.yaml", env: { HOME: directory } })
      const named = yield* load({ ...elsewhere, env: { HOME: directory, MCP_CONFIG: "~/c.yaml" } })
      assert.deepStrictEqual([given.config.file, named.config.file], [`${directory}/c.yaml`, `${directory}/c.yaml`])
      const homeless = yield* Effect.flip(load({ ...elsewhere, file: "~/c.yaml", env: {} }))
      assert.include(homeless.message, "/~/c.yaml")
      const other = yield* Effect.flip(load({ ...elsewhere, file: "~c.yaml", env: { HOME: directory } }))
      assert.include(other.message, "/~c.yaml")
    }).pipe(inTemporary)
  )

  it.effect("reads numbers and booleans that a template put in quotes, and leaves names alone", () =>
    Effect.gen(function* () {
      const { directory, fs } = yield* temporary
      const quoted = document({ name: `"42"`, priority: `"7"`, enabled: `"true"` }, `  limits: { pages: "3" }`)
      yield* fs.writeFileString(`${directory}/c.yaml`, quoted)
      const { config } = yield* load({ file: "c.yaml", env: {}, cwd: directory })
      const [{ name, priority } = { name: "", priority: 0 }] = config.servers
      assert.deepStrictEqual([name, priority, config.limits.pages], ["42", 7, 3])
    }).pipe(inTemporary)
  )
})
