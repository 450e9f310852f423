/**
 * The configuration from the text of a file: text → `ConfigYaml` → `Variables` → `TextValue` → `Overrides` →
 * `ConfigDecoder` → `RuntimeConfig`. Heavy, because of the YAML parser: import it dynamically (`ConfigLoader`).
 */
import * as Record from "effect/Record"
import * as Redacted from "effect/Redacted"
import * as Result from "effect/Result"
import type { ConfigError, NoMcpAvailableError } from "../OrchestratorError.ts"
import * as ConfigCheck from "./ConfigCheck.ts"
import * as ConfigDecoder from "./ConfigDecoder.ts"
import type { ConfigFile } from "./ConfigFile.ts"
import type { LoadedConfig, LoadOptions } from "./ConfigLoader.ts"
import * as Excerpt from "./diagnosis/Excerpt.ts"
import * as Problems from "./diagnosis/Problems.ts"
import type * as ConfigTree from "./document/ConfigTree.ts"
import * as ConfigYaml from "./document/ConfigYaml.ts"
import * as Overrides from "./document/Overrides.ts"
import * as TextValue from "./document/TextValue.ts"
import * as ValueSource from "./document/ValueSource.ts"
import * as Variables from "./document/Variables.ts"
import * as RuntimeConfig from "./RuntimeConfig.ts"
import { dotted } from "./SchemaLookup.ts"
import * as ServerUrl from "./ServerUrl.ts"

/** `absolute` makes a path of the file absolute. */
export const readText = (
  text: string,
  options: ReadOptions,
  file: string,
  absolute: (path: string) => string
): Result.Result<LoadedConfig, ConfigError | NoMcpAvailableError> => {
  const parsed = ConfigYaml.parse(text)
  const excerpt = Excerpt.make(text, parsed.root)
  if (parsed.syntax.length > 0) return Result.fail(ConfigCheck.failure(file, Problems.report(parsed.syntax, excerpt)))
  const expanded = Variables.expand(parsed.root ?? emptyTable, options.env)
  const overridden = override(TextValue.readAll(expanded.root), options)
  const decoded = ConfigDecoder.decode(overridden.root)
  const causes = [...parsed.structure, ...expanded.problems, ...overridden.problems]
  const issues = [...causes, ...ConfigCheck.withoutEchoes(decoded.problems, causes)]
  return ConfigCheck.checked(file, issues, excerpt, decoded.file).pipe(
    Result.map(({ document, warnings }) => ({ document: withAbsolutePaths(document, absolute), warnings })),
    Result.flatMap(({ document, warnings }) =>
      Result.map(RuntimeConfig.assemble(document, file, ServerUrl.at(overridden.root)), (config) => {
        const values = ValueSource.effectiveValues(document, overridden.root)
        return {
          config,
          text: Redacted.make(text),
          warnings,
          values,
          sources: new Map(values.map(({ path, source }) => [dotted(path), source])),
          secrets: [...expanded.secrets, ...secretsOf(document, values)]
        }
      })
    )
  )
}

// -----------------------------------------------------------------------------
// internals

type ReadOptions = Pick<LoadOptions, "overrides"> & { readonly env: Variables.Environment }

const emptyTable: ConfigTree.TableNode = { kind: "table", entries: new Map(), origin: { kind: "value" } }

const withAbsolutePaths = (document: ConfigFile, absolute: (path: string) => string): ConfigFile => ({
  ...document,
  mcp_servers: Record.map(document.mcp_servers, (server) =>
    server.ca_file === undefined ? server : { ...server, ca_file: absolute(server.ca_file) }
  )
})

const override = (root: ConfigTree.ConfigNode, { env, overrides }: ReadOptions) => {
  const table = root.kind === "scalar" && root.value === null ? emptyTable : root
  // What is not a mapping at all is the decoder's to refuse.
  if (table.kind !== "table") return { root, problems: [] }
  const result = Overrides.apply(table, env)
  const options = [
    { path: ["orchestration", "log_level"], option: "--log-level", value: overrides?.logLevel },
    { path: ["server", "host"], option: "--host", value: overrides?.host },
    { path: ["server", "port"], option: "--port", value: overrides?.port },
    { path: ["server", "token"], option: "--token-env", value: overrides?.token }
  ]
  const overridden = options.reduce(
    (tree, { option, path, value }) =>
      value === undefined
        ? tree
        : Overrides.setAt(tree, path, { kind: "scalar", value, origin: { kind: "option", option } }),
    result.root
  )
  return { ...result, root: overridden }
}

const secretsOf = (
  document: ConfigFile,
  values: ReadonlyArray<ValueSource.EffectiveValue>
): ReadonlyArray<Redacted.Redacted<string>> => [
  ...Object.values(document.mcp_servers).flatMap((server) => Object.values(server.headers)),
  ...(document.server.token === undefined ? [] : [document.server.token]),
  ...(document.server.limits_store === undefined ? [] : [document.server.limits_store]),
  ...values.flatMap(({ value }) => (value instanceof ServerUrl.ServerUrl ? value.secrets() : []))
]
