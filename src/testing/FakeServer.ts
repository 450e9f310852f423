/**
 * A scripted MCP server over real sockets: the SSE transport by hand on `node:http`/`https`, so that it can be honest
 * and can lie on the wire. It speaks the protocol versions 2024-11-05 to 2025-11-25, on 127.0.0.1, on a port of its own.
 *
 * It belongs to the scope it was made in: closing that destroys every socket and closes the port.
 */
import * as Effect from "effect/Effect"
import type * as Scope from "effect/Scope"
import type { FakeCounters } from "./FakeCounters.ts"
import * as FakeCertificates from "./FakeCertificates.ts"
import { impossible } from "./FakeFault.ts"
import { makeHost, type ReceivedRequest } from "./FakeHost.ts"
import { route, ssePath } from "./FakeRoutes.ts"
import { type FakeScript, publicPrefix } from "./FakeScript.ts"

export interface FakeServer {
  /** Of the event stream: what goes into the configuration. */
  readonly url: string
  readonly origin: string
  readonly port: number
  /** PEM of the authority to trust; `null` without TLS. */
  readonly caCertificate: string | null
  /** What the first script says it can do, in the configuration's words: `list_resources` and the tools' names. */
  readonly capabilities: ReadonlyArray<string>
  /**
   * Replaces the script, for all requests from now on; sessions live on. A port that a fault had closed opens again,
   * unless the new script closes it; one that was killed stays closed. Dies if a fault cannot strike at its stage.
   */
  readonly setScript: (script: FakeScript) => Effect.Effect<void>
  /** `setScript` with a change of the current one. */
  readonly update: (change: (script: FakeScript) => FakeScript) => Effect.Effect<void>
  /** Drops every connection, forgets every session and closes the port. */
  readonly kill: Effect.Effect<void>
  /** Drops every connection and forgets every session; the same port is open afterwards. */
  readonly restart: Effect.Effect<void>
  readonly counters: Effect.Effect<FakeCounters>
  /** The HTTP requests received, oldest first; at least the last 10,000. */
  readonly requests: Effect.Effect<ReadonlyArray<ReceivedRequest>>
  /** Waits until `count` (1) requests or notifications of a JSON-RPC method have been received since the start. */
  readonly awaitRequest: (method: string, count?: number) => Effect.Effect<void>
  /** Waits until the counters satisfy the predicate. */
  readonly awaitCounters: (predicate: (counters: FakeCounters) => boolean) => Effect.Effect<FakeCounters>
  /** Waits until no socket and no session is open: at once, if none ever was. */
  readonly awaitIdle: Effect.Effect<void>
}

/** Starts a server. Dies if a fault of the script cannot strike at its stage, or if no port can be had. */
export const make = Effect.fnUntraced(function* (
  script: FakeScript = {}
): Effect.fn.Return<FakeServer, never, Scope.Scope> {
  yield* possible(script)
  const host = makeHost(script, route)
  let killed = false
  yield* Effect.acquireRelease(host.listen, () => Effect.sync(host.close))
  const origin = `${host.scheme}://127.0.0.1:${host.port()}`

  const setScript = Effect.fnUntraced(function* (next: FakeScript) {
    yield* possible(next)
    host.setScript(next)
    if (!killed) yield* host.listen
  })
  return {
    url: origin + publicPrefix(script) + ssePath,
    origin,
    port: host.port(),
    caCertificate: script.tls === undefined ? null : FakeCertificates.authority,
    capabilities: ["list_resources", ...(script.tools ?? []).map((tool) => tool.name)],
    setScript,
    update: (change) => Effect.suspend(() => setScript(change(host.script()))),
    kill: Effect.sync(() => {
      killed = true
      host.refuse()
    }),
    restart: Effect.suspend(() => {
      killed = false
      host.dropAll()
      return host.listen
    }),
    counters: Effect.sync(host.ledger.snapshot),
    requests: Effect.sync(host.received),
    awaitRequest: (method, count = 1) =>
      Effect.asVoid(
        host.ledger.awaitUntil(({ requests }) => Object.hasOwn(requests, method) && (requests[method] ?? 0) >= count)
      ),
    awaitCounters: host.ledger.awaitUntil,
    awaitIdle: Effect.asVoid(
      host.ledger.awaitUntil(({ sockets, sessions }) => sockets.open === 0 && sessions.open === 0)
    )
  }
})

/**
 * The configuration file's content, as the value that YAML would give, for these servers: `server_1`, `server_2`, …
 * with priorities in order. `servers[i]` is laid over the i-th entry, `orchestration` over that section.
 */
export const orchestratorConfig = (
  servers: ReadonlyArray<FakeServer>,
  overrides: {
    readonly servers?: ReadonlyArray<{ readonly [key: string]: unknown }>
    readonly orchestration?: { readonly [key: string]: unknown }
  } = {}
): {
  readonly mcp_servers: { readonly [id: string]: { readonly [key: string]: unknown } }
  readonly orchestration: { readonly [key: string]: unknown }
} => ({
  mcp_servers: Object.fromEntries(
    servers.map((server, index) => [
      `server_${index + 1}`,
      {
        name: `Server ${index + 1}`,
        url: server.url,
        priority: index + 1,
        domains: ["products"],
        capabilities: server.capabilities,
        transport: "sse",
        ...overrides.servers?.[index]
      }
    ])
  ),
  orchestration: { fail_fast: true, ...overrides.orchestration }
})

const possible = (script: FakeScript): Effect.Effect<void> => {
  const problems = impossible(script.faults ?? [])
  return problems.length === 0 ? Effect.void : Effect.die(new Error(problems.join("; ")))
}
