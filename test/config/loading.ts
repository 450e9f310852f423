/** Loads configurations from memory. */
import { ByteSize, Effect, FileSystem, Layer, Option, Path, Stream } from "effect"
import * as ConfigLoader from "../../src/config/ConfigLoader.ts"
import type { ConfigError } from "../../src/OrchestratorError.ts"

const file = "/etc/app/mcp-config.yaml"

/** A file system with this one file. */
const fileSystemWith = (bytes: Uint8Array) =>
  Layer.merge(
    FileSystem.layerNoop({
      stat: () =>
        Effect.succeed({
          type: "File" as const,
          mtime: Option.none(),
          atime: Option.none(),
          birthtime: Option.none(),
          dev: 0n,
          ino: Option.none(),
          mode: 0o600,
          nlink: Option.none(),
          uid: Option.none(),
          gid: Option.none(),
          rdev: Option.none(),
          size: ByteSize.bytes(bytes.length),
          blksize: Option.none(),
          blocks: Option.none()
        }),
      stream: (_path, options) =>
        Stream.make(bytes.slice(0, typeof options?.bytesToRead === "number" ? options.bytesToRead : bytes.length))
    }),
    Path.layer
  )

export const loadBytes = (bytes: Uint8Array, options?: Partial<ConfigLoader.LoadOptions>) =>
  ConfigLoader.load({ file, env: {}, cwd: "/", ...options }).pipe(Effect.provide(fileSystemWith(bytes)))

export const loadText = (text: string, options?: Partial<ConfigLoader.LoadOptions>) =>
  loadBytes(new TextEncoder().encode(text), options)

/** The problems of a text that cannot be loaded, as `line:column path: message`. */
export const problemsOf = (text: string, options?: Partial<ConfigLoader.LoadOptions>) =>
  loadText(text, options).pipe(
    Effect.flip,
    Effect.flatMap((error) =>
      error._tag === "ConfigError" ? Effect.succeed(error.problems.map(line)) : Effect.die(error)
    )
  )

export const line = (problem: ConfigError["problems"][number]) =>
  `${problem.line ?? "-"}:${problem.column ?? "-"} ${problem.path}: ${problem.message}`

/** One valid server, with further lines (indented by four spaces) and other values of the required keys. */
export const server = (id: string, fields: Readonly<Record<string, string>> = {}) => {
  const all: Readonly<Record<string, string>> = {
    name: `"Server ${id}"`,
    url: `"http://${id}.example/sse"`,
    priority: "1",
    domains: "[things]",
    capabilities: "[list_resources]",
    transport: "sse",
    ...fields
  }
  return [`  ${id}:`, ...Object.entries(all).map(([key, value]) => `    ${key}: ${value}`)].join("\n")
}

/** A whole file with one server; `orchestration` is indented by two spaces. */
export const document = (fields: Readonly<Record<string, string>> = {}, orchestration = "") =>
  `mcp_servers:\n${server("main", fields)}\n${orchestration === "" ? "" : `orchestration:\n${orchestration}\n`}`
