/**
 * Tells when the configuration file holds something else than what was read of it. Its content is looked at, not its
 * events: editors save by renaming, a ConfigMap of Kubernetes swaps a symbolic link two steps away, and network and
 * container mounts deliver no events at all.
 */
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import type * as FileSystem from "effect/FileSystem"
import { identity } from "effect/Function"
import * as Option from "effect/Option"
import * as Redacted from "effect/Redacted"
import * as Schedule from "effect/Schedule"
import * as Stream from "effect/Stream"
import * as FileText from "./FileText.ts"

/** Between two looks at the file: one read of some kilobytes. */
const pollInterval = Duration.seconds(1)

/** Two reads this far apart must agree: a file that is still being written is not told of yet. */
const settleTime = Duration.millis(100)

export interface ConfigWatch {
  /**
   * An element for every change of the content, several quick writes being one change. The file's absence is a content
   * too. For one reader; never fails.
   */
  readonly changes: Stream.Stream<void, never, FileSystem.FileSystem>
  /** What was read of the file since, by whomever: a change is a difference to that, or to what was told of later. */
  readonly read: (text: Redacted.Redacted<string>) => Effect.Effect<void>
}

/** The watch of a file (an absolute path) of which `text` was read. */
export const make = (file: string, text: Redacted.Redacted<string>): ConfigWatch => {
  let known: string | null = Redacted.value(text)
  const look = Effect.gen(function* () {
    const content = yield* contentOf(file)
    if (content === known) return false
    yield* Effect.sleep(settleTime)
    // Still being written, or read meanwhile by somebody else.
    if (content === known || content !== (yield* contentOf(file))) return false
    known = content
    return true
  })
  return {
    changes: Stream.fromEffectSchedule(look, Schedule.spaced(pollInterval)).pipe(
      Stream.filter(identity),
      Stream.map(() => undefined)
    ),
    read: (text) =>
      Effect.sync(() => {
        known = Redacted.value(text)
      })
  }
}

// -----------------------------------------------------------------------------
// internals

const contentOf = (file: string): Effect.Effect<string | null, never, FileSystem.FileSystem> =>
  FileText.readBytes(file).pipe(
    Effect.map(Option.match({ onNone: () => null, onSome: (bytes) => new TextDecoder().decode(bytes) })),
    Effect.orElseSucceed(() => null)
  )
