/** Configurations and connections for fake servers. */
import { Duration, Effect, References, type Scope } from "effect"
import type { OrchestratorConfig, ServerConfig } from "../../src/config/OrchestratorConfig.ts"
import { ServerUrl } from "../../src/config/ServerUrl.ts"
import * as ServerConnection from "../../src/connection/ServerConnection.ts"
import { Sessions } from "../../src/connection/Sessions.ts"

export type Overrides = Partial<Omit<ServerConfig, "url">> & { readonly url?: string }

/** A URL without variables. */
export const serverUrl = (url: string): ServerUrl => new ServerUrl(new URL(url), [])

/** The configuration of one server, with short deadlines. */
export const serverConfig = (url: string, overrides: Overrides = {}): ServerConfig => ({
  id: "one",
  name: "One",
  priority: 1,
  domains: ["products"],
  capabilities: ["list_resources"],
  headers: {},
  connectTimeout: Duration.seconds(2),
  requestTimeout: Duration.seconds(2),
  maxConcurrency: 32,
  rateLimit: null,
  allowedAddresses: [],
  caFile: null,
  dialect: "sqlite",
  sqlTool: { name: null, argument: null, constants: {} },
  endpointBase: null,
  excludedResources: [],
  introspection: "auto",
  ...overrides,
  url: serverUrl(overrides.url ?? url)
})

/** `server_1`, `server_2`, … in priority order. */
export const configOf = (
  servers: ReadonlyArray<{ readonly url: string }>,
  overrides: Partial<OrchestratorConfig> & { readonly server?: Overrides } = {}
): OrchestratorConfig => {
  const { server, ...rest } = overrides
  return {
    file: "",
    servers: servers.map(({ url }, index) =>
      serverConfig(url, { id: `server_${index + 1}`, name: `Server ${index + 1}`, priority: index + 1, ...server })
    ),
    enableLogging: true,
    logLevel: "ERROR",
    gatherTimeout: Duration.seconds(10),
    maxGathers: 4,
    maxWaiting: 1000,
    shareGathers: false,
    retry: { attempts: 3, baseDelay: Duration.millis(2), factor: 2, maxDelay: Duration.millis(20) },
    limits: { pages: 10, resources: 100, resourceBytes: 1_000_000, serverBytes: 5_000_000 },
    resolution: { fuzzy: true, threshold: 0.82, margin: 0.05 },
    query: {
      attempts: 3,
      maxRows: 100,
      timeout: Duration.seconds(2),
      dialect: "sqlite",
      values: "match",
      promptTokens: 60_000,
      allowedFunctions: []
    },
    http: {
      host: "127.0.0.1",
      port: 0,
      token: null,
      allowedHosts: [],
      allowedOrigins: [],
      maxRequests: 64,
      requestTimeout: Duration.minutes(2),
      sampling: false,
      maxSessions: 100,
      sessionIdle: Duration.minutes(30),
      replica: null,
      limitsStore: null
    },
    ...rest
  }
}

/** One connection a server over real sockets; the scope closes them. */
export const connect = (
  config: OrchestratorConfig
): Effect.Effect<ReadonlyArray<ServerConnection.ServerConnection>, never, Scope.Scope> =>
  Effect.forEach(config.servers, (server) => ServerConnection.make(server, config.limits)).pipe(
    Effect.provide(Sessions.layerSse)
  )

/** Logs of what is meant to fail would hide those of what is not. */
export const quiet = Effect.provideService(References.MinimumLogLevel, "None")

/** One connection over real sockets. */
export const connectTo = (server: ServerConfig, limits = configOf([]).limits) =>
  Effect.provide(ServerConnection.make(server, limits), Sessions.layerSse)

/** One session over real sockets; the scope closes it. */
export const openSession = (server: ServerConfig, limits = configOf([]).limits) =>
  Effect.provide(
    Sessions.use((sessions) => sessions.open(server, limits)),
    Sessions.layerSse
  )
