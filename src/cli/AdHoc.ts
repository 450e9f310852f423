/** One server, of the configuration or of a URL, for the commands that look at it by hand. */
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import { urlProblem } from "../config/ConfigValues.ts"
import * as ConfigLoader from "../config/ConfigLoader.ts"
import { ConfigSource } from "../config/ConfigSource.ts"
import { nearestWord } from "../config/diagnosis/NearestWord.ts"
import type { OrchestratorConfig, ServerConfig } from "../config/OrchestratorConfig.ts"
import * as ServerConnection from "../connection/ServerConnection.ts"
import type { Session } from "../connection/Session.ts"
import { Sessions } from "../connection/Sessions.ts"
import * as Capability from "../config/Capability.ts"
import { failed, type GatherError, GatherFailure, toError } from "../resources/GatherFailure.ts"
import * as OneServer from "../resources/OneServer.ts"
import * as QueryTool from "../tools/QueryTool.ts"
import { usage, UsageError } from "./CommandError.ts"
import * as Setup from "./Setup.ts"

export interface Which {
  readonly server: Option.Option<string>
  readonly url: Option.Option<string>
  readonly headers: ReadonlyArray<string>
}

export interface Target {
  readonly config: OrchestratorConfig
  readonly server: ServerConfig
  /** Ends with the command. */
  readonly connection: ServerConnection.ServerConnection
  /** Works on the server, all within `gather_timeout`. Fails with what the server's failure is for a caller. */
  ask<A>(work: (session: Session, at: OneServer.At) => Effect.Effect<A, GatherFailure>): Effect.Effect<A, GatherError>
}

/** Runs `use` on the server that the flags name, with what it is connected and logged with. */
export const withServer = Effect.fnUntraced(function* <A, E, R>(
  which: Which,
  use: (target: Target) => Effect.Effect<A, E, R>
) {
  const reading = yield* Option.match(which.url, {
    onNone: () => Setup.loadConfig(),
    onSome: (url) => readingOf(url, which)
  })
  const { config } = reading
  // What the configuration leaves out of a gather can be looked at all the same.
  const capabilities = [Capability.listResources, Capability.executeQuery]
  const server = { ...(yield* chosen(config.servers, which)), capabilities }
  const source = ConfigSource.layerReading({ ...reading, warnings: [] })
  return yield* ServerConnection.make(server, config.limits).pipe(
    Effect.flatMap((connection) =>
      use({
        config,
        server,
        connection,
        ask: (work) =>
          Effect.mapError(OneServer.ask(connection, config, work), (failure) => {
            const error = toError(server, failure)
            if (Option.isNone(which.url)) return error
            return toError(server, new GatherFailure({ ...failure, remedy: remedyForUrl(error.remedy) }))
          })
      })
    ),
    Effect.scoped,
    Effect.provide([Sessions.layerSse, Layer.provide(Setup.telemetryLayer("told"), source)])
  )
})

/** What the server offers to be called; nothing where it has no tools. */
export const toolsOf = ({ ask, config, connection }: Target) =>
  ask((session, at) => {
    at("list")
    return connection
      .throttle(QueryTool.listAll(session, config.limits))
      .pipe(Effect.mapError((cause) => failed("list", cause)))
  })

/** `Name: value`. A value is not repeated: it may be a secret. */
export const headerOf = Effect.fnUntraced(function* (header: string) {
  const [, name, value] = /^([^\s:]+):\s*(.*)$/.exec(header) ?? []
  if (name === undefined || value === undefined) return yield* usage('a header is given as --header "Name: value"')
  return [name, value] as const
})

/** The right word, if one is near, to be put behind what was wrong. */
export const didYouMean = (word: string, words: ReadonlyArray<string>): string => {
  const near = nearestWord(word, words)
  return near === undefined ? "" : `; did you mean ${near}?`
}

// -----------------------------------------------------------------------------
// internals

/** Names of keys as the flags that were given in their place. */
const inFlags = (text: string): string =>
  text
    .replaceAll("mcp_servers.server.url", "--url")
    .replaceAll(/mcp_servers\.server\.headers(?:\.[\w-]+)?/g, "--header")
    .replaceAll("mcp_servers.server.", "")

/** Who has given a URL has written no configuration, and can set nothing but what there are flags for. */
const remedyForUrl = (remedy: string): string => {
  const needsConfiguration = /orchestration\.|mcp_servers\.\w+\.(?!url|headers)/.test(remedy)
  const where = " Other settings than the URL and headers need a configuration: mcp-orchestrator init writes one."
  return `${inFlags(remedy)}${needsConfiguration ? where : ""}`
}

/** A configuration of one server, whose id in messages is `server`. */
const readingOf = Effect.fnUntraced(function* (url: string, { headers, server }: Which) {
  if (Option.isSome(server))
    return yield* usage("--server names a server of the configuration, and --url one that is not in it")
  const problem = urlProblem(url)
  if (problem !== undefined) return yield* usage(`--url: ${problem}`)
  const pairs = yield* Effect.forEach(headers, headerOf)
  const config = yield* ConfigLoader.fromUnknown({
    mcp_servers: {
      server: {
        name: "--url",
        url,
        priority: 1,
        domains: ["server"],
        capabilities: [Capability.listResources],
        transport: "sse",
        headers: Object.fromEntries(pairs)
      }
    }
  }).pipe(
    Effect.catchTag(
      "ConfigError",
      ({ problems }) =>
        new UsageError({ problems: problems.map(({ message, path }) => `${inFlags(path)}: ${message}`) })
    )
  )
  return yield* Effect.map(Effect.provide(ConfigSource, ConfigSource.layerValue(config)), ({ initial }) => initial)
})

const chosen = Effect.fnUntraced(function* (servers: ReadonlyArray<ServerConfig>, { headers, server, url }: Which) {
  const ids = servers.map(({ id }) => id)
  if (headers.length > 0 && Option.isNone(url)) {
    return yield* usage("--header goes with --url; the headers of a configured server stand in the configuration")
  }
  const [first, ...others] = servers
  if (Option.isNone(server)) {
    if (first !== undefined && others.length === 0) return first
    return yield* usage(`name one of the servers with --server: ${ids.join(", ")}; or another one with --url`)
  }
  const found = servers.find(({ id }) => id === server.value)
  if (found !== undefined) return found
  return yield* new UsageError({
    problems: [
      `the configuration has no enabled server ${server.value}${didYouMean(server.value, ids)}`,
      `There are: ${ids.join(", ")}`
    ]
  })
})
