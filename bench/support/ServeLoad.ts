/** Who asks `serve` during a soak: the patient, those who leave, MCP hosts, and floods. Each says how it ended. */
import { Client } from "@modelcontextprotocol/sdk/client/index.js"
import { SSEClientTransport } from "@modelcontextprotocol/sdk/client/sse.js"
import { McpError } from "@modelcontextprotocol/sdk/types.js"
import { setTimeout as sleep } from "node:timers/promises"
import * as Effect from "effect/Effect"
import * as Predicate from "effect/Predicate"
import * as Random from "effect/Random"

/** `answered`, `refused` by a typed error (its tag), `left` before the answer came, or `wrong`: anything else. */
export type Ending = "answered" | "left" | `refused: ${string}` | `wrong: ${string}`

const question = "how many products are there?"

const requests = [
  ["POST", "/v1/query", { question }],
  ["POST", "/v1/gather", {}],
  ["POST", "/v1/resolve", { name: "nobody" }],
  ["GET", "/v1/vocabulary", null]
] as const

/** One request of the API, of whatever kind. */
export const ask = (url: string): Effect.Effect<Ending> =>
  Effect.flatMap(Random.choice(requests), ([method, path, body]) =>
    ended(async (signal) => endingOf(await send(`${url}${path}`, method, body, signal)))
  )

/** A stream of events that is left after a moment. */
export const leave = (url: string): Effect.Effect<Ending> =>
  Effect.flatMap(Random.nextIntBetween(0, 100), (ms) =>
    ended(async (signal) => {
      const leaving = AbortSignal.any([signal, AbortSignal.timeout(ms)])
      try {
        return await send(`${url}/v1/gather/events`, "POST", {}, leaving).then(endingOf)
      } catch (cause) {
        // It was this client that left.
        if (leaving.aborted) return "left"
        throw cause
      }
    })
  )

/** A host with a session of its own that asks the `query` tool. */
export const host = (url: string): Effect.Effect<Ending> =>
  ended(async (signal) => {
    const client = new Client({ name: "soak", version: "1" })
    try {
      await client.connect(new SSEClientTransport(new URL(`${url}/sse`)), { signal })
      const { content, isError } = await client.callTool({ name: "query", arguments: { question } }, undefined, {
        signal
      })
      if (isError !== true) return "answered"
      return `refused: ${/"_tag":"(\w+)"/.exec(JSON.stringify(content).replaceAll("\\", ""))?.[1] ?? "tool"}`
    } catch (cause) {
      if (cause instanceof McpError) return `refused: MCP error ${cause.code}`
      throw cause
    } finally {
      await client.close()
    }
  })

/** So many gathers at once, and as many connections that send half a request and are cut. */
export const flood = (url: string, count: number): Effect.Effect<ReadonlyArray<Ending>> =>
  Effect.forEach(
    Array.from({ length: count }, (_, at) => at),
    (at) =>
      at % 2 === 0
        ? ended(async (signal) => endingOf(await send(`${url}/v1/gather/lines`, "POST", {}, signal)))
        : ended(async (signal) => {
            const cut = new AbortController()
            const body = new ReadableStream({ start: (to) => to.enqueue(new TextEncoder().encode('{"question":')) })
            const sending = fetch(`${url}/v1/query`, {
              method: "POST",
              headers: { "content-type": "application/json" },
              body,
              duplex: "half",
              signal: AbortSignal.any([signal, cut.signal])
            }).catch(() => null)
            await sleep(200)
            cut.abort()
            await sending
            return "left"
          }),
    { concurrency: "unbounded" }
  )

// -----------------------------------------------------------------------------
// internals

/** A client that throws had an ending that nobody wanted. */
const ended = (run: (signal: AbortSignal) => Promise<Ending>): Effect.Effect<Ending> =>
  Effect.tryPromise({ try: run, catch: (cause) => describe(cause) }).pipe(
    Effect.catch((text) => Effect.succeed<Ending>(`wrong: ${text}`))
  )

/** `fetch` says the reason of its failure in its cause alone. */
const describe = (cause: unknown): string =>
  cause instanceof Error ? [cause.message, cause.cause].filter((one) => one !== undefined).join(": ") : String(cause)

const send = (url: string, method: string, body: object | null, signal: AbortSignal) =>
  fetch(url, {
    method,
    signal,
    ...(body === null ? {} : { body: JSON.stringify(body), headers: { "content-type": "application/json" } })
  })

const endingOf = async (response: Response): Promise<Ending> => {
  const text = await response.text()
  if (response.ok && !text.includes("event: failed")) return "answered"
  const data = text.startsWith("{") ? text : text.slice(text.lastIndexOf("data: ") + "data: ".length)
  const told: unknown = JSON.parse(data)
  // What was refused at the door is a problem of a type of its own, anything else one with a tagged error inside.
  const tag = [told, Predicate.hasProperty(told, "error") ? told.error : null].flatMap((one) =>
    Predicate.hasProperty(one, "_tag") ? [String(one._tag)] : []
  )[0]
  const type = Predicate.hasProperty(told, "type")
    ? /^urn:mcp-orchestrator:(\w+)$/.exec(String(told.type))?.[1]
    : undefined
  const name = tag ?? type
  return name === undefined ? `wrong: ${response.status} ${text.slice(0, 200)}` : `refused: ${name}`
}
