/** What a command reads: files, and `-` for stdin. */
import * as Effect from "effect/Effect"
import * as FileSystem from "effect/FileSystem"
import type * as PlatformError from "effect/PlatformError"
import * as Stdio from "effect/Stdio"
import * as Stream from "effect/Stream"
import { usage, type UsageError } from "./CommandError.ts"

/** The text of a file, or of stdin for `-`, chunk by chunk. What cannot be read is told in plain words. */
export const stream = (name: string): Stream.Stream<string, UsageError, FileSystem.FileSystem | Stdio.Stdio> =>
  Stream.unwrap(
    Effect.gen(function* () {
      // Whatever else has that name.
      if (name === "-") return decoded((yield* Stdio.Stdio).stdin, "stdin")
      const fs = yield* FileSystem.FileSystem
      const isDirectory = yield* Effect.orElseSucceed(
        Effect.map(fs.stat(name), ({ type }) => type === "Directory"),
        () => false
      )
      return isDirectory ? Stream.fail(usage(`${name} is a directory, not a file`)) : decoded(fs.stream(name), name)
    })
  )

/** The same as a whole, up to a bound: what a device holds may have no end. */
export const text = Effect.fnUntraced(function* (
  name: string
): Effect.fn.Return<string, UsageError, FileSystem.FileSystem | Stdio.Stdio> {
  let whole = ""
  yield* Stream.runForEach(stream(name), (chunk) => {
    whole += chunk
    return whole.length > longest
      ? usage(`${name === "-" ? "stdin" : name} is longer than ${longest} characters`)
      : Effect.void
  })
  return whole
})

/** Why a file could not be had, without the names of system calls. */
export const plainReason = ({ reason }: PlatformError.PlatformError): string => {
  switch (reason._tag) {
    case "NotFound":
      return "there is no such file or directory"
    case "PermissionDenied":
      return "permission denied"
    case "AlreadyExists":
      return "it exists already"
    default:
      return `the system says ${reason._tag}`
  }
}

const decoded = (bytes: Stream.Stream<Uint8Array, PlatformError.PlatformError>, name: string) =>
  Stream.decodeText(Stream.mapError(bytes, (error) => usage(`${name} cannot be read: ${plainReason(error)}`)))

/** Claude's file with everything in it has some megabytes. */
const longest = 32 * 1024 * 1024
