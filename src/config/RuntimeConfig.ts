/** The decoded file to the configuration that the rest of the program works with. */
import * as Result from "effect/Result"
import { NoneEnabled } from "../errors/QueryReason.ts"
import { NoMcpAvailableError } from "../OrchestratorError.ts"
import type { ConfigFile } from "./ConfigFile.ts"
import type { OrchestratorConfig, ServerConfig, SqlToolConfig } from "./OrchestratorConfig.ts"
import type { ConfigPath } from "./SchemaLookup.ts"
import type { ServerUrl } from "./ServerUrl.ts"

/**
 * Enabled servers in priority order with the orchestration-wide defaults filled in.
 *
 * `path` is the absolute path of the file, "" for none; `urlAt` tells the secrets of a URL by its place in the
 * document.
 */
export const assemble = (
  file: ConfigFile,
  path: string,
  urlAt: (path: ConfigPath, url: URL) => ServerUrl
): Result.Result<OrchestratorConfig, NoMcpAvailableError> => {
  const { orchestration } = file
  const servers = Object.entries(file.mcp_servers)
    .filter(([, server]) => server.enabled)
    .map(([id, server]): ServerConfig => ({
      id,
      name: server.name,
      url: urlAt(["mcp_servers", id, "url"], server.url),
      priority: server.priority,
      domains: server.domains,
      capabilities: server.capabilities,
      headers: server.headers,
      connectTimeout: server.connect_timeout ?? orchestration.connect_timeout,
      requestTimeout: server.request_timeout ?? orchestration.request_timeout,
      maxConcurrency: server.max_concurrency,
      rateLimit: server.rate_limit,
      dialect: server.dialect ?? orchestration.query.dialect,
      sqlTool: sqlToolOf(server.tools.execute_query),
      endpointBase:
        server.endpoint_base === undefined ? null : urlAt(["mcp_servers", id, "endpoint_base"], server.endpoint_base),
      excludedResources: server.resources.exclude,
      introspection: server.introspection,
      allowedAddresses: server.allowed_addresses,
      caFile: server.ca_file ?? null
    }))
    .toSorted((a, b) => a.priority - b.priority)
  if (servers.length === 0) {
    const total = Object.keys(file.mcp_servers).length
    const where = path === "" ? "the configuration" : path
    return Result.fail(
      new NoMcpAvailableError({
        operation: "connect",
        reason: new NoneEnabled(),
        detail: total === 0 ? `${where} names no MCP server` : `every MCP server of ${where} is disabled`,
        remedy: total === 0 ? "Add one under mcp_servers." : "Set enabled: true on at least one of mcp_servers."
      })
    )
  }
  return Result.succeed({
    file: path,
    servers,
    enableLogging: orchestration.enable_logging,
    logLevel: orchestration.log_level,
    gatherTimeout: orchestration.gather_timeout,
    maxGathers: orchestration.max_gathers,
    maxWaiting: orchestration.max_waiting,
    shareGathers: orchestration.share_gathers,
    retry: {
      attempts: orchestration.retry.attempts,
      baseDelay: orchestration.retry.base_delay,
      factor: orchestration.retry.factor,
      maxDelay: orchestration.retry.max_delay
    },
    limits: {
      pages: orchestration.limits.pages,
      resources: orchestration.limits.resources,
      resourceBytes: orchestration.limits.resource_bytes,
      serverBytes: orchestration.limits.server_bytes
    },
    resolution: orchestration.resolution,
    query: {
      attempts: orchestration.query.attempts,
      maxRows: orchestration.query.max_rows,
      timeout: orchestration.query.timeout,
      dialect: orchestration.query.dialect,
      values: orchestration.query.values,
      promptTokens: orchestration.query.prompt_tokens,
      allowedFunctions: orchestration.query.allowed_functions.map((name) => name.toLowerCase())
    },
    http: {
      host: file.server.host,
      port: file.server.port,
      token: file.server.token ?? null,
      allowedHosts: file.server.allowed_hosts.map((name) => name.toLowerCase()),
      allowedOrigins: file.server.allowed_origins.map((origin) => origin.toLowerCase()),
      maxRequests: file.server.max_requests,
      requestTimeout: file.server.request_timeout,
      sampling: file.server.sampling,
      maxSessions: file.server.max_sessions,
      sessionIdle: file.server.session_idle,
      replica: file.server.replica ?? null,
      limitsStore: file.server.limits_store ?? null
    }
  })
}

// -----------------------------------------------------------------------------
// internals

const sqlToolOf = (tool: ConfigFile["mcp_servers"][string]["tools"]["execute_query"]): SqlToolConfig =>
  typeof tool === "string" || tool === undefined
    ? { name: tool ?? null, argument: null, constants: {} }
    : { name: tool.name ?? null, argument: tool.argument ?? null, constants: tool.arguments }
