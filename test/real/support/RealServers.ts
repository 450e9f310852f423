/**
 * The servers of others, started as their documentation says; those that speak stdio stand behind supergateway. Each
 * gives the URL of its event stream, and is gone with the scope.
 */
import * as Effect from "effect/Effect"
import type * as Scope from "effect/Scope"
import type { Database, Networked, Sqlite } from "./Databases.ts"
import * as Documented from "./Documented.ts"
import { folder, packageFile } from "./Installation.ts"
import * as Processes from "./Processes.ts"
import type { Entry } from "./Product.ts"
import * as SdkClient from "./SdkClient.ts"

type Start = Effect.Effect<string, Processes.StartError, Scope.Scope>

/** Servers over one kind of database, by their names in the documentation's table. */
interface Family<D extends Database> {
  readonly [server: string]: (database: D) => Start
}

/** FastMCP's publishes its schema, as JSON under text/plain. */
export const sqlite: Family<Sqlite> = {
  "fastmcp (SQLite)": ({ file }) => fastmcp("database", file),
  "node-sqlite-mcp": () => gateway([packageFile("node-sqlite-mcp/dist/index.js")])
}

export const postgres: Family<Networked> = {
  "@modelcontextprotocol/server-postgres": (database) =>
    gateway([packageFile("@modelcontextprotocol/server-postgres/dist/index.js"), urlOf(database)]),
  "@bytebase/dbhub": (database) => dbhub(`${urlOf(database)}?sslmode=disable`),
  "@executeautomation/database-server": ({ database, host, password, port, user }) =>
    gateway([
      // Its driver for SQLite is a native module, which it loads also where it is not used.
      "--import",
      `${folder}without-sqlite3.mjs`,
      packageFile("@executeautomation/database-server/dist/src/index.js"),
      "--postgresql",
      "--host",
      host,
      "--port",
      String(port),
      "--database",
      database,
      "--user",
      user,
      "--password",
      password
    ]),
  "@henkey/postgres-mcp-server": (database) =>
    gateway([packageFile("@henkey/postgres-mcp-server/build/index.js"), "--connection-string", urlOf(database)]),
  "mcp-postgres-server": (database) =>
    gateway([packageFile("mcp-postgres-server/build/index.js")], { DATABASE_URL: urlOf(database) }),
  "mcp-postgres-full-access": (database) =>
    gateway([packageFile("mcp-postgres-full-access/dist/index.js"), urlOf(database)])
}

export const mysql: Family<Networked> = {
  "@benborla29/mcp-server-mysql": ({ database, host, password, port, user }) =>
    gateway([packageFile("@benborla29/mcp-server-mysql/dist/index.js")], {
      MYSQL_HOST: host,
      MYSQL_PORT: String(port),
      MYSQL_USER: user,
      MYSQL_PASS: password,
      MYSQL_DB: database
    }),
  "@bytebase/dbhub, MariaDB": ({ database, host, password, port, user }) =>
    dbhub(`mariadb://${user}:${password}@${host}:${port}/${database}`)
}

/** A server that runs, by its name in the documentation's table. */
export interface Running extends Entry {
  readonly server: string
  /** What it is asked about; `null` for the two that are no databases. */
  readonly database: Database | null
}

/** Starts servers by name, four at a time. `place` is where the documented database file is here. */
export const startAll = <D extends Database>(
  family: Family<D>,
  database: D,
  place?: readonly [written: string, here: string]
): Effect.Effect<ReadonlyArray<Running>, Processes.StartError, Scope.Scope> =>
  Effect.forEach(
    Object.entries(family),
    ([server, start]) =>
      Effect.map(start(database), (url) => ({ server, url, lines: Documented.linesOf(server, place), database })),
    { concurrency: 4 }
  )

/** Starts the server with aliases and column mappings. */
export const metadata: Effect.Effect<Running, Processes.StartError, Scope.Scope> = Effect.map(
  fastmcp("metadata"),
  (url) => withoutDatabase("fastmcp (metadata)", url)
)

/** Starts the reference server, which has one of everything. */
export const everything: Effect.Effect<Running, Processes.StartError, Scope.Scope> = Effect.gen(function* () {
  const port = yield* Processes.freePort
  yield* Processes.start({
    name: "server-everything",
    command: process.execPath,
    args: [...onLoopback, packageFile("@modelcontextprotocol/server-everything/dist/index.js"), "sse"],
    env: { PORT: String(port) },
    ready: /running on port/
  })
  return withoutDatabase("@modelcontextprotocol/server-everything", `http://127.0.0.1:${port}/sse`)
})

// -----------------------------------------------------------------------------
// internals

const withoutDatabase = (server: string, url: string): Running => ({
  server,
  url,
  lines: Documented.linesOf(server),
  database: null
})

function fastmcp(...role: ReadonlyArray<string>): Start {
  return Effect.gen(function* () {
    const port = yield* Processes.freePort
    yield* Processes.start({
      name: "FastMCP",
      command: process.execPath,
      args: [`${folder}fastmcp.mjs`, String(port), ...role],
      ready: /^ready$/m
    })
    return `http://127.0.0.1:${port}/sse`
  })
}

/** For the two that listen on all interfaces and cannot be told otherwise. */
const onLoopback = ["--import", `${folder}loopback.mjs`]

const dbhub = (url: string) =>
  gateway([packageFile("@bytebase/dbhub/dist/index.js"), "--transport", "stdio", "--dsn", url])

const urlOf = ({ database, host, password, port, user }: Networked) =>
  `postgres://${user}:${password}@${host}:${port}/${database}`

/** supergateway takes one command line for a shell. */
const gateway = Effect.fnUntraced(function* (
  args: ReadonlyArray<string>,
  env: { readonly [name: string]: string } = {}
) {
  const port = yield* Processes.freePort
  const command = [process.execPath, ...args].map((word) => `'${word.replaceAll("'", `'\\''`)}'`).join(" ")
  const { failure } = yield* Processes.start({
    name: `supergateway with ${args.find((word) => word.startsWith(folder)) ?? ""}`,
    command: process.execPath,
    args: [...onLoopback, packageFile("supergateway/dist/index.js"), "--stdio", command, "--port", String(port)],
    // Where the day begins elsewhere than in UTC: a driver that makes instants of dates shifts them.
    env: { TZ: "Europe/Berlin", ...env },
    ready: /Listening on port/
  })
  const url = `http://127.0.0.1:${port}/sse`
  // It listens before the server behind it lives.
  yield* SdkClient.tools(url).pipe(
    Effect.timeout("30 seconds"),
    Effect.catchCause(() => Effect.fail(failure("does not answer")))
  )
  return url
})
