/**
 * Programs of others as processes, each owned by a scope. A process and all that it started are gone when the scope has
 * closed, and also when the test's own process ends, however it ends.
 */
import { spawn } from "node:child_process"
import { createServer } from "node:net"
import { tmpdir } from "node:os"
import * as Effect from "effect/Effect"
import * as Random from "effect/Random"
import * as Schema from "effect/Schema"
import type * as Scope from "effect/Scope"

/** A program ended, or was too slow, before it said that it was ready; with the end of what it wrote. */
export class StartError extends Schema.TaggedError<StartError>()("StartError", {
  program: Schema.String,
  problem: Schema.String,
  output: Schema.String
}) {
  override get message() {
    return `${this.program} ${this.problem}; it wrote:\n${this.output}`
  }
}

export interface Program {
  /** For messages. */
  readonly name: string
  readonly command: string
  readonly args: ReadonlyArray<string>
  /** All of its environment but `PATH` and `HOME`: nothing of the caller's reaches a program of others, no `.env` either. */
  readonly env?: { readonly [name: string]: string }
  /** What it writes, on stdout or stderr, when it can be used. */
  readonly ready: RegExp
}

export interface Started {
  /** What `ready` found. */
  readonly ready: RegExpExecArray
  /** The failure of a program that says it is ready and is not. */
  readonly failure: (problem: string) => StartError
}

/** Starts a program and waits until it is ready. Its output is kept for the error, and not shown. */
export const start = Effect.fnUntraced(function* (
  program: Program
): Effect.fn.Return<Started, StartError, Scope.Scope> {
  const { child, output } = yield* Effect.acquireRelease(
    Effect.sync(() => launch(program)),
    ({ child }) => end(child)
  )
  const failure = (problem: string) => new StartError({ program: program.name, problem, output: output().slice(-4000) })
  return yield* Effect.callback<Started, StartError>((resume) => {
    const fail = (problem: string) => resume(Effect.fail(failure(problem)))
    const look = () => {
      const found = program.ready.exec(output())
      if (found !== null) resume(Effect.succeed({ ready: found, failure }))
    }
    child.stdout.on("data", look)
    child.stderr.on("data", look)
    child.once("exit", (code, signal) => fail(`ended (${code ?? signal})`))
    child.once("error", (error) => fail(`cannot be started (${error.message})`))
    const timer = setTimeout(() => fail(`was not ready after ${readyWithin / 1000} seconds`), readyWithin).unref()
    return Effect.sync(() => clearTimeout(timer))
  })
})

/** Runs a program to its end, with `input` on its stdin; gives its stdout. It fails with any code but 0. */
export const run = (program: Omit<Program, "ready">, input = ""): Effect.Effect<string, StartError> =>
  Effect.callback((resume) => {
    const child = spawn(program.command, program.args, { ...surroundings(program), stdio: "pipe" })
    const stdout: Array<string> = []
    const stderr: Array<string> = []
    const fail = (problem: string) =>
      resume(Effect.fail(new StartError({ program: program.name, problem, output: stderr.join("").slice(-4000) })))
    child.stdout.setEncoding("utf8").on("data", (chunk: string) => stdout.push(chunk))
    child.stderr.setEncoding("utf8").on("data", (chunk: string) => stderr.push(chunk))
    child.once("error", (error) => fail(`cannot be started (${error.message})`))
    child.once("close", (code) => (code === 0 ? resume(Effect.succeed(stdout.join(""))) : fail(`ended (${code})`)))
    // A program that ends without reading its input is told about by its code.
    child.stdin.on("error", () => {}).end(input)
    return Effect.sync(() => child.kill("SIGKILL"))
  })

/**
 * A port of the loopback that was free a moment ago, for programs that cannot pick one themselves. It is none that the
 * system gives to those who ask for any: another test would get it before the program has started.
 */
export const freePort: Effect.Effect<number> = Effect.flatMap(
  Random.nextIntBetween(20_000, 32_000),
  (port): Effect.Effect<number> =>
    Effect.callback((resume) => {
      const server = createServer()
      server.once("error", () => resume(freePort))
      server.listen(port, "127.0.0.1", () => server.close(() => resume(Effect.succeed(port))))
    })
)

// -----------------------------------------------------------------------------
// internals

/** Two seconds where nothing else runs; half a minute was seen on two cores that were busy many times over. */
const readyWithin = 120_000

/** What a program may take to end by itself. */
const endWithin = 10_000

/**
 * The program is the leader of a process group, and dies with its group when its stdin ends: the other end is held by
 * this process alone. A program that has children in groups of their own (supergateway) ends them when it is told to end.
 * Its own stdin is another one: Node would make the shared one non-blocking, and `cat` would end at once.
 */
const leash = `exec 3<&0; { cat <&3; kill -TERM 0; } >/dev/null & "$@" 3<&- </dev/null; code=$?; kill $!; exit $code`

const launch = (program: Program) => {
  const child = spawn("sh", ["-c", leash, program.name, program.command, ...program.args], {
    ...surroundings(program),
    detached: true,
    stdio: "pipe"
  })
  const chunks: Array<string> = []
  child.stdout.setEncoding("utf8").on("data", (chunk: string) => chunks.push(chunk))
  child.stderr.setEncoding("utf8").on("data", (chunk: string) => chunks.push(chunk))
  child.stdin.on("error", () => {})
  return { child, output: () => chunks.join("") }
}

type Child = ReturnType<typeof launch>["child"]

/** Its pipes close when the last process that holds them has ended; the group is killed if that takes too long. */
const end = (child: Child): Effect.Effect<void> =>
  Effect.callback<void>((resume) => {
    if (child.pid === undefined || (child.stdout.closed && child.stderr.closed)) return resume(Effect.void)
    child.once("close", () => resume(Effect.void))
    child.stdin.end()
  }).pipe(
    Effect.timeoutOrElse({
      duration: endWithin,
      orElse: () => Effect.ignore(Effect.try(() => process.kill(-(child.pid ?? Number.NaN), "SIGKILL")))
    })
  )

const surroundings = ({ env }: Pick<Program, "env">) => ({
  cwd: tmpdir(),
  env: { PATH: process.env["PATH"], HOME: tmpdir(), ...env }
})
