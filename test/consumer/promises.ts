/** An app without Effect: none of its types has to know what Effect is. */
import { errorResponse, open, type Orchestrator } from "effect-mcp-orchestrator/promise"

export const opened = (signal: AbortSignal | undefined) => open({ configPath: process.env["MCP_CONFIG"], signal })
export const query = (orchestrator: Orchestrator, requestId: string | undefined) =>
  orchestrator.query("how many widgets?", { requestId })
export const gather = (orchestrator: Orchestrator) => orchestrator.gather()
export const resolve = (orchestrator: Orchestrator) => orchestrator.resolve("widget", "products")
export const health = (orchestrator: Orchestrator) => orchestrator.health()
export const events = (orchestrator: Orchestrator) => orchestrator.events()
export const queryEvents = (orchestrator: Orchestrator) => orchestrator.queryEvents("how many widgets?")
export const respond = (error: unknown) => errorResponse(error)
export const rowsOf = async (orchestrator: Orchestrator) => {
  const { result } = await orchestrator.query("how many widgets?")
  return result?.rows ?? []
}
