/** Readers of what `serve` streams: many at once, slow ones, silent ones, and those who leave. */
import { connect, type Socket } from "node:net"
import * as Effect from "effect/Effect"
import { BenchError } from "./Child.ts"

/** Reads a stream of events to its end; gives the milliseconds it took. Fails unless it ends with the answer. */
export const read = (url: string, body: object): Effect.Effect<number, BenchError> =>
  Effect.tryPromise({
    try: async (signal) => {
      const started = performance.now()
      const response = await fetch(url, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(body),
        signal
      })
      const text = await response.text()
      const last = text.lastIndexOf("event: ")
      if (!text.startsWith("event: completed", last)) throw new Error(text.slice(last, last + 300))
      return performance.now() - started
    },
    catch: (cause) => new BenchError({ message: String(cause) })
  })

/** Opens a connection, sends this, and reads nothing. It is cut with the scope. */
export const silent = (url: string, request: string) =>
  Effect.acquireRelease(
    Effect.callback<Socket, BenchError>((resume) => {
      const { hostname, port } = new URL(url)
      const socket = connect(Number(port), hostname, () => {
        socket.pause()
        socket.write(request)
        resume(Effect.succeed(socket))
      })
      socket.on("error", (cause) => resume(Effect.fail(new BenchError({ message: cause.message }))))
    }),
    (socket) => Effect.sync(() => socket.destroy())
  )

export const post = (path: string, body = "{}"): string =>
  `POST ${path} HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`
