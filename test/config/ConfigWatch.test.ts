import { NodeServices } from "@effect/platform-node"
import { assert, describe, it } from "@effect/vitest"
import { ByteSize, Effect, Fiber, FileSystem, Option, Queue, Redacted, Stream } from "effect"
import { TestClock } from "effect/testing"
import * as ConfigWatch from "../../src/config/ConfigWatch.ts"

/** Watches a file that held `text` for the length of a test; each change arrives in the queue. */
const watching = Effect.fnUntraced(function* (file: string, text: string) {
  const changes = yield* Queue.unbounded<void>()
  const watch = ConfigWatch.make(file, Redacted.make(text))
  yield* watch.changes.pipe(
    Stream.runForEach(() => Queue.offer(changes, undefined)),
    Effect.forkScoped
  )
  return { changes, read: (text: string) => watch.read(Redacted.make(text)) }
})

const told = (changes: Queue.Queue<void>) => Queue.take(changes).pipe(Effect.timeout("4 seconds"))

const temporary = Effect.gen(function* () {
  const fs = yield* FileSystem.FileSystem
  // Not a link itself, so that a test names every link there is.
  return { fs, directory: yield* Effect.flatMap(fs.makeTempDirectoryScoped(), fs.realPath) }
})

describe("the watch", () => {
  it.live("tells of a write", () =>
    Effect.gen(function* () {
      const { directory, fs } = yield* temporary
      yield* fs.writeFileString(`${directory}/c.yaml`, "a")
      const { changes } = yield* watching(`${directory}/c.yaml`, "a")
      yield* fs.writeFileString(`${directory}/c.yaml`, "b")
      yield* told(changes)
    }).pipe(Effect.provide(NodeServices.layer))
  )

  it.live("tells of every save by rename, not only of the first", () =>
    Effect.gen(function* () {
      const { directory, fs } = yield* temporary
      yield* fs.writeFileString(`${directory}/c.yaml`, "0")
      const { changes } = yield* watching(`${directory}/c.yaml`, "0")
      for (const content of ["1", "2", "3"]) {
        yield* fs.writeFileString(`${directory}/.c.yaml.swp`, content)
        yield* fs.rename(`${directory}/.c.yaml.swp`, `${directory}/c.yaml`)
        yield* told(changes)
      }
    }).pipe(Effect.provide(NodeServices.layer))
  )

  it.live("tells of every swap of a Kubernetes ConfigMap", () =>
    Effect.gen(function* () {
      const { directory, fs } = yield* temporary
      const publish = Effect.fnUntraced(function* (version: number) {
        yield* fs.makeDirectory(`${directory}/..v${version}`)
        yield* fs.writeFileString(`${directory}/..v${version}/c.yaml`, `version ${version}`)
        yield* fs.symlink(`..v${version}`, `${directory}/..data_tmp`)
        yield* fs.rename(`${directory}/..data_tmp`, `${directory}/..data`)
        if (version > 1) yield* fs.remove(`${directory}/..v${version - 1}`, { recursive: true })
      })
      yield* publish(1)
      yield* fs.symlink("..data/c.yaml", `${directory}/c.yaml`)
      const { changes } = yield* watching(`${directory}/c.yaml`, "version 1")
      for (const version of [2, 3, 4]) {
        yield* publish(version)
        yield* told(changes)
      }
    }).pipe(Effect.provide(NodeServices.layer))
  )

  it.live("follows links between directories, to the file that they name now", () =>
    Effect.gen(function* () {
      const { directory, fs } = yield* temporary
      for (const name of ["here", "there", "app"]) yield* fs.makeDirectory(`${directory}/${name}`)
      yield* fs.writeFileString(`${directory}/here/real.yaml`, "here")
      yield* fs.writeFileString(`${directory}/there/real.yaml`, "there")
      yield* fs.symlink(`${directory}/here`, `${directory}/current`)
      yield* fs.symlink(`${directory}/current/real.yaml`, `${directory}/app/c.yaml`)
      const { changes } = yield* watching(`${directory}/app/c.yaml`, "here")
      yield* fs.writeFileString(`${directory}/here/real.yaml`, "here 2")
      yield* told(changes)
      yield* fs.symlink(`${directory}/there`, `${directory}/next`)
      yield* fs.rename(`${directory}/next`, `${directory}/current`)
      yield* told(changes)
      yield* fs.writeFileString(`${directory}/there/real.yaml`, "there 2")
      yield* told(changes)
    }).pipe(Effect.provide(NodeServices.layer))
  )

  it.live("tells of a removal, and of the return of the file", () =>
    Effect.gen(function* () {
      const { directory, fs } = yield* temporary
      yield* fs.writeFileString(`${directory}/c.yaml`, "a")
      const { changes } = yield* watching(`${directory}/c.yaml`, "a")
      yield* fs.remove(`${directory}/c.yaml`)
      yield* told(changes)
      yield* fs.writeFileString(`${directory}/c.yaml`, "a")
      yield* told(changes)
    }).pipe(Effect.provide(NodeServices.layer))
  )

  it.live("tells once of several quick writes, and never of what changes nothing", () =>
    Effect.gen(function* () {
      const { directory, fs } = yield* temporary
      const file = `${directory}/c.yaml`
      yield* fs.writeFileString(file, "0")
      const { changes } = yield* watching(file, "0")
      for (let write = 1; write <= 20; write++) yield* fs.writeFileString(file, String(write))
      yield* told(changes)
      // Each of these would be told of before the last write if it were told of at all.
      yield* fs.writeFileString(file, "20")
      yield* fs.writeFileString(`${directory}/other.yaml`, "x")
      yield* Effect.yieldNow
      yield* fs.writeFileString(file, "last")
      yield* told(changes)
      assert.strictEqual(yield* Queue.size(changes), 0)
    }).pipe(Effect.provide(NodeServices.layer))
  )

  it.live("goes on while other files of the directory change without a pause", () =>
    Effect.gen(function* () {
      const { directory, fs } = yield* temporary
      yield* fs.writeFileString(`${directory}/c.yaml`, "a")
      const { changes } = yield* watching(`${directory}/c.yaml`, "a")
      const noise = yield* fs
        .writeFileString(`${directory}/log`, "x")
        .pipe(Effect.andThen(Effect.yieldNow), Effect.forever, Effect.forkChild)
      yield* fs.writeFileString(`${directory}/c.yaml`, "b")
      yield* told(changes)
      yield* Fiber.interrupt(noise)
    }).pipe(Effect.provide(NodeServices.layer))
  )

  it.live("tells of a file that went before the watch began", () =>
    Effect.gen(function* () {
      const { directory, fs } = yield* temporary
      const { changes } = yield* watching(`${directory}/c.yaml`, "a")
      yield* told(changes)
      yield* fs.writeFileString(`${directory}/c.yaml`, "a")
      yield* told(changes)
    }).pipe(Effect.provide(NodeServices.layer))
  )
})

