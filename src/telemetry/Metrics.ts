/**
 * What is counted and measured. Names, units and buckets follow the OpenTelemetry conventions for MCP where they have
 * one (https://opentelemetry.io/docs/specs/semconv/gen-ai/mcp/); `MetricNames` has the same by Prometheus' rules. `docs/reference/metrics.md` lists them. Labels are server ids and words from closed lists, never a URI or a value.
 */
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Metric from "effect/Metric"
import type { SqlProblemCategory } from "../errors/QueryReason.ts"
import type { ServerReason } from "../errors/ServerReason.ts"
import type { SqlAttempt } from "../OrchestratorError.ts"
import { errorTypeOf, outcomeOf } from "./ErrorType.ts"
import * as McpSpans from "./McpSpans.ts"
import { named } from "./PrometheusNames.ts"
import * as RecentRequests from "./RecentRequests.ts"

/** The MCP requests that are measured. */
export type McpMethod = "resources/list" | "resources/templates/list" | "resources/read" | "tools/list" | "tools/call"

/** Measures one MCP request to a server, by method, server and outcome. */
export const mcpRequest = (server: string, method: McpMethod) =>
  measured(mcpDuration, { server, "mcp.method.name": method })

/** Measures one step, of one server where it has one, by outcome; its request is told of it, in its trace too. */
export const step = (name: RecentRequests.StepName, server?: string) => {
  const labels = server === undefined ? {} : { server }
  const measure = measured(stepDuration, { step: name, ...labels })
  const trace = McpSpans.spanned(name, { attributes: labels })
  const tell = RecentRequests.step(name, server ?? null)
  return <A, E, R>(effect: Effect.Effect<A, E, R>) => measure(trace(tell(effect)))
}

/** Counts and measures one request, and has it in the gauge of active ones while it runs. */
export const request =
  (kind: RecentRequests.RequestKind) =>
  <A, E, R>(effect: Effect.Effect<A, E, R>): Effect.Effect<A, E, R> =>
    Effect.acquireUseRelease(
      Metric.modify(activeRequests, 1),
      () => measured(requestDuration, { request: kind })(effect),
      (_, exit) =>
        Effect.andThen(Metric.modify(activeRequests, -1), count(requests, { request: kind, outcome: outcomeOf(exit) }))
    )

/** A session was opened (`again`: after one that was lost), or could not be. */
export const connectionOpened = (server: string, again: boolean) =>
  Effect.all(
    [
      count(connections, { server, outcome: "ok" }),
      Metric.modify(connectedServers, 1),
      again ? count(reconnects, { server }) : Effect.void
    ],
    { discard: true }
  )
export const connectionFailed = (server: string, reason: ServerReason["_tag"]) =>
  count(connections, { server, outcome: "error", "error.type": reason })

/** A session that was opened is gone; `seconds` is how long it lived. */
export const connectionClosed = (server: string, seconds: number) =>
  Effect.andThen(Metric.modify(connectedServers, -1), Metric.update(sessionDuration({ server }), seconds))

export const retryScheduled = (server: string, operation: string, reason: string) =>
  count(retries, { server, operation, "error.type": reason })

export const rateLimited = (server: string) => count(rateLimitWaits, { server })

/** Whether the store of the shared limits can be asked. */
export const limitsStoreUp = (isUp: boolean) => Metric.update(limitsStore, isUp ? 1 : 0)

/** How many processes share the limits, as far as is known. */
export const limitsSharedBy = (processes: number) => Metric.update(limitProcesses, processes)

/** A request was let through by this process's part of the limit, because the store could not be asked. */
export const limitedLocally = (server: string) => count(localLimits, { server })

export const pageListed = (server: string) => count(pages, { server })

export const resourceRead = (server: string, bytes: number) =>
  Effect.andThen(count(resources, { server }), count(resourceBytes, { server }, bytes))

/** Looks at how much memory the process takes now. */
export const memory = Effect.suspend(() => Metric.update(processMemory, process.memoryUsage.rss()))

/** `server` lost to a better priority. */
export const conflictFound = (server: string) => count(conflicts, { server })

/** One statement went through the guard and, if that let it pass, was run. */
export const sqlAttempted = (outcome: SqlAttempt["outcome"], category: SqlProblemCategory | null) =>
  Effect.andThen(
    count(sqlAttempts, { outcome }),
    outcome === "rejected" ? count(sqlRefusals, { category: category ?? "other" }) : Effect.void
  )

