/** Programs of others start within bounds, say why they do not, and leave nothing behind. */
import { assert, it } from "@effect/vitest"
import { Deferred, Effect, Exit, Scope } from "effect"
import { spawn } from "node:child_process"
import { connect } from "node:net"
import * as Processes from "./support/Processes.ts"

/** A program whose child listens on a port, and says which. */
const parent = `
  const listen = 'require("node:net").createServer().listen(0, "127.0.0.1", function () { console.log("ready", this.address().port) })'
  require("node:child_process").spawn(process.execPath, ["-e", listen], { stdio: "inherit" })`

const program = (script: string): Processes.Program => ({
  name: "a program",
  command: process.execPath,
  args: ["-e", script],
  ready: /^ready (\d+)$/m
})

const listens = (port: string | undefined): Effect.Effect<boolean> =>
  Effect.callback((resume) => {
    const socket = connect(Number(port), "127.0.0.1")
    socket.once("connect", () => resume(Effect.succeed(true)))
    socket.once("error", () => resume(Effect.succeed(false)))
    return Effect.sync(() => socket.destroy())
  })

/** Nobody tells of the end of a process that is no child of this one: its port does. */
const awaitGone = (port: string | undefined) =>
  listens(port).pipe(
    Effect.delay("10 millis"),
    Effect.repeat({ while: (listening) => listening }),
    Effect.timeout("10 seconds")
  )

it.live("a program and its children are gone when the scope has closed", () =>
  Effect.gen(function* () {
    const scope = yield* Scope.make()
    const { ready } = yield* Processes.start(program(parent)).pipe(Scope.provide(scope))
    assert.isTrue(yield* listens(ready[1]))
    yield* Scope.close(scope, Exit.void)
    yield* awaitGone(ready[1])
  })
)

it.live("a program and its children are gone when the process that started them is killed", () =>
  Effect.gen(function* () {
    const module = new URL("./support/Processes.ts", import.meta.url).href
    const holder = `
      const { Effect, Scope } = await import("effect")
      const { start } = await import(${JSON.stringify(module)})
      const program = { ...${JSON.stringify(program(parent))}, ready: ${program("").ready} }
      const scope = await Effect.runPromise(Scope.make())
      const { ready } = await Effect.runPromise(Scope.provide(start(program), scope))
      console.log(ready[0])`
    const child = spawn(process.execPath, ["--input-type=module", "-e", holder], {
      stdio: ["ignore", "pipe", "inherit"]
    })
    yield* Effect.addFinalizer(() => Effect.sync(() => child.kill("SIGKILL")))
    const port = yield* Deferred.make<string>()
    let output = ""
    child.stdout.on("data", (chunk) => {
      output += chunk
      const found = /^ready (\d+)$/m.exec(output)?.[1]
      if (found !== undefined) Deferred.doneUnsafe(port, Exit.succeed(found))
    })
    const listening = yield* Deferred.await(port)
    assert.isTrue(yield* listens(listening))
    child.kill("SIGKILL")
    yield* awaitGone(listening)
  })
)

it.live("a program that ends before it is ready fails with its code and what it wrote", () =>
  Effect.gen(function* () {
    const error = yield* Effect.flip(Processes.start(program(`console.error("no database"); process.exitCode = 3`)))
    assert.strictEqual(error.message, "a program ended (3); it wrote:\nno database\n")
  })
)

it.live("a program that cannot be found says so", () =>
  Effect.gen(function* () {
    const error = yield* Effect.flip(Processes.start({ ...program(""), command: "/no/such/program" }))
    assert.include(error.message, "/no/such/program")
  })
)
