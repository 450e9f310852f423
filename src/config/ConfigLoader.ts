/**
 * The configuration: found, read, expanded, overridden, decoded, checked. Every problem of all of it comes in one error.
 *
 * text → `ConfigYaml` → `Variables` → `TextValue` → `Overrides` → `ConfigDecoder` → `RuntimeConfig`
 */
import * as Effect from "effect/Effect"
import type * as FileSystem from "effect/FileSystem"
import * as Path from "effect/Path"
import * as Redacted from "effect/Redacted"
import * as Result from "effect/Result"
import { ConfigError, type ConfigProblem, type NoMcpAvailableError } from "../OrchestratorError.ts"
import * as RuntimeConfig from "./RuntimeConfig.ts"
import * as ConfigDecoder from "./ConfigDecoder.ts"
import type { ConfigFile } from "./ConfigFile.ts"
import * as FileText from "./FileText.ts"
import type * as ConfigTree from "./document/ConfigTree.ts"
import * as ConfigYaml from "./document/ConfigYaml.ts"
import * as Environment from "./document/Environment.ts"
import type { Issue } from "./diagnosis/Issue.ts"
import * as Excerpt from "./diagnosis/Excerpt.ts"
import type { OrchestratorConfig } from "./OrchestratorConfig.ts"
import * as Overrides from "./document/Overrides.ts"
import * as FromValue from "./document/FromValue.ts"
import * as Problems from "./diagnosis/Problems.ts"
import { dotted } from "./SchemaLookup.ts"
import * as ServerUrl from "./ServerUrl.ts"
import * as TextValue from "./document/TextValue.ts"
import * as ValueSource from "./document/ValueSource.ts"
import * as Variables from "./document/Variables.ts"

export interface LoadOptions {
  /** The path of the file; relative to `cwd`. */
  readonly file?: string | undefined
  /** What a person names the file with (`--config`), for messages. */
  readonly option?: string | undefined
  /**
   * Read for `MCP_CONFIG`, `MCP__…` and `${VAR}`; default: those of the `ConfigProvider` that
   * the app provides, else of the process.
   */
  readonly env?: Variables.Environment | undefined
  /** Absolute; default: the working directory of the process. */
  readonly cwd?: string | undefined
  /** Options of the command line: they win over everything. */
  readonly overrides?: OptionValues | undefined
}

/** What options of the command line put in place of the file's values. */
export interface OptionValues {
  readonly logLevel?: string | undefined
  readonly host?: string | undefined
  readonly port?: number | undefined
  /** The token itself; the option names the variable that holds it. */
  readonly token?: string | undefined
}

/** A configuration, and what whoever runs it should know. */
export interface ConfigReading {
  readonly config: OrchestratorConfig
  /** What works, but is probably not meant. */
  readonly warnings: ReadonlyArray<ConfigProblem>
  /**
   * Header values and the variables in them, variables in paths and queries of URLs, secret parameters: to be masked in
   * whatever is written. A label is what is shown in its place.
   */
  readonly secrets: ReadonlyArray<Redacted.Redacted<string>>
  /**
   * The whole file as it holds now, defaults and disabled servers too, and where each value came from. Empty for a
   * configuration that was given as a value.
   */
  readonly values: ReadonlyArray<ValueSource.EffectiveValue>
}

export interface LoadedConfig extends ConfigReading {
  /** What the file held. */
  readonly text: Redacted.Redacted<string>
  /** Where each value came from, by its dotted path. */
  readonly sources: ReadonlyMap<string, ValueSource.ValueSource>
}

/** Looks at `file`, `MCP_CONFIG` and `./mcp-config.yaml`, and loads the first that is named. */
export const load = Effect.fn("ConfigLoader.load")(function* (
  options: LoadOptions
): Effect.fn.Return<LoadedConfig, ConfigError | NoMcpAvailableError, FileSystem.FileSystem | Path.Path> {
  const path = yield* Path.Path
  const env = options.env ?? (yield* Environment.named(["MCP_CONFIG"]))
  const { file, text } = yield* FileText.read({ ...options, env })
  const all = options.env ?? (yield* Environment.forText(text))
  return yield* Effect.fromResult(
    fromText(text, { ...options, env: all }, file, (name) => path.resolve(path.dirname(file), name))
  )
})

