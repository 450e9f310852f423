/** The sockets of one session: kept-alive ones for POSTs, one for the stream; through a proxy if the environment says so. */
import type { Agent } from "node:http"
import type { LookupFunction } from "node:net"
import type { SecureContext } from "node:tls"
import * as Effect from "effect/Effect"
import { nodeBuiltin } from "../../NodeBuiltin.ts"
import type { ServerConfig } from "../../config/OrchestratorConfig.ts"
import * as ServerReason from "../../errors/ServerReason.ts"
import * as Redaction from "../../telemetry/Redaction.ts"
import { failure, type SessionFailure } from "../SessionFailure.ts"
import * as Lookup from "./Lookup.ts"

const http = nodeBuiltin("node:http")
const https = nodeBuiltin("node:https")
const tls = nodeBuiltin("node:tls")
const fs = nodeBuiltin("node:fs")

export interface Agents {
  readonly stream: Agent
  readonly posts: Agent
  /** With the authorities of `ca_file`; `null` for Node's own. */
  readonly secureContext: SecureContext | null
  /** Connections begin with a proxy, not with a look-up of the server's name. */
  readonly proxied: boolean
  /** How many sockets POSTs may have, 8 at first. */
  limitPosts(sockets: number): void
  /** Closes the sockets that no POST uses. */
  closeIdle(): void
  /** Ends every socket, also those that are being connected; none is opened afterwards. */
  destroy(): void
}

/** Sockets kept for POSTs, until it is known how far the server is. */
const firstPostSockets = 8

/** New agents for one session, which destroys them. Fails when the address is not allowed, `ca_file` cannot be read or the proxy is none. */
export const makeAgents = Effect.fnUntraced(function* (server: ServerConfig): Effect.fn.Return<Agents, SessionFailure> {
  if (Lookup.refusesHost(server)) {
    return yield* failure("connect", new ServerReason.AddressNotAllowed(), Lookup.refusal(server.url.hostname))
  }
  const secure = server.url.protocol === "https:"
  const secureContext = server.caFile === null || !secure ? null : yield* contextWith(server.caFile)
  const proxy = yield* proxyFor(server.url.reveal())
  const make = proxy === null ? direct(secure, Lookup.of(server)) : yield* through(proxy, secure)
  return {
    stream: make.agent({ keepAlive: false, maxSockets: 1 }),
    posts: make.agent({ keepAlive: true, maxSockets: firstPostSockets, scheduling: "lifo" }),
    secureContext,
    proxied: proxy !== null,
    limitPosts(sockets) {
      this.posts.maxSockets = sockets
    },
    closeIdle() {
      for (const free of Object.values(this.posts.freeSockets)) for (const socket of free ?? []) socket.destroy()
    },
    destroy() {
      // Requests that wait for a socket would be given new ones as the old ones close.
      this.posts.createConnection = refuse
      this.stream.createConnection = refuse
      make.abort()
      this.posts.destroy()
      this.stream.destroy()
    }
  }
})

interface AgentOptions {
  readonly keepAlive: boolean
  readonly maxSockets: number
  readonly scheduling?: "lifo"
}

interface Maker {
  agent(options: AgentOptions): Agent
  /** Ends connections of which the agents do not know yet. */
  abort(): void
}

const direct = (secure: boolean, lookup: LookupFunction): Maker => ({
  agent: (options) => {
    const agent = secure ? new https.Agent({ ...options, lookup }) : new http.Agent({ ...options, lookup })
    // All its sockets lead to one place; Node would write down where, in full, for every request.
    agent.getName = () => "server"
    return agent
  },
  abort: () => {}
})

/** No socket at all: for a broken one, Node's agent would make another, for ever. */
const refuse: Agent["createConnection"] = () => null

/** Node's own authorities and those of the file; `NODE_EXTRA_CA_CERTS` is Node's own business and among the first. */
const contextWith = Effect.fnUntraced(function* (file: string) {
  const unusable = (cause: unknown) =>
    failure("tls", new ServerReason.Tls(), `cannot use ca_file: ${Redaction.text(String(cause))}`)
  // A pipe that nobody writes to would hold the whole process up.
  const isFile = yield* Effect.try({ try: () => fs.statSync(file).isFile(), catch: unusable })
  if (!isFile) return yield* unusable("it is no regular file")
  return yield* Effect.try({
    try: () => tls.createSecureContext({ ca: [...tls.getCACertificates("default"), fs.readFileSync(file, "utf8")] }),
    catch: unusable
  })
})

/** The proxy for a URL by `HTTP_PROXY`, `HTTPS_PROXY` and `NO_PROXY`, in either case; loopback is never proxied. */
const proxyFor = Effect.fnUntraced(function* (url: URL): Effect.fn.Return<URL | null, SessionFailure> {
  if (!mayBeProxied(url)) return null
  const { getProxyForUrl } = yield* Effect.promise(() => import("proxy-from-env"))
  const proxy = getProxyForUrl(url.href)
  if (proxy === "") return null
  if (URL.canParse(proxy) && /^https?:/.test(proxy)) return new URL(proxy)
  return yield* failure(
    "connect",
    new ServerReason.Protocol(),
    "HTTP_PROXY or HTTPS_PROXY is not the URL of an HTTP proxy"
  )
})

/** Whether a URL's connections begin with a proxy, unless `NO_PROXY` says otherwise. */
export const mayBeProxied = (url: Pick<URL, "hostname">): boolean =>
  !isLoopback(url.hostname) && Object.keys(process.env).some((name) => /^https?_proxy$/i.test(name))

/** Whether a URL's host is this machine by its name alone; nothing is looked up. */
export const isLoopback = (hostname: string): boolean =>
  hostname === "localhost" || hostname.endsWith(".localhost") || hostname === "[::1]" || /^127\.[\d.]+$/.test(hostname)

/** The agent libraries are loaded only where there is a proxy. */
const through = Effect.fnUntraced(function* (proxy: URL, secure: boolean): Effect.fn.Return<Maker> {
  if (secure) {
    const { HttpsProxyAgent } = yield* Effect.promise(() => import("https-proxy-agent"))
    return abortable((options) => new HttpsProxyAgent(proxy, options))
  }
  const { HttpProxyAgent } = yield* Effect.promise(() => import("http-proxy-agent"))
  return abortable((options) => new HttpProxyAgent(proxy, options))
})

/** A connection to a proxy belongs to no agent until it stands; its signal is the only way to end it before. */
const abortable = (make: (options: AgentOptions & { readonly signal: AbortSignal }) => Agent): Maker => {
  const controller = new AbortController()
  return {
    agent: (options) => make({ ...options, signal: controller.signal }),
    abort: () => controller.abort()
  }
}
