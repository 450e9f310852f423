/** stdout carries the result and nothing else; everything for people on the side goes to stderr. */
import { Buffer } from "node:buffer"
import * as Context from "effect/Context"
import * as Data from "effect/Data"
import * as Effect from "effect/Effect"
import * as Predicate from "effect/Predicate"
import * as Schema from "effect/Schema"
import { nodeBuiltin } from "../NodeBuiltin.ts"
import * as Logging from "../telemetry/Logging.ts"
import * as Visible from "../text/Visible.ts"

const fs = nodeBuiltin("node:fs")

/** The exit code of a run whose result could not be written. */
export const notWritten = 8

/** stdout took nothing, or not all of the result: a full disk, a file that may not grow. */
export class OutputError extends Data.TaggedError("OutputError")<{ readonly message: string }> {}

/** Whether stdout has got something: nothing may follow a document that has begun. A run has one of its own. */
export class Document extends Context.Reference<{ begun: boolean }>("effect-mcp-orchestrator/cli/Output/Document", {
  defaultValue: () => ({ begun: false })
}) {}

/** A line, or several, on stdout; what a terminal would act on is made visible. */
export const stdout = (text: string): Effect.Effect<void, OutputError> => result(Visible.lines(text))

/** Text for another program, as it is; on a terminal as `stdout` shows it. */
export const data = (text: string): Effect.Effect<void, OutputError> =>
  result(process.stdout.isTTY ? Visible.lines(text) : text)

/** The same on stderr, which may take it or not: that is no reason to fail. */
export const stderr = (text: string): Effect.Effect<void> => painted(Visible.lines(text))

/** Text with colours of our own on stderr; what is not ours in it must have been made visible. */
export const painted = (text: string): Effect.Effect<void> =>
  Effect.ignore(write(process.stderr, Buffer.from(`${text}\n`)))

/** One JSON document on stdout, encoded when it is written: a command may have been asked for another form. */
export const json = (value: unknown): Effect.Effect<void, OutputError> =>
  Effect.suspend(() => jsonText(JSON.stringify(value, null, 2)))

/** The same of a text that is JSON already. */
export const jsonText = (text: string): Effect.Effect<void, OutputError> => result(Visible.json(text))

/** Writes a value of the schema as one JSON document on stdout. */
export const jsonOf = <A>(schema: Schema.Codec<A, unknown>): ((value: A) => Effect.Effect<void, OutputError>) => {
  const encode = Schema.encodeEffect(Schema.toCodecJson(schema))
  // What does not fit its schema is a bug of ours.
  return (value) => Effect.suspend(() => Effect.flatMap(Effect.orDie(encode(value)), json))
}

/** Without a listener an error of a stream ends the process, whoever wrote to it: the logger does so unseen. */
export const keepErrors: Effect.Effect<void> = Effect.sync(() => {
  for (const stream of [process.stdout, process.stderr]) {
    if (!stream.listeners("error").includes(ignored)) stream.on("error", ignored)
  }
})

// -----------------------------------------------------------------------------
// internals

const ignored = () => {}

const result = Effect.fnUntraced(function* (text: string): Effect.fn.Return<void, OutputError> {
  const document = yield* Document
  document.begun = true
  yield* write(process.stdout, Buffer.from(`${text}\n`))
})

/** Waits until all has been taken, so that an exit right after cuts nothing off. */
const write = (
  stream: NodeJS.WriteStream & { readonly fd: number },
  bytes: Uint8Array
): Effect.Effect<void, OutputError> =>
  // On a terminal, what was logged before stands before it.
  Logging.flush.pipe(
    Effect.andThen(isFile(stream.fd)),
    Effect.flatMap((file) => (file ? toFile(stream.fd, bytes) : toStream(stream, bytes)))
  )

const toStream = (stream: NodeJS.WriteStream, bytes: Uint8Array): Effect.Effect<void, OutputError> =>
  Effect.callback((resume) => {
    stream.write(bytes, (error) => {
      // Of a stream that has failed before, the error says only that; its own says why.
      const cause = stream.errored ?? error
      resume(Predicate.isNullish(cause) || isGone(cause) ? Effect.void : Effect.fail(outputError(cause)))
    })
  })

/** A reader that went away (`| head`) wants no more, which is not our failure. */
const isGone = (cause: unknown): boolean => Predicate.hasProperty(cause, "code") && cause.code === "EPIPE"

/** A file is written by hand: a disk may take a part of it, which Node's stream does not notice. */
const toFile = (fd: number, bytes: Uint8Array): Effect.Effect<void, OutputError> =>
  Effect.try({
    try: () => {
      for (let offset = 0; offset < bytes.length;) offset += fs.writeSync(fd, bytes, offset)
    },
    catch: outputError
  })

const isFile = (fd: number): Effect.Effect<boolean> =>
  Effect.orElseSucceed(
    Effect.try(() => fs.fstatSync(fd).isFile()),
    () => false
  )

const outputError = (cause: unknown): OutputError => {
  const code = Predicate.hasProperty(cause, "code") && typeof cause.code === "string" ? cause.code : "unknown"
  const why = causes.get(code) ?? "the system refused"
  return new OutputError({ message: `the output could not be written: ${why} (${code})` })
}

const causes: ReadonlyMap<string, string> = new Map([
  ["ENOSPC", "no space left on the device"],
  ["EDQUOT", "the quota is used up"],
  ["EFBIG", "the file grows too large"],
  ["EIO", "the device fails"],
  ["EBADF", "stdout is not open for writing"]
])