// -----------------------------------------------------------------------------
// internals

type Labels = { readonly [label: string]: string }

/**
 * A metric's series by their labels, each made once, as a metric of its own: `Metric.withAttributes` makes its key anew
 * at every update, and there are thousands of reads a second. They are as few as there are servers and words.
 */
const seriesOf = <State>(make: (labels: Labels) => Metric.Metric<number, State>) => {
  const known = new Map<string, Metric.Metric<number, State>>()
  return (labels: Labels): Metric.Metric<number, State> => {
    let key = ""
    for (const label in labels) key += `${label}=${labels[label]};`
    const found = known.get(key)
    if (found !== undefined) return found
    const series = make(labels)
    known.set(key, series)
    return series
  }
}

const counter = (name: string, description: string, unit = "1") => {
  const id = named(name, "_total")
  return seriesOf((labels) => Metric.counter(id, { description, incremental: true, attributes: { unit, ...labels } }))
}

const gauge = (name: string, description: string, suffix = "", unit = "1") =>
  Metric.gauge(named(name, suffix), { description, attributes: { unit } })

/** The buckets that the convention names for MCP operations, in seconds. */
const buckets = [0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30, 60, 120, 300]

const duration = (name: string, description: string) => {
  const id = named(name, "_seconds")
  return seriesOf((labels) =>
    Metric.histogram(id, { description, boundaries: buckets, attributes: { unit: "seconds", ...labels } })
  )
}

const mcpDuration = duration("mcp.client.operation.duration", "Time from sending an MCP request to its answer")
const sessionDuration = duration("mcp.client.session.duration", "How long an MCP session lived")
const requestDuration = duration("orchestrator.request.duration", "Time that one request took as a whole")
const stepDuration = duration("orchestrator.step.duration", "Time that one step of a request took")

const requests = counter("orchestrator.requests", "Requests that ended")
const connections = counter("orchestrator.connections", "Tries to open a session with a server")
const reconnects = counter("orchestrator.reconnects", "Sessions opened in place of one that was lost")
const retries = counter("orchestrator.retries", "Tries that were scheduled after a failure")
const rateLimitWaits = counter("orchestrator.rate_limit.waits", "Requests that had to wait for the rate limit")
const localLimits = counter(
  "orchestrator.rate_limit.local",
  "Requests under this process's part of a shared rate limit, because the store could not be asked"
)
const limitProcesses = gauge("orchestrator.rate_limit.processes", "Processes that share the rate limits, last known")
const limitsStore = gauge("orchestrator.rate_limit.store.up", "1 while the store of the shared rate limits answers")
const pages = counter("orchestrator.pages", "Pages of resource lists received")
const resources = counter("orchestrator.resources", "Resources read")
const resourceBytes = counter("orchestrator.resource.bytes", "Bytes of resources read", "bytes")
const conflicts = counter("orchestrator.resolution.conflicts", "Servers that lost a resolution to a better priority")
const sqlAttempts = counter("orchestrator.sql.attempts", "SQL statements generated, by what became of them")
const sqlRefusals = counter("orchestrator.sql.refusals", "SQL statements that the guard refused")
const connectedServers = gauge("orchestrator.servers.connected", "Sessions that are open")
const activeRequests = gauge("orchestrator.requests.active", "Requests that are running")

const processMemory = gauge("process.memory.usage", "Resident memory of the process", "_bytes", "bytes")

const count = (series: ReturnType<typeof counter>, labels: Labels, amount = 1): Effect.Effect<void> =>
  Metric.update(series(labels), amount)

const measured =
  (series: ReturnType<typeof duration>, labels: Labels) =>
  <A, E, R>(effect: Effect.Effect<A, E, R>): Effect.Effect<A, E, R> =>
    Effect.flatMap(Clock.currentTimeNanos, (started) =>
      Effect.onExit(effect, (exit) =>
        Effect.flatMap(Clock.currentTimeNanos, (ended) => {
          const errorType = errorTypeOf(exit)
          const outcome = outcomeOf(exit)
          const all = errorType === null ? { ...labels, outcome } : { ...labels, outcome, "error.type": errorType }
          return Metric.update(series(all), Number(ended - started) / 1e9)
        })
      )
    )