const info: FileSystem.File.Info = {
  type: "File",
  mtime: Option.none(),
  atime: Option.none(),
  birthtime: Option.none(),
  dev: 0n,
  ino: Option.none(),
  mode: 0,
  nlink: Option.none(),
  uid: Option.none(),
  gid: Option.none(),
  rdev: Option.none(),
  size: ByteSize.bytes(0),
  blksize: Option.none(),
  blocks: Option.none()
}

/** A file whose content a test sets, looked at every virtual second. */
const scripted = (content: { now: string }) =>
  FileSystem.layerNoop({
    stat: () => Effect.succeed(info),
    stream: () => Stream.suspend(() => Stream.make(new TextEncoder().encode(content.now)))
  })

describe("the watch, step by step", () => {
  it.effect("looks every second", () => {
    const content = { now: "a" }
    return Effect.gen(function* () {
      const { changes } = yield* watching("/app/c.yaml", "a")
      yield* TestClock.adjust("10 seconds")
      content.now = "b"
      yield* TestClock.adjust("900 millis")
      assert.strictEqual(yield* Queue.size(changes), 0)
      yield* TestClock.adjust("200 millis")
      assert.strictEqual(yield* Queue.size(changes), 1)
    }).pipe(Effect.provide(scripted(content)))
  })

  it.effect("waits for a file that is still being written", () => {
    const content = { now: "a" }
    return Effect.gen(function* () {
      const { changes } = yield* watching("/app/c.yaml", "a")
      yield* TestClock.adjust("1 milli")
      content.now = "half"
      yield* TestClock.adjust("1050 millis")
      content.now = "half and half"
      yield* TestClock.adjust("100 millis")
      assert.strictEqual(yield* Queue.size(changes), 0)
      yield* TestClock.adjust("2 seconds")
      assert.strictEqual(yield* Queue.size(changes), 1)
    }).pipe(Effect.provide(scripted(content)))
  })

  it.effect("compares with what was read last, by whomever", () => {
    const content = { now: "a" }
    return Effect.gen(function* () {
      const { changes, read } = yield* watching("/app/c.yaml", "a")
      yield* TestClock.adjust("10 seconds")
      content.now = "b"
      yield* read("b")
      yield* TestClock.adjust("10 seconds")
      assert.strictEqual(yield* Queue.size(changes), 0)
      yield* read("c")
      content.now = "a"
      yield* TestClock.adjust("2 seconds")
      assert.strictEqual(yield* Queue.size(changes), 1)
    }).pipe(Effect.provide(scripted(content)))
  })
})
