/** The servers of others are no dependencies of this project: they are installed into a folder of their own. */
import { existsSync, readFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"

/** The folder with the servers' `package.json` and its lock. */
export const folder = fileURLToPath(new URL("../servers/", import.meta.url))

/** A file of an installed package. */
export const packageFile = (path: string): string => `${folder}node_modules/${path}`

const Manifest = Schema.fromJsonString(Schema.Struct({ dependencies: Schema.Record(Schema.String, Schema.String) }))
const Installed = Schema.fromJsonString(
  Schema.Struct({
    packages: Schema.Record(Schema.String, Schema.Struct({ version: Schema.optionalKey(Schema.String) }))
  })
)

/** The exact versions that are to be installed, by package. */
export const versions: { readonly [name: string]: string } = Schema.decodeSync(Manifest)(
  readFileSync(`${folder}package.json`, "utf8")
).dependencies

/** npm writes this list last, so half an installation has none. */
const installed = (): boolean => {
  const list = packageFile(".package-lock.json")
  if (!existsSync(list)) return false
  const packages = Option.getOrUndefined(Schema.decodeOption(Installed)(readFileSync(list, "utf8")))?.packages
  return Object.entries(versions).every(([name, version]) => packages?.[`node_modules/${name}`]?.version === version)
}

/** Why tests that need the servers cannot run; `null` if they can. */
export const missing: string | null = installed() ? null : "skipped: run npm run real:install, which gets the servers"

/** Debian puts the server where only root looks for programs. */
const programFolders = [...(process.env["PATH"] ?? "").split(":"), "/usr/sbin", "/usr/local/sbin"]

/** The path of a program of the system; `null` where there is none. */
export const systemProgram = (name: string): string | null =>
  programFolders.map((directory) => `${directory}/${name}`).find((path) => existsSync(path)) ?? null

/** The programs of MariaDB; `null` where they are not all there. */
export const mariadb: { readonly server: string; readonly client: string; readonly install: string } | null = (() => {
  const server = systemProgram("mariadbd")
  const client = systemProgram("mariadb")
  const install = systemProgram("mariadb-install-db")
  return server === null || client === null || install === null ? null : { server, client, install }
})()

/** Why the tests with MariaDB cannot run; `null` if they can. */
export const mariadbMissing: string | null =
  missing ?? (mariadb === null ? "skipped: install mariadb-server (apt-get install mariadb-server)" : null)
