/** How the whole does, by what the process counts, and the requests of this page with where their time went. */
import { html } from "htm/preact"
import { useState } from "preact/hooks"
import type { VNode } from "preact"
import { metrics, type Failure } from "./Client.ts"
import { Empty, Problem, Scrolling, Status } from "./Parts.ts"
import { usePolling } from "./Polling.ts"
import { bucketsOf, quantile, type Sample, samples, sumBy, total } from "./Prometheus.ts"
import { recent } from "./Recent.ts"
import { useStore } from "./Store.ts"
import { bytes, duration, grouped } from "./Text.ts"
import { Lane, Legend } from "./Waterfall.ts"

export const Health = (): VNode => {
  const [known, setAll] = useState<ReadonlyArray<Sample> | null>(null)
  const [failure, setFailure] = useState<Failure | null>(null)
  usePolling(3000, async (signal) => {
    const answer = await metrics(signal)
    if (signal.aborted) return
    setFailure(answer.ok ? null : answer.failure)
    if (answer.ok) setAll(samples(answer.value))
  })
  const all = known ?? []
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
    ${known === null && failure === null ? null : html`<${Details} all=${all} />`}
  </section>`
}

// -----------------------------------------------------------------------------
// internals

/** As long as its tables are; drawn when there is something to draw, so that nothing below them moves. */
const Details = ({ all }: { readonly all: ReadonlyArray<Sample> }): VNode => {
  const requests = useStore(recent)
  return html`<div>
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
    <h3>Requests of this page</h3>
    <${Legend} parts=${parts} />
    ${
      requests.length === 0
        ? html`<${Empty} title="This page has not asked anything yet."
            ><p>
              Questions, names and gathers that are asked here are listed with where their time went. Those of others
              are in the log: <code>mcp-orchestrator logs summary</code>.
            </p><//
          >`
        : html`<${Scrolling} label="Requests">
            <table class="waterfall">
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
                ${requests.map(
                  ({ at, durationMs, kind, outcome, spans, what }) =>
                    html`<tr>
                      <td>${at.toLocaleTimeString("en-GB")}</td>
                      <td>${kind}: ${what}</td>
                      <td class=${outcome === "ok" ? "good" : "bad"}>${outcome}</td>
                      <td class="number">${duration(durationMs)}</td>
                      <td class="lane">
                        <${Lane} spans=${spans} end=${Math.max(durationMs, ...spans.map(({ to }) => to))} />
                      </td>
                    </tr>`
                )}
              </tbody>
            </table>
          <//>`
    }
  </div>`
}

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
  ["gather", "gather (reads)"],
  ["resolve", "resolve (pages)"],
  ["generate", "generate (schema and decode)"],
  ["execute", "execute (connect)"]
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
