/** A link with a round trip: a TCP proxy that delays both directions, for connections and for what goes over them. */
import * as net from "node:net"
import * as Effect from "effect/Effect"
import type * as Scope from "effect/Scope"

export interface Link {
  /** The URL, through the link. */
  readonly url: string
  /** The most connections that were open at the same time. */
  readonly peak: () => number
}

/**
 * What goes to the server of `url` takes `roundTripMs` there and back; a new connection waits one round trip before it
 * carries anything. With `most`, connections beyond so many are closed, as by a server that takes few.
 */
export const to = Effect.fnUntraced(function* (
  url: string,
  roundTripMs: number,
  most?: number
): Effect.fn.Return<Link, never, Scope.Scope> {
  const target = new URL(url)
  const sockets = new Set<net.Socket>()
  let peak = 0
  const server = net.createServer((near) => {
    sockets.add(near)
    peak = Math.max(peak, sockets.size)
    near.on("error", () => near.destroy())
    near.on("close", () => sockets.delete(near))
    const timer = setTimeout(() => {
      const far = net.connect({ host: target.hostname, port: Number(target.port) })
      carry(near, far, roundTripMs / 2)
      carry(far, near, roundTripMs / 2)
    }, roundTripMs)
    near.on("close", () => clearTimeout(timer))
  })
  if (most !== undefined) server.maxConnections = most
  yield* Effect.acquireRelease(
    Effect.callback<void>((resume) => void server.listen(0, "127.0.0.1", () => resume(Effect.void))),
    () =>
      Effect.sync(() => {
        for (const socket of sockets) socket.destroy()
        server.close()
      })
  )
  const address = server.address()
  const port = typeof address === "object" && address !== null ? address.port : 0
  return { url: `http://127.0.0.1:${port}${target.pathname}`, peak: () => peak }
})

/** In order, because timers of the same length are. */
const carry = (from: net.Socket, into: net.Socket, ms: number): void => {
  from.setNoDelay(true)
  const later = (act: () => void) => setTimeout(() => into.destroyed || act(), ms)
  from.on("data", (chunk: Buffer) => later(() => into.write(chunk)))
  from.on("end", () => later(() => into.end()))
  from.on("error", () => into.destroy())
  from.on("close", () => later(() => into.destroy()))
}
