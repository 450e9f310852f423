/** Finds the configuration file and reads it as text: only so many bytes, only UTF-8, and says where the path came from. */
import * as Effect from "effect/Effect"
import * as FileSystem from "effect/FileSystem"
import * as Option from "effect/Option"
import * as Path from "effect/Path"
import type * as PlatformError from "effect/PlatformError"
import * as Result from "effect/Result"
import * as Stream from "effect/Stream"
import { ConfigError, ConfigProblem } from "../OrchestratorError.ts"
import type { Environment } from "./document/Variables.ts"

/** Larger files are refused unread; a configuration of ten servers has some kilobytes. */
export const maxFileBytes = 256 * 1024

export interface FileText {
  /** Absolute. */
  readonly file: string
  readonly text: string
}

export interface FileChoice {
  readonly file?: string | undefined
  /** What the caller calls `file`, for messages: `--config`. */
  readonly option?: string | undefined
  /** Read for `MCP_CONFIG` and `HOME`. */
  readonly env: Environment
  /** What a relative path is relative to; default: the working directory of the process. */
  readonly cwd?: string | undefined
}

/** The text of the file named by `file`, by `MCP_CONFIG`, or `./mcp-config.yaml`, in this order. */
export const read = Effect.fn("FileText.read")(function* (
  choice: FileChoice
): Effect.fn.Return<FileText, ConfigError, FileSystem.FileSystem | Path.Path> {
  const fs = yield* FileSystem.FileSystem
  const path = yield* Path.Path
  const { from, name } = whichFile(choice)
  const file = path.resolve(choice.cwd ?? "", name)
  const failed = (error: PlatformError.PlatformError) =>
    failure(file, unreadable(error, from), `${remedyFor(from, choice.option)}${starting(error)}`)
  const info = yield* Effect.mapError(fs.stat(file), failed)
  // Before it is opened: nobody may ever write to a pipe, and a device may never end.
  if (info.type !== "File") {
    const message = `this is ${kindOf(info)}, not a regular file (named by ${from})`
    return yield* failure(file, message, remedyFor(from, choice.option))
  }
  const bytes = yield* Effect.mapError(bytesOf(file), failed)
  if (bytes.length > maxFileBytes) {
    const size = info.size > maxFileBytes ? `${info.size} bytes` : "too large"
    return yield* failure(
      file,
      `the file is ${size}; a configuration has at most ${maxFileBytes} bytes`,
      "Name the right file."
    )
  }
  const decoded = decodeText(bytes)
  if (Result.isFailure(decoded)) return yield* failure(file, decoded.failure, "Save the file as UTF-8.")
  return { file, text: decoded.success }
})

const defaultFile = "mcp-config.yaml"

/** What the configuration is called, relative to the working directory, and what named it. */
export const whichFile = ({
  env,
  file,
  option = "the caller"
}: FileChoice): { readonly name: string; readonly from: string } => {
  if (file !== undefined) return { name: atHome(file, env), from: option }
  const named = env["MCP_CONFIG"]
  // A variable that is set to nothing names no file.
  return named === undefined || named === ""
    ? { name: defaultFile, from: "the default" }
    : { name: atHome(named, env), from: "the environment variable MCP_CONFIG" }
}

/** `~` is the shell's; people write it in files and quotes all the same. */
export const atHome = (name: string, env: Environment): string => name.replace(/^~(?=[\\/])/, () => env["HOME"] ?? "~")

/** The bytes of a regular file, one more than `maxFileBytes` at most; none of anything else, which is not opened. */
export const readBytes = Effect.fnUntraced(function* (
  file: string
): Effect.fn.Return<Option.Option<Uint8Array>, PlatformError.PlatformError, FileSystem.FileSystem> {
  const fs = yield* FileSystem.FileSystem
  const info = yield* fs.stat(file)
  return info.type === "File" ? Option.some(yield* bytesOf(file)) : Option.none()
})

// -----------------------------------------------------------------------------
// internals

/** A file may have grown since it was looked at. */
const bytesOf = Effect.fnUntraced(function* (
  file: string
): Effect.fn.Return<Uint8Array, PlatformError.PlatformError, FileSystem.FileSystem> {
  const fs = yield* FileSystem.FileSystem
  const chunks = yield* fs.stream(file, { bytesToRead: maxFileBytes + 1 }).pipe(Stream.runCollect)
  const bytes = new Uint8Array(chunks.reduce((total, chunk) => total + chunk.length, 0))
  let offset = 0
  for (const chunk of chunks) {
    bytes.set(chunk, offset)
    offset += chunk.length
  }
  return bytes
})

const kindOf = ({ type }: FileSystem.File.Info): string => {
  switch (type) {
    case "Directory":
      return "a directory"
    case "FIFO":
      return "a pipe"
    case "Socket":
      return "a socket"
    default:
      return "a device"
  }
}

/** Bytes to text. UTF-8 only, with or without a byte order mark; the failure says what the file seems to be instead. */
const decodeText = (bytes: Uint8Array): Result.Result<string, string> => {
  const [first, second, third, fourth] = bytes
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) {
    return Result.fail(third === 0 && fourth === 0 ? "the file is UTF-32, not UTF-8" : "the file is UTF-16, not UTF-8")
  }
  if (bytes.includes(0)) {
    return Result.fail("the file holds NUL bytes: it is UTF-16 without a byte order mark, or not a text at all")
  }
  return Result.try({
    try: () => new TextDecoder("utf-8", { fatal: true }).decode(bytes),
    catch: () => `the file is not UTF-8: line ${badLine(bytes)} holds a byte of another encoding, such as Latin-1`
  })
}

const remedyFor = (from: string, option: string | undefined) =>
  from === "the default"
    ? `Create it, or name another file with ${option === undefined ? "" : `${option} or `}MCP_CONFIG.`
    : `Check the path given by ${from}.`

/** Who has no file yet can have one written. */
const starting = ({ reason }: PlatformError.PlatformError): string =>
  reason._tag === "NotFound" ? " mcp-orchestrator init writes one, also from the mcp.json of another client." : ""

const unreadable = (error: PlatformError.PlatformError, from: string): string => {
  switch (error.reason._tag) {
    case "NotFound":
      return `the file does not exist (named by ${from})`
    case "PermissionDenied":
      return `the file may not be read: permission denied (named by ${from})`
    default:
      return `the file cannot be read: ${error.reason._tag} (named by ${from})`
  }
}

const failure = (file: string, message: string, remedy: string) =>
  new ConfigError({
    file,
    problems: [new ConfigProblem({ path: "", message })],
    remedy
  })

/** The line of the first byte that is not UTF-8: where decoding with replacement first differs from the bytes. */
const badLine = (bytes: Uint8Array): number => {
  const again = new TextEncoder().encode(new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes))
  const bad = bytes.findIndex((byte, index) => byte !== again[index])
  return bytes.subarray(0, bad).reduce((lines, byte) => (byte === 0x0a ? lines + 1 : lines), 1)
}
