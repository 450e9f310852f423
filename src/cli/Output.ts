/** stdout carries the result and nothing else; everything for people on the side goes to stderr. */
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import * as Logging from "../telemetry/Logging.ts"

/**
 * Waits until the text has been taken, so that an exit right after cuts nothing off. A reader that went away
 * (`| head`) wants no more, which is not our failure.
 */
const write = (stream: NodeJS.WriteStream, text: string): Effect.Effect<void> =>
  Effect.andThen(
    // On a terminal, what was logged before stands before it.
    Logging.flush,
    Effect.callback((resume) => {
      if (stream.listenerCount("error") === 0) stream.on("error", () => {})
      stream.write(text, () => resume(Effect.void))
    })
  )

/** A line, or several, on stdout. */
export const stdout = (text: string): Effect.Effect<void> => Effect.suspend(() => write(process.stdout, `${text}\n`))

/** A line, or several, on stderr. */
export const stderr = (text: string): Effect.Effect<void> => Effect.suspend(() => write(process.stderr, `${text}\n`))

/** One JSON document on stdout. */
export const json = (value: unknown): Effect.Effect<void> => stdout(JSON.stringify(value, null, 2))

/** Writes a value of the schema as one JSON document on stdout. */
export const jsonOf = <A>(schema: Schema.Codec<A, unknown>): ((value: A) => Effect.Effect<void>) => {
  const encode = Schema.encodeEffect(Schema.toCodecJson(schema))
  // What does not fit its schema is a bug of ours.
  return (value) => Effect.flatMap(Effect.orDie(encode(value)), json)
}

export const stderrHasColor = (): boolean => process.stderr.isTTY && process.stderr.hasColors()
