/** `serve` as a command. */
import { spawn } from "node:child_process"
import { readFileSync } from "node:fs"
import * as Effect from "effect/Effect"
import { BenchError } from "./Child.ts"

export interface Idle {
  /** From the start until every server was connected. */
  readonly readyMs: number
  /** Resident memory, 10^6 bytes: some time after, and at its peak until then. */
  readonly rssMb: number
  readonly peakMb: number
}

/** Starts it on a port of its own, and waits until it is ready; it ends with the scope, which waits for that. */
export const start = Effect.fnUntraced(function* (runner: string, config: string, args: ReadonlyArray<string> = []) {
  const started = performance.now()
  const child = yield* Effect.acquireRelease(
    Effect.sync(() =>
      spawn(process.execPath, [runner, "serve", "--port", "0", "--config", config, ...args], {
        stdio: ["ignore", "ignore", "pipe"]
      })
    ),
    (child) =>
      Effect.callback<void>((resume) => {
        if (child.exitCode !== null || child.signalCode !== null) return resume(Effect.void)
        child.once("exit", () => resume(Effect.void))
        child.kill("SIGTERM")
      })
  )
  const url = yield* Effect.callback<string, BenchError>((resume) => {
    let written = ""
    child.stderr.on("data", (chunk: Buffer) => {
      written += chunk.toString()
      const ready = /^ready: (http\S+)\/v1 /m.exec(written)?.[1]
      if (ready !== undefined) resume(Effect.succeed(ready))
    })
    child.on("exit", (code) => resume(Effect.fail(new BenchError({ message: `serve ended with ${code}: ${written}` }))))
  })
  return { url, pid: child.pid ?? 0, readyMs: performance.now() - started }
})

/** As it is with nothing to do: `settle` ms after it was ready. Linux only: the kernel's own figures. */
export const idle = Effect.fnUntraced(function* (runner: string, config: string, settle: number) {
  const { pid, readyMs } = yield* start(runner, config)
  yield* Effect.sleep(settle)
  const status = yield* Effect.sync(() => readFileSync(`/proc/${pid}/status`, "utf8"))
  const of = (field: string) => (Number(new RegExp(`${field}:\\s+(\\d+) kB`).exec(status)?.[1]) * 1024) / 1e6
  const measured: Idle = { readyMs, rssMb: of("VmRSS"), peakMb: of("VmHWM") }
  return measured
}, Effect.scoped)
