/** How long a server's address takes to be looked up and its port to answer, apart from what MCP does there. */
import type * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import { nodeBuiltin } from "../NodeBuiltin.ts"
import { mayBeProxied } from "../connection/sse/Agents.ts"
import { hostOf } from "../connection/sse/Http.ts"

const net = nodeBuiltin("node:net")

export interface ProbeStep {
  readonly step: "dns" | "tcp"
  readonly ms: number
}

/**
 * Opens a TCP connection and closes it again. What did not succeed within the timeout is missing, and so is `dns` for
 * an address: why it fails is what the session says. Nothing is tried where the environment names a proxy: the server
 * is then behind that.
 */
export const probe = (
  url: Pick<URL, "hostname" | "port" | "protocol">,
  timeout: Duration.Duration
): Effect.Effect<ReadonlyArray<ProbeStep>> =>
  Effect.clockWith((clock) => {
    if (mayBeProxied(url)) return Effect.succeed([])
    const steps: Array<ProbeStep> = []
    return Effect.callback<void>((resume) => {
      let before = clock.currentTimeMillisUnsafe()
      const passed = (step: ProbeStep["step"]) => {
        const now = clock.currentTimeMillisUnsafe()
        steps.push({ step, ms: now - before })
        before = now
      }
      const done = () => {
        socket.destroy()
        resume(Effect.void)
      }
      const host = hostOf(url)
      const socket = net.connect({ host, port: Number(url.port) || (url.protocol === "https:" ? 443 : 80) })
      // Once: several addresses of one name are several events.
      if (net.isIP(host) === 0) socket.once("lookup", (error) => (error === null ? passed("dns") : undefined))
      socket.once("connect", () => {
        passed("tcp")
        done()
      })
      socket.on("error", done)
      return Effect.sync(() => socket.destroy())
    }).pipe(
      Effect.timeoutOption(timeout),
      Effect.map(() => steps)
    )
  })
