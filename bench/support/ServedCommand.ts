/** `serve` as a command that has nothing to do. */
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

/** Starts it, waits until it is ready and `settle` ms longer, and ends it. Linux only: the kernel's own figures. */
export const idle = Effect.fnUntraced(function* (runner: string, config: string, settle: number) {
  const started = performance.now()
  const child = yield* Effect.acquireRelease(
    Effect.sync(() =>
      spawn(process.execPath, [runner, "serve", "--port", "0", "--config", config], {
        stdio: ["ignore", "ignore", "pipe"]
      })
    ),
    (child) => Effect.sync(() => child.kill("SIGKILL"))
  )
  yield* Effect.callback<void, BenchError>((resume) => {
    let written = ""
    child.stderr.on("data", (chunk: Buffer) => {
      written += chunk.toString()
      if (written.includes("ready: ")) resume(Effect.void)
    })
    child.on("exit", (code) => resume(Effect.fail(new BenchError({ message: `serve ended with ${code}: ${written}` }))))
  })
  const readyMs = performance.now() - started
  yield* Effect.sleep(settle)
  const status = yield* Effect.sync(() => readFileSync(`/proc/${child.pid}/status`, "utf8"))
  const of = (field: string) => (Number(new RegExp(`${field}:\\s+(\\d+) kB`).exec(status)?.[1]) * 1024) / 1e6
  const measured: Idle = { readyMs, rssMb: of("VmRSS"), peakMb: of("VmHWM") }
  return measured
}, Effect.scoped)
