/** How long a server's address takes to be looked up and its port to answer, apart from what MCP does there. */
import * as Effect from "effect/Effect"
import type { ServerConfig } from "../config/OrchestratorConfig.ts"
import { nodeBuiltin } from "../NodeBuiltin.ts"
import { mayBeProxied } from "../connection/sse/Agents.ts"
import { hostOf } from "../connection/sse/Http.ts"
import * as Lookup from "../connection/sse/Lookup.ts"

const net = nodeBuiltin("node:net")

export interface ProbeStep {
  readonly step: "dns" | "tcp"
  readonly ms: number
}

/**
 * Opens a TCP connection and closes it again. What did not succeed within the timeout is missing, and so is `dns` for
 * an address: why it fails is what the session says. Nothing is tried at an address that is not allowed, and nothing where the environment names a proxy: the server
 * is then behind that.
 */
export const probe = (
  server: Pick<ServerConfig, "allowedAddresses" | "connectTimeout" | "url">
): Effect.Effect<ReadonlyArray<ProbeStep>> =>
  Effect.clockWith((clock) => {
    const { connectTimeout, url } = server
    if (mayBeProxied(url) || Lookup.refusesHost(server)) return Effect.succeed([])
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
      const port = Number(url.port) || (url.protocol === "https:" ? 443 : 80)
      const socket = net.connect({ host, port, lookup: Lookup.of(server) })
      // Once: several addresses of one name are several events.
      if (net.isIP(host) === 0) socket.once("lookup", (error) => (error === null ? passed("dns") : undefined))
      socket.once("connect", () => {
        passed("tcp")
        done()
      })
      socket.on("error", done)
      return Effect.sync(() => socket.destroy())
    }).pipe(
      Effect.timeoutOption(connectTimeout),
      Effect.map(() => steps)
    )
  })
