/** Debian's PostgreSQL with a data folder of its own, which can be restarted as after a loss of power. */
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Scope from "effect/Scope"
import { execFileSync } from "node:child_process"
import { chmodSync, chownSync, existsSync, mkdirSync, readdirSync } from "node:fs"
import { temporaryFolder } from "../../real/support/Databases.ts"
import * as Processes from "../../real/support/Processes.ts"

const versions = "/usr/lib/postgresql"

/** The folder of its programs; `null` where it is not installed. */
const programs: string | null =
  (existsSync(versions) ? readdirSync(versions) : [])
    .toSorted((a, b) => Number(b) - Number(a))
    .map((version) => `${versions}/${version}/bin/`)
    .find((folder) => existsSync(`${folder}postgres`) && existsSync(`${folder}initdb`)) ?? null

/** Why the tests with it cannot run; `null` if they can. */
export const missing: string | null =
  programs === null ? "skipped: install postgresql (apt-get install postgresql)" : null

export interface Postgres {
  readonly url: string
  /** Ends it without any farewell, and starts it again on what it had written. */
  readonly restart: Effect.Effect<void, Processes.StartError>
}

export const start: Effect.Effect<Postgres, Processes.StartError, Scope.Scope> = Effect.gen(function* () {
  const bin = programs ?? (yield* Effect.die(new Error("PostgreSQL is not installed")))
  const folder = yield* temporaryFolder
  const data = `${folder}/data`
  mkdirSync(data)
  // It refuses to run as root.
  const user = process.getuid?.() === 0 ? idOf("postgres") : null
  if (user !== null) {
    chmodSync(folder, 0o755)
    chownSync(data, user, user)
  }
  const as = (program: string, args: ReadonlyArray<string>) =>
    user === null
      ? { name: program, command: `${bin}${program}`, args }
      : {
          name: program,
          command: "setpriv",
          args: [`--reuid=${user}`, `--regid=${user}`, "--clear-groups", `${bin}${program}`, ...args]
        }
  yield* Processes.run(as("initdb", ["-D", data, "-U", "batch", "-A", "trust", "-E", "UTF8", "--no-sync"]))
  const port = yield* Processes.freePort
  // It is the process that crashes here, not the machine: what it has written is in the files, also without waiting for
  // the disk.
  const settings = ["listen_addresses=127.0.0.1", "unix_socket_directories=", "fsync=off"]
  const args = ["-D", data, "-p", String(port), ...settings.flatMap((setting) => ["-c", setting])]
  const begin = Effect.gen(function* () {
    const scope = yield* Scope.make()
    yield* Processes.start({ ...as("postgres", args), ready: /ready to accept connections/ }).pipe(Scope.provide(scope))
    // Told to end politely, it would wait for its clients.
    const crash = Processes.run(as("pg_ctl", ["-D", data, "-m", "immediate", "stop"]))
    yield* Scope.addFinalizer(scope, Effect.ignore(crash))
    return scope
  })
  let running = yield* begin
  yield* Effect.addFinalizer(() => Scope.close(running, Exit.void))
  return {
    url: `postgres://batch@127.0.0.1:${port}/postgres`,
    // Interrupted in the middle, it would leave one running that nobody ends.
    restart: Effect.uninterruptible(
      Effect.gen(function* () {
        yield* Scope.close(running, Exit.void)
        running = yield* begin
      })
    )
  }
})

const idOf = (user: string): number => Number(execFileSync("id", ["-u", user], { encoding: "utf8" }))
