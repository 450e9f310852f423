/** The configuration from a plain value: value → `FromValue` → `ConfigDecoder` → `RuntimeConfig`. */
import * as Result from "effect/Result"
import type { ConfigError, NoMcpAvailableError } from "../OrchestratorError.ts"
import * as ConfigCheck from "./ConfigCheck.ts"
import * as ConfigDecoder from "./ConfigDecoder.ts"
import type { ConfigFile } from "./ConfigFile.ts"
import type { Issue } from "./diagnosis/Issue.ts"
import * as FromValue from "./document/FromValue.ts"
import type { OrchestratorConfig } from "./OrchestratorConfig.ts"
import * as RuntimeConfig from "./RuntimeConfig.ts"
import * as ServerUrl from "./ServerUrl.ts"

export const read = (value: unknown): Result.Result<OrchestratorConfig, ConfigError | NoMcpAvailableError> => {
  const { problems, root } = FromValue.toTree(value)
  const decoded = ConfigDecoder.decode(root)
  const issues = [...problems, ...ConfigCheck.withoutEchoes(decoded.problems, problems), ...relativePaths(decoded.file)]
  return Result.flatMap(ConfigCheck.checked("", issues, undefined, decoded.file), ({ document }) =>
    RuntimeConfig.assemble(document, "", ServerUrl.at(root))
  )
}

// -----------------------------------------------------------------------------
// internals

/** Without a file there is no directory for a path to be relative to. */
const relativePaths = (document: ConfigFile | undefined): ReadonlyArray<Issue> =>
  Object.entries(document?.mcp_servers ?? {}).flatMap(([id, server]) =>
    server.ca_file === undefined || /^(?:[A-Za-z]:)?[\\/]/.test(server.ca_file)
      ? []
      : [{ path: ["mcp_servers", id, "ca_file"], place: null, message: "expected an absolute path" }]
  )
