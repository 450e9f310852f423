/** An OpenAI-compatible server on a loopback socket that answers from a script and records what it was asked. */
import { Deferred, Effect, Queue } from "effect"
import type { Scope } from "effect"
import { createServer, type IncomingHttpHeaders, type Server } from "node:http"
import type { AddressInfo } from "node:net"

/** One answer: JSON unless `body` is a string; `hang` leaves the request open. */
export interface Answer {
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: unknown
  readonly hang?: boolean
  /** Ends the connection without an answer. */
  readonly reset?: boolean
}

interface Received {
  readonly path: string
  readonly headers: IncomingHttpHeaders
  readonly body: {
    readonly model: string
    readonly messages: ReadonlyArray<{ readonly role: string; readonly content: string }>
    readonly stream?: boolean
    readonly max_tokens?: number
    readonly max_completion_tokens?: number
    readonly response_format?: {
      readonly type: string
      readonly json_schema?: { readonly name: string; readonly schema: object; readonly strict: boolean }
    }
  }
}

export interface FakeEndpoint {
  readonly baseUrl: URL
  /** Every request so far. */
  readonly requests: ReadonlyArray<Received>
  /** The requests, one by one. */
  readonly arrivals: Queue.Dequeue<Received>
  /** Done when a request that hangs lost its client. */
  readonly disconnected: Deferred.Deferred<void>
}

/** Serves the answers in their order; a request after the last one gets a 500 that says so. */
export const start = (answers: ReadonlyArray<Answer>): Effect.Effect<FakeEndpoint, never, Scope.Scope> =>
  Effect.gen(function* () {
    const arrivals = yield* Queue.unbounded<Received>()
    const disconnected = yield* Deferred.make<void>()
    const requests: Array<Received> = []
    const server = createServer((request, response) => {
      const chunks: Array<Buffer> = []
      request.on("data", (chunk: Buffer) => chunks.push(chunk))
      request.on("end", () => {
        const body: Received["body"] = JSON.parse(Buffer.concat(chunks).toString())
        const received = { path: request.url ?? "", headers: request.headers, body }
        const answer = answers[requests.push(received) - 1] ?? { status: 500, body: "the script has no more answers" }
        Queue.offerUnsafe(arrivals, received)
        if (answer.reset === true) {
          request.socket.destroy()
        } else if (answer.hang === true) {
          response.on("close", () => Deferred.doneUnsafe(disconnected, Effect.void))
        } else {
          const text = typeof answer.body === "string" ? answer.body : JSON.stringify(answer.body ?? {})
          response.writeHead(answer.status ?? 200, { "content-type": "application/json", ...answer.headers }).end(text)
        }
      })
    })
    yield* Effect.acquireRelease(
      Effect.callback<void>((resume) => {
        server.listen(0, "127.0.0.1", () => resume(Effect.void))
      }),
      () => close(server)
    )
    const { port } = server.address() as AddressInfo // boundary: a TCP server that listens has an address with a port
    return { arrivals, baseUrl: new URL(`http://127.0.0.1:${port}/v1`), disconnected, requests }
  })

/** A chat completion with this text as its only choice. */
export const completion = (
  content: string | null,
  more: { refusal?: string; finish_reason?: string } = {}
): Answer => ({
  body: {
    id: "chatcmpl-1",
    object: "chat.completion",
    created: 1_700_000_000,
    model: "test-model",
    choices: [
      {
        index: 0,
        message: { role: "assistant", content, refusal: more.refusal ?? null },
        finish_reason: more.finish_reason ?? "stop"
      }
    ],
    usage: { prompt_tokens: 12, completion_tokens: 5, total_tokens: 17 }
  }
})

const close = (server: Server) =>
  Effect.callback<void>((resume) => {
    server.close(() => resume(Effect.void))
    server.closeAllConnections()
  })
