/** A program as a whole command, from its start to its end. */
import { spawn } from "node:child_process"
import { fileURLToPath } from "node:url"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { BenchError } from "./Child.ts"

export interface Run {
  readonly wallMs: number
  readonly cpuMs: number
  /** Resident memory at its peak, 10^6 bytes. */
  readonly peakMb: number
}

/** Runs `node …args`; its stdout and stderr go nowhere. Fails if it does. */
export const run = (args: ReadonlyArray<string>): Effect.Effect<Run, BenchError> =>
  Effect.callback((resume) => {
    const started = performance.now()
    // The report comes from inside the process: nobody else in Node learns what a child has used.
    const child = spawn(process.execPath, ["--require", usageReport, ...args], {
      stdio: ["ignore", "ignore", "ignore", "pipe"]
    })
    let report = ""
    child.stdio[3]?.on("data", (chunk: Buffer) => (report += chunk.toString()))
    child.on("close", (code) => {
      const wallMs = performance.now() - started
      resume(
        code === 0
          ? Effect.map(Effect.orDie(decode(report)), ({ cpuMs, peakBytes }) => ({
              wallMs,
              cpuMs,
              peakMb: peakBytes / 1e6
            }))
          : Effect.fail(new BenchError({ message: `node ${args.join(" ")} ended with ${code}` }))
      )
    })
    return Effect.sync(() => child.kill("SIGKILL"))
  })

const decode = Schema.decodeUnknownEffect(
  Schema.fromJsonString(Schema.Struct({ cpuMs: Schema.Finite, peakBytes: Schema.Finite }))
)

const usageReport = fileURLToPath(new URL("./usage-report.cjs", import.meta.url))
