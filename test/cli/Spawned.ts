/** `serve` as a process of its own. */
import { Deferred, Effect, Exit } from "effect"
import { spawn } from "node:child_process"
import { mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { inject } from "vitest"
import * as FakeServer from "../../src/testing/FakeServer.ts"

/** A configuration file of these servers, which goes with the test; `write` replaces it as an editor does. */
export const fileOf = Effect.fnUntraced(function* (content: object) {
  const directory = yield* Effect.acquireRelease(
    Effect.sync(() => mkdtempSync(join(tmpdir(), "serve-"))),
    (path) => Effect.sync(() => rmSync(path, { recursive: true }))
  )
  const file = join(directory, "mcp-config.yaml")
  const write = (content: object) => {
    writeFileSync(`${file}.new`, JSON.stringify(content))
    renameSync(`${file}.new`, file)
  }
  write(content)
  return { file, write: (next: object) => Effect.sync(() => write(next)) }
})

export const configOf = (servers: ReadonlyArray<FakeServer.FakeServer>, server: object = {}) => ({
  ...FakeServer.orchestratorConfig(servers, { orchestration: { retry: { attempts: 1 } } }),
  server: { port: 0, ...server }
})

/** Starts `serve`; `listening` completes with its address, `ended` when the process has. */
export const start = Effect.fnUntraced(function* (
  file: string,
  args: ReadonlyArray<string> = [],
  env: { readonly [name: string]: string } = {}
) {
  const child = spawn(process.execPath, [inject("runner"), "serve", "--config", file, ...args], {
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "pipe"]
  })
  yield* Effect.addFinalizer(() => Effect.sync(() => child.kill("SIGKILL")))
  const ended = yield* Deferred.make<{ code: number | null; stdout: string; stderr: string }>()
  let stdout = ""
  let stderr = ""
  const waiters = new Set<() => void>()
  child.stdout.on("data", (chunk) => (stdout += chunk))
  child.stderr.on("data", (chunk) => {
    stderr += chunk
    for (const waiter of waiters) waiter()
  })
  child.on("close", (code) => Deferred.doneUnsafe(ended, Exit.succeed({ code, stdout, stderr })))
  /** The next lines are looked at too: what it gives is the first group, or all that was found. */
  const awaitStderr = (pattern: RegExp) =>
    Effect.callback<string>((resume) => {
      const check = () => {
        const found = pattern.exec(stderr)
        if (found === null) return
        waiters.delete(check)
        resume(Effect.succeed(found[1] ?? found[0]))
      }
      waiters.add(check)
      check()
      return Effect.sync(() => waiters.delete(check))
    })
  return {
    child,
    ended: Deferred.await(ended),
    awaitStderr,
    listening: awaitStderr(/"http_listening".*"url":"([^"]+)"/),
    ready: awaitStderr(/^ready: (http\S+)\/v1 /m)
  }
})
