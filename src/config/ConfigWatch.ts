/**
 * Tells when the content of the configuration file has changed.
 *
 * Directories are watched, not the file: editors save by renaming a new file over the old one, and a ConfigMap of
 * Kubernetes changes by renaming a symbolic link two steps away (`mcp-config.yaml → ..data/mcp-config.yaml`,
 * `..data → ..2026_01_01`). So every directory that holds a link of the chain is watched, and the chain is followed
 * anew after each event. What counts in the end is the content: other files of the directory make no noise.
 */
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as FiberHandle from "effect/FiberHandle"
import * as FileSystem from "effect/FileSystem"
import * as Option from "effect/Option"
import * as Path from "effect/Path"
import * as Queue from "effect/Queue"
import * as Stream from "effect/Stream"
import * as FileText from "./FileText.ts"

/** Two reads this far apart must agree: a file that is still being written is not reported yet. */
const settleTime = Duration.millis(100)

/** Network and container mounts may deliver no events at all; then the file is looked at this often. */
const pollInterval = Duration.seconds(5)

/**
 * An element for every change of the content of `file` (an absolute path), several quick writes being one change. The
 * file's absence is a content too. Never fails: what cannot be watched is polled.
 *
 * `onReady` is called once the content to compare with is read: a change after that is never missed.
 */
export const changes = (
  file: string,
  options?: { readonly onReady?: (() => void) | undefined }
): Stream.Stream<void, never, FileSystem.FileSystem | Path.Path> =>
  Stream.callback<void, never, FileSystem.FileSystem | Path.Path>(
    Effect.fnUntraced(function* (output) {
      const events = yield* Queue.sliding<void>(1)
      const watchers = yield* FiberHandle.make()
      let watched = ""
      let reported = yield* contentOf(file)
      options?.onReady?.()

      const watchAnew = Effect.gen(function* () {
        const directories = yield* directoriesOf(file)
        const identity = directories.map(({ inode, path }) => `${inode} ${path}`).join("\n")
        if (identity === watched) return
        watched = identity
        yield* FiberHandle.run(
          watchers,
          watch(
            directories.map(({ path }) => path),
            events
          )
        )
      })

      const look = Effect.gen(function* () {
        yield* watchAnew
        const content = yield* contentOf(file)
        if (isSame(content, reported)) return
        yield* Effect.sleep(settleTime)
        if (isSame(content, yield* contentOf(file))) {
          reported = content
          yield* Queue.offer(output, undefined)
        } else {
          yield* Queue.offer(events, undefined)
        }
      })

      yield* Queue.offer(events, undefined)
      return yield* Queue.take(events).pipe(
        Effect.timeoutOption(pollInterval),
        Effect.andThen(Effect.sleep(settleTime)),
        Effect.andThen(look),
        Effect.forever
      )
    })
  )

// internal

const isSame = (a: Uint8Array | null, b: Uint8Array | null): boolean =>
  a === null || b === null ? a === b : a.length === b.length && a.every((byte, index) => byte === b[index])

const contentOf = (file: string) => FileText.readBytes(file).pipe(Effect.orElseSucceed(() => null))

/** Signals every event in any of the directories, and that each watch is in place: a change before that was not seen. */
const watch = Effect.fnUntraced(function* (directories: ReadonlyArray<string>, events: Queue.Queue<void>) {
  const fs = yield* FileSystem.FileSystem
  const signal = Queue.offer(events, undefined)
  yield* Effect.forEach(
    directories,
    (directory) =>
      fs.watch(directory, { onReady: () => Queue.offerUnsafe(events, undefined) }).pipe(
        Stream.runForEach(() => signal),
        // Without a watch, polling remains.
        Effect.ignore
      ),
    { concurrency: "unbounded", discard: true }
  )
})

/** Symbolic links that are followed at most; the limit of Linux. */
const maxLinks = 40

interface Directory {
  readonly path: string
  /** Tells a directory from another one made later under its name. */
  readonly inode: string
}

/** The directories that hold a symbolic link on the way to the file, and the one that holds the file itself. */
const directoriesOf = Effect.fnUntraced(function* (file: string) {
  const fs = yield* FileSystem.FileSystem
  const path = yield* Path.Path
  const found = new Set<string>()
  let links = 0
  let { root: current } = path.parse(file)
  let rest = file.slice(current.length).split(path.sep)
  while (rest.length > 0) {
    const [part = "", ...others] = rest
    const next = path.join(current, part)
    const target = yield* fs.readLink(next).pipe(Effect.orElseSucceed(() => undefined))
    if (target === undefined || links === maxLinks) {
      if (others.length === 0) found.add(current)
      current = next
      rest = others
    } else {
      links += 1
      found.add(current)
      const followed = path.resolve(current, target)
      current = path.parse(followed).root
      rest = [...followed.slice(current.length).split(path.sep), ...others]
    }
  }
  return yield* Effect.forEach([...found], (directory) =>
    fs.stat(directory).pipe(
      Effect.map(({ ino }): Directory => ({ path: directory, inode: String(Option.getOrUndefined(ino)) })),
      Effect.orElseSucceed((): Directory => ({ path: directory, inode: "" }))
    )
  )
})
