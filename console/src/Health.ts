/** How the whole does, by what the process counts, and its last requests with where their time went. */
import { html } from "htm/preact"
import { useState } from "preact/hooks"
import type { VNode } from "preact"
import { get, metrics, type Failure, type Wire } from "./Client.ts"
import { Empty, Problem, Scrolling, Status } from "./Parts.ts"
import { usePolling } from "./Polling.ts"
import { bucketsOf, quantile, type Sample, samples, sumBy, total } from "./Prometheus.ts"
import { textOf } from "./Recent.ts"
import { bytes, duration, grouped } from "./Text.ts"
import { Lane, Legend, type Span } from "./Waterfall.ts"

type Requests = Wire["requests"]["requests"]

interface Known {
  readonly all: ReadonlyArray<Sample>
  readonly requests: Requests
}

export const Health = (): VNode => {
  const [known, setKnown] = useState<Known | null>(null)
  const [failure, setFailure] = useState<Failure | null>(null)
  usePolling(3000, async (signal) => {
    const [counted, recent] = await Promise.all([metrics(signal), get("requests", signal)])
    if (signal.aborted) return
    const failed = counted.ok ? recent : counted
    setFailure(failed.ok ? null : failed.failure)
    if (counted.ok && recent.ok) setKnown({ all: samples(counted.value), requests: recent.value.requests })
  })
  const all = known?.all ?? []
  const ok = sumBy(all, "orchestrator_requests_total", "outcome").find(([outcome]) => outcome === "ok")?.[1] ?? 0
  const done = total(all, "orchestrator_requests_total")
  return html`<section aria-labelledby="health-title">
    <div class="head"><h2 id="health-title">Health</h2></div>
    <${Status}>${done === 0 ? "" : `Since the process began: ${done} requests, ${done - ok} failed`}<//>
    ${failure === null ? null : html`<${Problem} failure=${failure} />`}
    <div class="tiles">
      ${tiles(all).map(
        ([label, value]) =>
          html`<div class="card">
            <p class="quiet">${label}</p>
            <p class="big">${known === null ? "–" : value}</p>
          </div>`
      )}
    </div>
    ${known === null ? null : html`<${Details} ...${known} />`}
  </section>`
}

// -----------------------------------------------------------------------------
// internals

/** As long as its tables are; drawn when there is something to draw, so that nothing below them moves. */
const Details = ({ all, requests }: Known): VNode =>
  html`<div>
    <div class="columns">
      <div>
        <h3>How long requests take</h3>
        <${Durations} all=${all} name="orchestrator_request_duration_seconds" label="request" />
      </div>
      <div>
        <h3>How long MCP servers take</h3>
        <${Durations} all=${all} name="mcp_client_operation_duration_seconds" label="server" />
      </div>
    </div>
    <h3>Errors by type</h3>
    <${Errors} all=${all} />
    <h3>Recent requests</h3>
    <${Legend} parts=${parts} />
    <${Recent} requests=${requests} />
  </div>`

const Recent = ({ requests }: { readonly requests: Requests }): VNode =>
  requests.length === 0
    ? html`<${Empty} title="Nobody has asked anything yet."
        ><p>
          The last requests are listed here with where their time went, whether they came from this page, over HTTP,
          from an MCP host or from a chat page.
        </p><//
      >`
    : html`<${Scrolling} label="Recent requests">
        <table class="waterfall recent">
          <thead>
            <tr>
              <th scope="col">At</th>
              <th scope="col">Request</th>
              <th scope="col">Outcome</th>
              <th scope="col" class="number">Took</th>
              <th scope="col">Where</th>
            </tr>
          </thead>
          <tbody>
            ${requests.map(({ beganAt, durationMs, errorType, kind, outcome, requestId, steps }) => {
              const spans = spansOf(steps)
              const text = textOf(requestId)
              return html`<tr>
                <td>${new Date(beganAt).toLocaleTimeString("en-GB")}</td>
                <td>
                  ${text === undefined ? kind : `${kind}: ${text}`}<br />
                  <code class="quiet">${requestId}</code>
                </td>
                <td class=${outcome === "error" ? "bad" : outcome === "ok" ? "good" : ""}>
                  ${errorType ?? outcome ?? "running"}
                </td>
                <td class="number">${durationMs === null ? "–" : duration(durationMs)}</td>
                <td class="lane">
                  <${Lane} spans=${spans} end=${durationMs ?? Math.max(0, ...spans.map(({ to }) => to))} />
                </td>
              </tr>`
            })}
          </tbody>
        </table>
      <//>`

