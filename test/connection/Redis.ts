/** A real redis-server on a port of its own, which can be stopped and started again. */
import { Effect, type Scope } from "effect"
import { type ChildProcess, spawn, spawnSync } from "node:child_process"
import { createServer } from "node:net"

/** Whether it is installed here. */
export const isInstalled = spawnSync("redis-server", ["--version"]).status === 0

const freePort = Effect.callback<number>((resume) => {
  const server = createServer().listen(0, "127.0.0.1", () => {
    const address = server.address()
    const port = address !== null && typeof address === "object" ? address.port : 0
    server.close(() => resume(Effect.succeed(port)))
  })
})

export interface Redis {
  readonly url: string
  /** Begins, and waits until it takes connections. */
  readonly start: Effect.Effect<void>
  /** As `kill -9`. */
  readonly kill: Effect.Effect<void>
  /** It holds its connections, and says nothing more. */
  readonly freeze: Effect.Effect<void>
  readonly thaw: Effect.Effect<void>
}

/** Not yet started; ends with the scope. */
export const make: Effect.Effect<Redis, never, Scope.Scope> = Effect.gen(function* () {
  const port = yield* freePort
  let child: ChildProcess | null = null
  const kill = Effect.callback<void>((resume) => {
    if (child === null) return resume(Effect.void)
    child.once("exit", () => resume(Effect.void))
    child.kill("SIGKILL")
    child = null
  })
  yield* Effect.addFinalizer(() => kill)
  const signal = (name: NodeJS.Signals) => Effect.sync(() => void child?.kill(name))
  return {
    url: `redis://127.0.0.1:${port}`,
    start: Effect.callback<void>((resume) => {
      const args = ["--port", String(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", "/"]
      child = spawn("redis-server", args, { stdio: ["ignore", "pipe", "inherit"] })
      child.stdout?.on("data", (line) => {
        if (String(line).includes("Ready to accept connections")) resume(Effect.void)
      })
    }),
    kill,
    freeze: signal("SIGSTOP"),
    thaw: signal("SIGCONT")
  }
})
