/**
 * A web server of an app that does not use Effect: questions as JSON, and as events while they are worked on.
 *
 *     npm run servers                                    # in another terminal
 *     node --conditions=effect-mcp-orchestrator-source examples/hono.ts
 *     curl localhost:3000/query -d '{ "question": "total revenue last year" }'
 *     curl -N localhost:3000/query/events -d '{ "question": "total revenue last year" }'
 */
import { serve } from "@hono/node-server"
import { errorResponse, open } from "effect-mcp-orchestrator/promise"
import { type Context, Hono } from "hono"
import { streamSSE } from "hono/streaming"

// Once, for the life of the process: every server is connected here, or this throws.
const orchestrator = await open({ configPath: process.env["MCP_CONFIG"] })

const questionOf = async (context: Context): Promise<string> => {
  const body: unknown = await context.req.json()
  return typeof body === "object" && body !== null && "question" in body ? String(body.question) : ""
}

const app = new Hono()

// The signal ends the work, down to the MCP servers, when the client goes away.
app.post("/query", async (context) =>
  context.json(await orchestrator.query(await questionOf(context), { signal: context.req.raw.signal }))
)

app.post("/query/events", async (context) => {
  const question = await questionOf(context)
  return streamSSE(context, async (stream) => {
    try {
      for await (const event of orchestrator.queryEvents(question, { signal: context.req.raw.signal })) {
        await stream.writeSSE({ event: event._tag, data: JSON.stringify(event) })
      }
    } catch (error) {
      // The status has been sent long ago.
      await stream.writeSSE({ event: "Failed", data: JSON.stringify(errorResponse(error).body) })
    }
  })
})

app.get("/health", async (context) => {
  const servers = await orchestrator.health()
  return context.json(servers, servers.every(({ healthy }) => healthy) ? 200 : 503)
})

app.onError((error) => {
  const { body, headers, status } = errorResponse(error)
  return Response.json(body, { status, headers })
})

const server = serve(
  { fetch: app.fetch, port: Number(process.env["PORT"] ?? 3000), hostname: "127.0.0.1" },
  ({ port }) => console.log(`http://127.0.0.1:${port}`)
)

process.once("SIGTERM", () => {
  server.close()
  void orchestrator[Symbol.asyncDispose]()
})
