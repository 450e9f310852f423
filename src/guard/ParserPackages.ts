/** The packages that the dialects' parsers come in, and whether they are there. */
import * as Effect from "effect/Effect"
import * as Capability from "../config/Capability.ts"
import type { Dialect, OrchestratorConfig } from "../config/OrchestratorConfig.ts"
import { isInstalled } from "../InstalledPackage.ts"
import { ConfigError, ConfigProblem } from "../OrchestratorError.ts"

/** The name on npm by dialect. */
export const parserPackages: { readonly [dialect in Dialect]: string } = {
  sqlite: "sqlite3-parser",
  postgres: "libpg-query",
  mysql: "@guanmingchiu/sqlparser-ts"
}

/**
 * Fails where a server that is to run SQL speaks a dialect whose parser is not installed: no statement of it could ever
 * be sent. Loads none of them, because gathering and resolving need none.
 */
export const checkInstalled = (config: OrchestratorConfig): Effect.Effect<void, ConfigError> => {
  const lacking = config.servers.filter(
    ({ capabilities, dialect }) =>
      capabilities.includes(Capability.executeQuery) && !isInstalled(parserPackages[dialect])
  )
  if (lacking.length === 0) return Effect.void
  const packages = [...new Set(lacking.map(({ dialect }) => parserPackages[dialect]))]
  return Effect.fail(
    new ConfigError({
      file: config.file,
      problems: lacking.map(
        ({ dialect, id }) =>
          new ConfigProblem({
            path: `mcp_servers.${id}.dialect`,
            message: `no SQL can be checked for ${dialect}: its parser, the package ${parserPackages[dialect]}, is not installed`
          })
      ),
      remedy: `Install it beside this program: npm install ${packages.join(" ")}.`
    })
  )
}
