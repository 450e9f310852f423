/** The shop in a database of each dialect, owned by a scope, which the tests ask past every MCP server. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { DatabaseSync } from "node:sqlite"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import type * as Scope from "effect/Scope"
import { script } from "../shop/Shop.ts"
import { folder, mariadb } from "./Installation.ts"
import * as Processes from "./Processes.ts"

/** Rows as texts, as the database itself writes its values. */
export type Answer = ReadonlyArray<ReadonlyArray<string | null>>

export interface Database {
  /** Runs a statement in the database itself; what goes wrong there is a bug of the test. */
  readonly ask: (sql: string) => Effect.Effect<Answer>
}

export interface Sqlite extends Database {
  readonly file: string
}

export interface Networked extends Database {
  readonly host: string
  readonly port: number
  readonly user: string
  readonly password: string
  readonly database: string
}

/** A folder that is gone with the scope. */
export const temporaryFolder: Effect.Effect<string, never, Scope.Scope> = Effect.acquireRelease(
  Effect.sync(() => mkdtempSync(join(tmpdir(), "real-servers-"))),
  (path) => Effect.sync(() => rmSync(path, { recursive: true, force: true }))
)

export const sqlite: Effect.Effect<Sqlite, never, Scope.Scope> = Effect.gen(function* () {
  const file = join(yield* temporaryFolder, "shop.sqlite")
  const database = yield* Effect.acquireRelease(
    Effect.sync(() => new DatabaseSync(file)),
    (database) => Effect.sync(() => database.close())
  )
  database.exec(script("sqlite"))
  return {
    file,
    ask: (sql) =>
      Effect.sync(() => {
        const statement = database.prepare(sql)
        statement.setReadBigInts(true)
        return statement.all().map((row) => Object.values(row).map((value) => (value === null ? null : String(value))))
      })
  }
})

const Ports = Schema.fromJsonString(Schema.Struct({ port: Schema.Int, queries: Schema.Int }))
const Texts = Schema.Array(Schema.Array(Schema.NullOr(Schema.String)))

/** PostgreSQL as PGlite has it, compiled to WebAssembly: one backend, whose connections take turns. */
export const postgres: Effect.Effect<Networked, Processes.StartError, Scope.Scope> = Effect.gen(function* () {
  const file = join(yield* temporaryFolder, "shop.sql")
  writeFileSync(file, script("postgres"))
  const { ready } = yield* Processes.start({
    name: "PGlite",
    command: process.execPath,
    args: [`${folder}postgres.mjs`, file],
    ready: /^ready (\{.*\})$/m
  })
  const { port, queries } = yield* Effect.orDie(Schema.decodeUnknownEffect(Ports)(ready[1]))
  return {
    host: "127.0.0.1",
    port,
    user: "postgres",
    password: "postgres",
    database: "postgres",
    ask: (sql) =>
      Effect.promise((signal) => fetch(`http://127.0.0.1:${queries}`, { method: "POST", body: sql, signal })).pipe(
        Effect.flatMap((response) => Effect.promise(() => response.json())),
        Effect.flatMap((rows) => Effect.orDie(Schema.decodeUnknownEffect(Texts)(rows)))
      )
  }
})

/** Debian's MariaDB with a data folder of its own. */
export const mysql: Effect.Effect<Networked, Processes.StartError, Scope.Scope> = Effect.gen(function* () {
  const programs = mariadb ?? (yield* Effect.die(new Error("MariaDB is not installed")))
  const path = yield* temporaryFolder
  const socket = join(path, "socket")
  // A server that starts removes the temporary tables in its folder, another server's too.
  const folders = [`--datadir=${path}/data`, `--tmpdir=${path}`]
  // It refuses to run as root unless told so.
  const asRoot = process.getuid?.() === 0 ? ["--user=root"] : []
  yield* Processes.run({
    name: "mariadb-install-db",
    command: programs.install,
    args: ["--no-defaults", ...folders, "--auth-root-authentication-method=normal", ...asRoot]
  })
  const port = yield* Processes.freePort
  yield* Processes.start({
    name: "MariaDB",
    command: programs.server,
    args: [
      "--no-defaults",
      ...folders,
      `--socket=${socket}`,
      `--port=${port}`,
      "--bind-address=127.0.0.1",
      "--skip-name-resolve",
      ...asRoot
    ],
    ready: /ready for connections/
  })
  const client = (args: ReadonlyArray<string>, input: string) =>
    Processes.run(
      { name: "mariadb", command: programs.client, args: ["--no-defaults", "-uroot", `--socket=${socket}`, ...args] },
      input
    )
  yield* client(
    [],
    `CREATE DATABASE shop CHARACTER SET utf8mb4; USE shop; ${script("mysql")}
    CREATE USER reader IDENTIFIED BY 'reader'; GRANT SELECT ON shop.* TO reader;`
  )
  return {
    host: "127.0.0.1",
    port,
    user: "reader",
    password: "reader",
    database: "shop",
    // The client writes NULL as this word; the shop has no such text.
    ask: (sql) =>
      Effect.map(Effect.orDie(client(["--batch", "--skip-column-names", "shop"], sql)), (output) =>
        output
          .split("\n")
          .filter((line) => line !== "")
          .map((line) => line.split("\t").map((value) => (value === "NULL" ? null : value)))
      )
  }
})