/**
 * A plain value in the shape of the YAML file (snake_case keys, durations such as "5 seconds"). Texts are taken as they
 * are: no `${VAR}`, no overrides. A `ca_file` must be an absolute path.
 */
export const fromUnknown = (value: unknown): Effect.Effect<OrchestratorConfig, ConfigError | NoMcpAvailableError> =>
  Effect.suspend(() => {
    const { problems, root } = FromValue.toTree(value)
    const decoded = ConfigDecoder.decode(root)
    const issues = [...problems, ...withoutEchoes(decoded.problems, problems), ...relativePaths(decoded.file)]
    return Effect.fromResult(
      finish("", issues, undefined, decoded.file).pipe(
        Result.flatMap(({ document }) => RuntimeConfig.assemble(document, "", (name) => name, ServerUrl.at(root)))
      )
    )
  })

// -----------------------------------------------------------------------------
// internals

type ReadOptions = Pick<LoadOptions, "overrides"> & { readonly env: Variables.Environment }

const emptyTable: ConfigTree.TableNode = { kind: "table", entries: new Map(), origin: { kind: "value" } }

const fromText = (
  text: string,
  options: ReadOptions,
  file: string,
  absolute: (path: string) => string
): Result.Result<LoadedConfig, ConfigError | NoMcpAvailableError> => {
  const parsed = ConfigYaml.parse(text)
  const excerpt = Excerpt.make(text, parsed.root)
  if (parsed.syntax.length > 0) return Result.fail(failure(file, Problems.report(parsed.syntax, excerpt)))
  const expanded = Variables.expand(parsed.root ?? emptyTable, options.env)
  const overridden = override(TextValue.readAll(expanded.root), options)
  const decoded = ConfigDecoder.decode(overridden.root)
  const causes = [...parsed.structure, ...expanded.problems, ...overridden.problems]
  const issues = [...causes, ...withoutEchoes(decoded.problems, causes)]
  return finish(file, issues, excerpt, decoded.file).pipe(
    Result.flatMap(({ document, warnings }) =>
      Result.map(RuntimeConfig.assemble(document, file, absolute, ServerUrl.at(overridden.root)), (config) => {
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

/** Without a file there is no directory for a path to be relative to. */
const relativePaths = (document: ConfigFile | undefined): ReadonlyArray<Issue> =>
  Object.entries(document?.mcp_servers ?? {}).flatMap(([id, server]) =>
    server.ca_file === undefined || /^(?:[A-Za-z]:)?[\\/]/.test(server.ca_file)
      ? []
      : [{ path: ["mcp_servers", id, "ca_file"], place: null, message: "expected an absolute path" }]
  )

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

const finish = (
  file: string,
  issues: ReadonlyArray<Issue>,
  excerpt: ((place: ConfigTree.Place) => string) | undefined,
  document: ConfigFile | undefined
): Result.Result<{ readonly document: ConfigFile; readonly warnings: ReadonlyArray<ConfigProblem> }, ConfigError> => {
  const problems = Problems.report(issues, excerpt)
  return document === undefined || problems.some(Problems.isError)
    ? Result.fail(failure(file, problems))
    : Result.succeed({ document, warnings: problems })
}

/** A broken `${…}` or alias also breaks the rule of its place; only the cause is told. */
const withoutEchoes = (issues: ReadonlyArray<Issue>, causes: ReadonlyArray<Issue>): ReadonlyArray<Issue> => {
  const keyOf = ({ path, place }: Issue) => `${place?.start ?? ""} ${dotted(path)}`
  const broken = new Set(causes.filter(Problems.isError).map(keyOf))
  return issues.filter((issue) => !Problems.isError(issue) || !broken.has(keyOf(issue)))
}

const failure = (file: string, problems: ReadonlyArray<ConfigProblem>) =>
  new ConfigError({
    file,
    problems,
    remedy: "Mend these and try again; every key is described in docs/configuration.md."
  })

const secretsOf = (
  document: ConfigFile,
  values: ReadonlyArray<ValueSource.EffectiveValue>
): ReadonlyArray<Redacted.Redacted<string>> => [
  ...Object.values(document.mcp_servers).flatMap((server) => Object.values(server.headers)),
  ...(document.server.token === undefined ? [] : [document.server.token]),
  ...values.flatMap(({ value }) => (value instanceof ServerUrl.ServerUrl ? value.secrets() : []))
]
