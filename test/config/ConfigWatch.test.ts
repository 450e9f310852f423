import { NodeServices } from "@effect/platform-node"
import { assert, describe, it } from "@effect/vitest"
import { Effect, Fiber, FileSystem, Latch, Layer, Path, Queue, Stream } from "effect"
import { TestClock } from "effect/testing"
import * as ConfigWatch from "../../src/config/ConfigWatch.ts"

/** Watches the file for the length of a test; each change arrives in the queue. */
const watching = Effect.fnUntraced(function* (file: string) {
  const ready = yield* Latch.make()
  const changes = yield* Queue.unbounded<void>()
  yield* ConfigWatch.changes(file, { onReady: () => ready.openUnsafe() }).pipe(
    Stream.runForEach(() => Queue.offer(changes, undefined)),
    Effect.forkScoped
  )
  yield* ready.await
  return changes
})

/** Sooner than polling would tell, so that the events themselves are proved. */
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
      const changes = yield* watching(`${directory}/c.yaml`)
      yield* fs.writeFileString(`${directory}/c.yaml`, "b")
      yield* told(changes)
    }).pipe(Effect.provide(NodeServices.layer))
  )

  it.live("tells of every save by rename, not only of the first", () =>
    Effect.gen(function* () {
      const { directory, fs } = yield* temporary
      yield* fs.writeFileString(`${directory}/c.yaml`, "0")
      const changes = yield* watching(`${directory}/c.yaml`)
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
      const changes = yield* watching(`${directory}/c.yaml`)
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
      const changes = yield* watching(`${directory}/app/c.yaml`)
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
      const changes = yield* watching(`${directory}/c.yaml`)
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
      const changes = yield* watching(file)
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
      const changes = yield* watching(`${directory}/c.yaml`)
      const noise = yield* fs
        .writeFileString(`${directory}/log`, "x")
        .pipe(Effect.andThen(Effect.yieldNow), Effect.forever, Effect.forkChild)
      yield* fs.writeFileString(`${directory}/c.yaml`, "b")
      yield* told(changes)
      yield* Fiber.interrupt(noise)
    }).pipe(Effect.provide(NodeServices.layer))
  )

  it.live("starts before the file exists", () =>
    Effect.gen(function* () {
      const { directory, fs } = yield* temporary
      const changes = yield* watching(`${directory}/c.yaml`)
      yield* fs.writeFileString(`${directory}/c.yaml`, "a")
      yield* told(changes)
    }).pipe(Effect.provide(NodeServices.layer))
  )
})

/** A file system of links and files whose events a test sends. */
const scripted = (files: Map<string, string>, links: Map<string, string>) => {
  const watched = new Map<string, Queue.Enqueue<FileSystem.WatchEvent>>()
  const real = (path: string): string => {
    const link = [...links].find(([from]) => path === from || path.startsWith(`${from}/`))
    return link === undefined ? path : real(`/app/${link[1]}${path.slice(link[0].length)}`)
  }
  const layer = FileSystem.layerNoop({
    stream: (path) => Stream.suspend(() => Stream.make(new TextEncoder().encode(files.get(real(path)) ?? ""))),
    readLink: (path) =>
      Effect.suspend(() => {
        const target = links.get(path)
        return target === undefined ? FileSystem.makeNoop({}).readLink(path) : Effect.succeed(target)
      }),
    watch: (path, options) =>
      Stream.callback<FileSystem.WatchEvent>((queue) =>
        Effect.acquireRelease(
          Effect.sync(() => {
            watched.set(path, queue)
            options?.onReady?.()
          }),
          // The new watch of a directory may be there before the old one is gone.
          () => Effect.sync(() => watched.get(path) === queue && watched.delete(path))
        )
      )
  })
  const event = (path: string) =>
    Effect.suspend(() => {
      const queue = watched.get(path)
      return queue === undefined ? Effect.die(`${path} is not watched`) : Queue.offer(queue, { _tag: "Update", path })
    })
  return { layer: Layer.merge(layer, Path.layer), event, watched: () => [...watched.keys()].sort() }
}

describe("the watch, step by step", () => {
  it.effect("polls where no events come", () => {
    const files = new Map([["/app/c.yaml", "a"]])
    return Effect.gen(function* () {
      const changes = yield* watching("/app/c.yaml")
      yield* TestClock.adjust("1 second")
      files.set("/app/c.yaml", "b")
      yield* TestClock.adjust("4 seconds")
      assert.strictEqual(yield* Queue.size(changes), 0)
      yield* TestClock.adjust("2 seconds")
      assert.strictEqual(yield* Queue.size(changes), 1)
    }).pipe(Effect.provide(scripted(files, new Map()).layer))
  })

  it.effect("watches every directory that holds a link of the chain, and the new ones after a swap", () => {
    const files = new Map([
      ["/app/v1/c.yaml", "1"],
      ["/app/v2/c.yaml", "2"]
    ])
    const links = new Map([
      ["/app/c.yaml", "data/c.yaml"],
      ["/app/data", "v1"]
    ])
    const { event, layer, watched } = scripted(files, links)
    return Effect.gen(function* () {
      const changes = yield* watching("/app/c.yaml")
      yield* TestClock.adjust("1 second")
      assert.deepStrictEqual(watched(), ["/app", "/app/v1"])
      links.set("/app/data", "v2")
      yield* event("/app")
      yield* TestClock.adjust("1 second")
      assert.strictEqual(yield* Queue.size(changes), 1)
      assert.deepStrictEqual(watched(), ["/app", "/app/v2"])
      files.set("/app/v2/c.yaml", "2.1")
      yield* event("/app/v2")
      yield* TestClock.adjust("1 second")
      assert.strictEqual(yield* Queue.size(changes), 2)
    }).pipe(Effect.provide(layer))
  })

  it.effect("waits for a file that is still being written", () => {
    const files = new Map([["/app/c.yaml", "a"]])
    const { event, layer } = scripted(files, new Map())
    const write = (content: string) => {
      files.set("/app/c.yaml", content)
      return event("/app")
    }
    return Effect.gen(function* () {
      const changes = yield* watching("/app/c.yaml")
      yield* TestClock.adjust("1 second")
      yield* write("half")
      yield* TestClock.adjust("150 millis")
      yield* write("half and half")
      yield* TestClock.adjust("1 second")
      assert.strictEqual(yield* Queue.size(changes), 1)
    }).pipe(Effect.provide(layer))
  })

  it.effect("does not follow links in a circle for ever", () =>
    Effect.gen(function* () {
      const changes = yield* watching("/app/c.yaml")
      yield* TestClock.adjust("10 seconds")
      assert.strictEqual(yield* Queue.size(changes), 0)
    }).pipe(
      Effect.provide(
        Layer.merge(
          FileSystem.layerNoop({
            stream: () => Stream.make(new Uint8Array()),
            readLink: (path) =>
              path === "/app/c.yaml" ? Effect.succeed("c.yaml") : FileSystem.makeNoop({}).readLink(path)
          }),
          Path.layer
        )
      )
    )
  )
})
