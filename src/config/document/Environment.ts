/**
 * The variables that a configuration needs. An app that provides a `ConfigProvider` has set its environment with it; else
 * they are those of the process, as they are now: Effect's default provider keeps what they were at its first use.
 */
import * as ConfigProvider from "effect/ConfigProvider"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import { ConfigError, ConfigProblem } from "../../OrchestratorError.ts"
import * as Variables from "./Variables.ts"

/** These variables, and perhaps others. One that is set to nothing may be missing: that is for the provider to say. */
export const named = Effect.fnUntraced(function* (
  names: ReadonlyArray<string>
): Effect.fn.Return<Variables.Environment, ConfigError> {
  const provider = yield* ConfigProvider.ConfigProvider
  if (provider === byDefault()) return process.env
  const nodes = yield* Effect.mapError(
    Effect.forEach(names, (name) => provider.load([name])),
    unreadable
  )
  return Object.fromEntries(names.map((name, index) => [name, nodes[index]?.value]))
})

/** The variables that a text refers to (`${NAME}`), and all overrides (`MCP__…`). */
export const forText = Effect.fnUntraced(function* (
  text: string
): Effect.fn.Return<Variables.Environment, ConfigError> {
  const provider = yield* ConfigProvider.ConfigProvider
  if (provider === byDefault()) return process.env
  const root = yield* Effect.mapError(provider.load([]), unreadable)
  // A provider that knows structure gives the first part of a name, one that does not the whole name.
  const tops = (root?._tag === "Record" ? [...root.keys] : []).filter((key) => /^MCP(?:_|$)/i.test(key))
  const overrides = yield* Effect.mapError(
    Effect.forEach(tops, (key) => below(provider, [key])),
    unreadable
  )
  return { ...Object.fromEntries(overrides.flat()), ...(yield* named(Variables.namesIn(text))) }
})

// -----------------------------------------------------------------------------
// internals

/** The one that everybody has who was provided with none. */
const byDefault = () => Context.get(Context.empty(), ConfigProvider.ConfigProvider)

/** Indices that are looked at where all names below a part are numbers: the provider tells the largest only. */
const mostIndices = 10_000

/** Every variable whose name begins with these parts. */
const below = (
  provider: ConfigProvider.ConfigProvider,
  path: ReadonlyArray<string>
): Effect.Effect<ReadonlyArray<readonly [string, string]>, ConfigProvider.SourceError> =>
  Effect.flatMap(provider.load(path), (node) =>
    Effect.map(
      Effect.forEach(childrenOf(node), (key) => below(provider, [...path, key])),
      (inner) => [...(node?.value === undefined ? [] : [[path.join("_"), node.value] as const]), ...inner.flat()]
    )
  )

const childrenOf = (node: ConfigProvider.Node | undefined): ReadonlyArray<string> => {
  if (node?._tag === "Record") return [...node.keys]
  return node?._tag === "Array"
    ? Array.from({ length: Math.min(node.length, mostIndices) }, (_, index) => `${index}`)
    : []
}

const unreadable = (error: ConfigProvider.SourceError) =>
  new ConfigError({
    file: "environment",
    problems: [
      new ConfigProblem({
        path: "",
        message: `the ConfigProvider cannot be read: ${error.message}`
      })
    ],
    remedy: "Look into the source of the ConfigProvider."
  })