/** A row a server. What contains others is drawn before them, and is seen where they are not. */
const spansOf = (steps: Requests[number]["steps"]): ReadonlyArray<Span> =>
  steps
    .map(({ durationMs, name, offsetMs, outcome, server }): Span => ({
      label: [server, name, outcome === "ok" ? null : outcome].filter((word) => word !== null).join(" "),
      kind: outcome === "error" ? "failed" : name,
      from: offsetMs,
      to: offsetMs + durationMs,
      row: server
    }))
    .toSorted((one, other) => one.from - other.from || other.to - one.to)

const tiles = (all: ReadonlyArray<Sample>): ReadonlyArray<readonly [label: string, value: string]> => [
  ["Requests running", String(total(all, "orchestrator_requests_active"))],
  ["Servers connected", String(total(all, "orchestrator_servers_connected"))],
  ["Retries", String(total(all, "orchestrator_retries_total"))],
  ["Rate-limit waits", String(total(all, "orchestrator_rate_limit_waits_total"))],
  ["Reconnects", String(total(all, "orchestrator_reconnects_total"))],
  ["Resources read", grouped(total(all, "orchestrator_resources_total"))],
  ["Bytes read", bytes(total(all, "orchestrator_resource_bytes_total"))],
  ["Statements refused", String(total(all, "orchestrator_sql_refusals_total"))]
]

const parts = [
  ["connect", "connect"],
  ["list", "list"],
  ["gather", "gather (reads)"],
  ["introspect", "introspect"],
  ["resolve", "resolve"],
  ["generate", "generate"],
  ["execute", "execute"],
  ["failed", "failed"]
] as const

const Durations = (props: {
  readonly all: ReadonlyArray<Sample>
  readonly name: string
  readonly label: string
}): VNode => {
  const { all, label, name } = props
  const kinds = sumBy(all, `${name}_count`, label)
  if (kinds.length === 0) return html`<p class="quiet">Nothing was measured yet.</p>`
  return html`<${Scrolling} label=${`Durations by ${label}`}>
    <table>
      <thead>
        <tr>
          <th scope="col">${label}</th>
          <th scope="col" class="number">count</th>
          ${shares.map((share) => html`<th scope="col" class="number">p${share * 100}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${kinds.map(([kind, count]) => {
          const buckets = bucketsOf(all, name, label, kind)
          return html`<tr key=${kind}>
            <th scope="row">${kind}</th>
            <td class="number">${count}</td>
            ${shares.map((share) => {
              const seconds = quantile(buckets, share)
              return html`<td class="number">${seconds === null ? "–" : duration(seconds * 1000)}</td>`
            })}
          </tr>`
        })}
      </tbody>
    </table>
  <//>`
}

const shares = [0.5, 0.95, 0.99]

const Errors = ({ all }: { readonly all: ReadonlyArray<Sample> }): VNode => {
  const counts = [
    ...errorsOf(all, "orchestrator_request_duration_seconds_count", "requests"),
    ...errorsOf(all, "orchestrator_connections_total", "connections"),
    ...errorsOf(all, "orchestrator_retries_total", "retries"),
    ...sumBy(all, "orchestrator_sql_refusals_total", "category").map(
      ([type, count]) => ["refused SQL", type, count] as const
    )
  ]
  if (counts.length === 0) return html`<p class="quiet">None.</p>`
  return html`<${Scrolling} label="Errors">
    <table>
      <thead>
        <tr>
          <th scope="col">Of</th>
          <th scope="col">Type</th>
          <th scope="col" class="number">Count</th>
        </tr>
      </thead>
      <tbody>
        ${counts.map(
          ([of, type, count]) =>
            html`<tr>
              <td>${of}</td>
              <td>${type}</td>
              <td class="number">${count}</td>
            </tr>`
        )}
      </tbody>
    </table>
  <//>`
}

const errorsOf = (all: ReadonlyArray<Sample>, name: string, of: string) =>
  sumBy(all, name, "error_type").map(([type, count]) => [of, type, count] as const)
