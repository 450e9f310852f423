/**
 * LangChain's adapter for MCP as a client, at the event stream of the first argument with the token of the second: the
 * tools that it makes, what one of them answers, and the resources, as one line of JSON.
 */
import { MultiServerMCPClient } from "@langchain/mcp-adapters"

const [url, token, question] = process.argv.slice(2)
const client = new MultiServerMCPClient({
  useStandardContentBlocks: false,
  mcpServers: {
    orchestrator: { transport: "sse", url, headers: { Authorization: `Bearer ${token}` } }
  }
})
const tools = await client.getTools()
const answer = await tools.find(({ name }) => name === "query").invoke({ question })
console.log(JSON.stringify({ tools: tools.map(({ name }) => name), answer }))
await client.close()
