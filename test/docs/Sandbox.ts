/** Where the commands of a page are run: an app that has the package installed, and the two demo servers. */
import { Effect, FileSystem, Scope } from "effect"
import { type ChildProcess, spawn } from "node:child_process"
import { createServer } from "node:net"
import { dirname } from "node:path"
import { inject } from "vitest"
import * as DemoServers from "../../src/demo/DemoServers.ts"
import { root } from "./Snippets.ts"

export interface Ran {
  readonly exitCode: number | null
  readonly output: string
}

export interface Sandbox {
  readonly directory: string
  /** Runs a script to its end. */
  readonly run: (script: string) => Effect.Effect<Ran>
  /** Starts a script, and returns when it has said something; it ends with the scope. */
  readonly start: (script: string) => Effect.Effect<void>
  readonly save: (file: string, text: string) => Effect.Effect<void>
}

/** `ownServers`: the page brings servers and a configuration of its own; else it has the demo's. */
export const make = Effect.fn("Sandbox.make")(function* (ownServers: boolean) {
  const fs = yield* FileSystem.FileSystem
  const scope = yield* Scope.Scope
  const directory = yield* fs.makeTempDirectoryScoped()
  yield* install(directory)
  const ports = yield* Effect.all([freePort, freePort, freePort])
  // The ports that the pages name are taken by whoever works on the same machine.
  const servers = yield* DemoServers.start({ productPort: 0, databasePort: 0, host: "127.0.0.1" })
  const ownPorts = (text: string) =>
    text
      .replaceAll("http://localhost:8000/sse", servers.databaseUrl)
      .replaceAll("http://localhost:8002/sse", servers.productUrl)
      .replaceAll(/\b9001\b/g, String(ports[0]))
      .replaceAll(/\b9002\b/g, String(ports[1]))
      .replaceAll(/\b8080\b/g, String(ports[2]))
  const env: Record<string, string> = {
    PATH: `${directory}/bin:${dirname(process.execPath)}:${process.env["PATH"] ?? ""}`,
    HOME: directory,
    TOKEN: "a token of a server that wants none"
  }
  if (!ownServers) {
    yield* fs.copyFile(`${root}/mcp-config.yaml`, `${directory}/mcp-config.yaml`)
    env["MCP__MCP_SERVERS__PRODUCT_METADATA_MCP__URL"] = servers.productUrl
    env["MCP__MCP_SERVERS__DATABASE_MCP__URL"] = servers.databaseUrl
    env["MCP__SERVER__PORT"] = String(ports[2])
  }
  const bash = (script: string) =>
    spawn("bash", ["--norc", "-euo", "pipefail", "-c", ownPorts(script)], {
      cwd: directory,
      env,
      detached: true,
      stdio: ["ignore", "pipe", "pipe"]
    })
  const sandbox: Sandbox = {
    directory,
    run: (script) => ended(() => bash(script)),
    start: (script) =>
      Effect.acquireRelease(
        Effect.sync(() => bash(script)),
        (child) => Effect.sync(() => kill(child))
      ).pipe(Effect.flatMap(spoken), Effect.provideService(Scope.Scope, scope)),
    save: (file, text) => Effect.orDie(fs.writeFileString(`${directory}/${file}`, ownPorts(text)))
  }
  return sandbox
})

// -----------------------------------------------------------------------------
// internals

/** What `npm install` would leave behind; the library is its sources. */
const install = Effect.fnUntraced(function* (directory: string) {
  const fs = yield* FileSystem.FileSystem
  yield* fs.makeDirectory(`${directory}/node_modules`)
  yield* fs.symlink(root, `${directory}/node_modules/effect-mcp-orchestrator`)
  for (const name of [
    "effect",
    "@effect",
    "@modelcontextprotocol",
    "@types",
    "hono",
    "libpg-query",
    "sqlite3-parser"
  ]) {
    yield* fs.symlink(`${root}/node_modules/${name}`, `${directory}/node_modules/${name}`)
  }
  yield* fs.makeDirectory(`${directory}/bin`)
  const commands = {
    "mcp-orchestrator": `exec ${process.execPath} ${inject("runner")} "$@"`,
    // What npx does where the command is installed, without asking the registry.
    npx: 'exec "$@"',
    node: `exec ${process.execPath} --conditions=effect-mcp-orchestrator-source "$@"`
  }
  for (const [name, line] of Object.entries(commands)) {
    yield* fs.writeFileString(`${directory}/bin/${name}`, `#!/bin/sh\n${line}\n`)
    yield* fs.chmod(`${directory}/bin/${name}`, 0o755)
  }
  yield* fs.writeFileString(`${directory}/package.json`, `{ "private": true, "type": "module" }`)
})

const freePort = Effect.callback<number>((resume) => {
  const server = createServer().listen(0, "127.0.0.1", () => {
    const address = server.address()
    const port = typeof address === "object" && address !== null ? address.port : 0
    server.close(() => resume(Effect.succeed(port)))
  })
})

/** With all that it started. */
const kill = (child: ChildProcess) => {
  if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid)
}

const ended = (start: () => ChildProcess) =>
  Effect.callback<Ran>((resume) => {
    const child = start()
    const chunks: Array<string> = []
    for (const stream of [child.stdout, child.stderr]) stream?.on("data", (chunk) => chunks.push(String(chunk)))
    child.once("close", (exitCode) => resume(Effect.succeed({ exitCode, output: chunks.join("") })))
    return Effect.sync(() => kill(child))
  })

const spoken = (child: ChildProcess) =>
  Effect.callback<void>((resume) => {
    for (const stream of [child.stdout, child.stderr]) stream?.on("data", () => resume(Effect.void))
    child.once("close", (exitCode) => resume(Effect.die(new Error(`it ended with ${exitCode} before it said a word`))))
  })
