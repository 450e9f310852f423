/**
 * The process around one client. Told what to do over IPC, so that the benchmark can let the clients take turns; or
 * `--once URL…`: connect, gather, write everything as JSON to stdout, close, like a command.
 */
import { subscribe } from "node:diagnostics_channel"
import type { Socket } from "node:net"
import type { Answer, Client, Connected, Order } from "./Contract.ts"

export const run = (client: Client): void => {
  const [mode, ...urls] = process.argv.slice(2)
  if (mode === "--once") void once(client, urls)
  else obey(client)
}

const once = async (client: Client, urls: ReadonlyArray<string>) => {
  const connected = await client.connect(urls)
  const { data } = await connected.gather()
  process.stdout.write(JSON.stringify(data))
  await connected.close()
}

const obey = (client: Client): void => {
  const sockets = countSockets()
  let connected: Connected | null = null
  const carryOut = async (order: Order): Promise<Answer> => {
    const started = performance.now()
    const elapsed = () => performance.now() - started
    switch (order.order) {
      case "connect":
        connected = await client.connect(order.urls)
        return { ms: elapsed(), resources: 0 }
      case "gather": {
        const gathered = await connected?.gather()
        return { ms: elapsed(), resources: gathered?.resources ?? 0 }
      }
      case "close":
        await connected?.close()
        connected = null
        return { ms: elapsed(), resources: 0 }
      case "usage": {
        const { system, user } = process.cpuUsage()
        return { cpuMs: (system + user) / 1000, rssBytes: process.memoryUsage.rss(), ...sockets() }
      }
    }
  }
  // boundary: only the benchmark's own process sends anything here
  process.on("message", (order: Order) => {
    carryOut(order).then(
      (answer) => process.send?.(answer),
      (cause) => process.send?.({ error: cause instanceof Error ? (cause.stack ?? cause.message) : String(cause) })
    )
  })
  process.on("disconnect", () => process.exit())
}

/** Counts at the source: fetch and `node:http` both open their sockets through `node:net`. */
const countSockets = () => {
  let total = 0
  let peak = 0
  const open = new Map<number, number>()
  const change = (port: number, by: number) => {
    const now = (open.get(port) ?? 0) + by
    open.set(port, now)
    peak = Math.max(peak, now)
  }
  subscribe("net.client.socket", (message) => {
    // boundary: documented by Node as `{ socket: net.Socket }`
    const { socket } = message as { readonly socket: Socket }
    total += 1
    socket.once("connect", () => {
      const port = socket.remotePort ?? 0
      change(port, 1)
      socket.once("close", () => change(port, -1))
    })
  })
  return () => ({ sockets: total, socketsPerServer: peak })
}
