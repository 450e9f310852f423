/** Debian's MariaDB with a data folder of its own, for tests that run statements in it. */
import { Effect, Schema, type Scope } from "effect"
import { spawn, spawnSync } from "node:child_process"
import { existsSync, mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"

/** Debian puts the server where only root looks for programs. */
const searched = [...(process.env["PATH"] ?? "").split(":"), "/usr/sbin", "/usr/local/sbin"]
const program = (name: string): string => searched.map((folder) => join(folder, name)).find(existsSync) ?? ""

const server = program("mariadbd")
const client = program("mariadb")
const install = program("mariadb-install-db")

export const isInstalled = server !== "" && client !== "" && install !== ""

export interface MariaDb {
  /** Runs statements as this user; what goes wrong there is a bug of the test. */
  readonly run: (user: string, database: string, sql: string) => string
}

const asRoot = process.getuid?.() === 0 ? ["--user=root"] : []

/** Starts the server; the scope ends it, and its data folder with it. */
export const start: Effect.Effect<MariaDb, never, Scope.Scope> = Effect.gen(function* () {
  const path = yield* Effect.acquireRelease(
    Effect.sync(() => mkdtempSync(join(tmpdir(), "introspection-"))),
    (folder) => Effect.sync(() => rmSync(folder, { recursive: true, force: true }))
  )
  // A server that starts removes the temporary tables in its folder, another server's too.
  const folders = [`--datadir=${path}/data`, `--tmpdir=${path}`]
  const socket = `--socket=${path}/socket`
  const installed = spawnSync(
    install,
    ["--no-defaults", ...folders, "--auth-root-authentication-method=normal", ...asRoot],
    { encoding: "utf8" }
  )
  if (installed.status !== 0) return yield* Effect.die(new Error(installed.stdout + installed.stderr))
  const child = yield* Effect.acquireRelease(
    Effect.sync(() => spawn(server, ["--no-defaults", ...folders, socket, "--skip-networking", ...asRoot])),
    (process) =>
      Effect.callback<void>((resume) => {
        if (process.exitCode !== null) return resume(Effect.void)
        process.once("exit", () => resume(Effect.void))
        process.kill()
      })
  )
  yield* Effect.callback<void>((resume) => {
    let said = ""
    child.stderr.on("data", (chunk) => {
      said += chunk
      if (said.includes("ready for connections")) resume(Effect.void)
    })
    child.once("exit", () => resume(Effect.die(new Error(said))))
  })
  return {
    run: (user, database, sql) => {
      const args = ["--no-defaults", socket, `-u${user}`, "--batch", "--raw", "--skip-column-names", database]
      const { status, stderr, stdout } = spawnSync(client, args, { input: sql, encoding: "utf8" })
      if (status !== 0) throw new Error(stderr)
      return stdout
    }
  }
})

const Cells = Schema.fromJsonString(Schema.Array(Schema.String))

/** The rows of a statement, as JSON says them: a text may hold what the client separates columns with. */
export const rowsOf = (
  { run }: MariaDb,
  user: string,
  database: string,
  sql: string,
  columns: ReadonlyArray<string>
): ReadonlyArray<ReadonlyArray<string>> =>
  run(user, database, `SELECT json_array(${columns.join(", ")}) FROM (${sql}) q`)
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => Schema.decodeSync(Cells)(line))
