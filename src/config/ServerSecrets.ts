/** What of a configuration must never come back out. */
import type * as Redacted from "effect/Redacted"
import type { OrchestratorConfig, ServerConfig } from "./OrchestratorConfig.ts"

/** The values of its headers, and what is secret in its URLs. */
export const ofServer = (server: ServerConfig): ReadonlyArray<Redacted.Redacted<string>> => [
  ...Object.values(server.headers),
  ...server.url.secrets(),
  ...(server.endpointBase?.secrets() ?? [])
]

/** Those of all servers, the token that lets clients in, and the address of Redis. */
export const ofConfig = ({ http, servers }: OrchestratorConfig): ReadonlyArray<Redacted.Redacted<string>> => [
  ...servers.flatMap(ofServer),
  ...(http.token === null ? [] : [http.token]),
  ...(http.limitsStore === null ? [] : [http.limitsStore])
]
