/** What of a server's configuration must never come back out. */
import type * as Redacted from "effect/Redacted"
import type { ServerConfig } from "./OrchestratorConfig.ts"

/** The values of its headers, and what is secret in its URLs. */
export const ofServer = (server: ServerConfig): ReadonlyArray<Redacted.Redacted<string>> => [
  ...Object.values(server.headers),
  ...server.url.secrets(),
  ...(server.endpointBase?.secrets() ?? [])
]
