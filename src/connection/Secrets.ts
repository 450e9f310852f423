/** What of a server's configuration must never come back out, even when the server says it. */
import type { ServerConfig } from "../config/OrchestratorConfig.ts"
import * as ServerSecrets from "../config/ServerSecrets.ts"
import { oncePer } from "../OncePer.ts"
import * as Redaction from "../telemetry/Redaction.ts"
import { SessionFailure } from "./SessionFailure.ts"

/**
 * Masks the values of the server's headers, what is secret in its URLs, and `more` (the session's cookies): refusals like
 * to repeat them.
 */
export const masking = (server: ServerConfig, more: ReadonlyArray<string> = []): ((text: string) => string) =>
  more.length === 0 ? maskingCut(server) : Redaction.withSecretsInCut([...ServerSecrets.ofServer(server), ...more])

/** The same in a text that nobody has cut, a URI for one; there are thousands of those, and this takes a fifth of the time. */
export const maskingWhole: (server: ServerConfig) => (text: string) => string = oncePer((server) =>
  Redaction.withSecrets(ServerSecrets.ofServer(server))
)

/** The URI of a resource of the server, fit to be shown: as it is where no secret is in it. */
export const shownUri = (uri: string, server: ServerConfig): string => Redaction.url(maskingWhole(server)(uri))

/** `masking` in a failure. */
export const conceal = (
  failure: SessionFailure,
  server: ServerConfig,
  more: ReadonlyArray<string> = []
): SessionFailure => new SessionFailure({ ...failure, detail: masking(server, more)(failure.detail) })

const maskingCut = oncePer((server: ServerConfig) => Redaction.withSecretsInCut(ServerSecrets.ofServer(server)))
