/** Every server, live: whether it delivers, what it says it is, what was understood of it, and what to do if not. */
import { html } from "htm/preact"
import { useEffect, useState } from "preact/hooks"
import type { VNode } from "preact"
import { connection, get, type Failure, type Wire } from "./Client.ts"
import { Configuration } from "./Configuration.ts"
import { Empty, Problem, Scrolling, Sparkline, Status } from "./Parts.ts"
import { usePolling } from "./Polling.ts"
import { makeStore, useStore } from "./Store.ts"
import { bytes, counted, duration, grouped } from "./Text.ts"

type Health = Wire["servers"]["servers"][number]
type Report = Wire["validate"]["servers"][number]

interface Checked {
  readonly at: Date
  readonly report: Wire["validate"]
}

type Failed = NonNullable<Health["error"]>

/** The last error of a server, and when it was seen. */
interface Seen {
  readonly at: Date
  readonly error: Failed
}

/** How many tries a sparkline shows. */
const remembered = 30

const history = makeStore<ReadonlyMap<string, ReadonlyArray<number | null>>>(new Map())
const errors = makeStore<ReadonlyMap<string, Seen>>(new Map())
const health = makeStore<Wire["servers"] | null>(null)
const validation = makeStore<Checked | null>(null)

export const Servers = (): VNode => {
  const { epoch, state } = useStore(connection)
  const now = useStore(health)
  const checked = useStore(validation)
  const latencies = useStore(history)
  const lastErrors = useStore(errors)
  const [failure, setFailure] = useState<Failure | null>(null)
  const [validating, setValidating] = useState(false)

  const look = async (signal: AbortSignal): Promise<void> => {
    const answer = await get("servers", signal)
    if (signal.aborted) return
    setFailure(answer.ok ? null : answer.failure)
    if (!answer.ok) return
    health.update(() => answer.value)
    history.update((known) => remember(known, answer.value.servers))
    errors.update((known) => noted(known, answer.value.servers))
  }
  const validate = (signal?: AbortSignal) => {
    setValidating(true)
    return get("validate", signal).then((answer) => {
      if (signal?.aborted === true) return
      setValidating(false)
      if (!answer.ok) return setFailure(answer.failure)
      validation.update(() => ({ at: new Date(), report: answer.value }))
      errors.update((known) => noted(known, answer.value.servers))
    })
  }

  usePolling(5000, look)
  useEffect(() => {
    if (state !== "open" || validation.get() !== null) return
    const stop = new AbortController()
    void validate(stop.signal)
    return () => stop.abort()
  }, [epoch, state])

  return html`<section aria-labelledby="servers-title">
    <div class="head">
      <h2 id="servers-title">Servers</h2>
      <button type="button" disabled=${validating} onClick=${() => void validate()}>
        ${validating ? "Validating…" : "Validate now"}
      </button>
      <${Status}>${summary(now, checked)}<//>
    </div>
    ${failure === null ? null : html`<${Problem} failure=${failure} />`}
    ${checked?.report.shortcomings.map((text) => html`<p class="warning">${text}</p>`)}
    ${
      now === null
        ? failure === null
          ? html`<${Empty} title="Asking every server…"><p>Each is connected and asked for its list.</p><//>`
          : null
        : html`<${Scrolling} label="State of each server">
            <table class="servers">
              <thead>
                <tr>
                  <th scope="col" class="number">Priority</th>
                  <th scope="col">Server</th>
                  <th scope="col">State</th>
                  <th scope="col">Says it is</th>
                  <th scope="col" class="number">Resources</th>
                  <th scope="col">Understood</th>
                  <th scope="col">Latency</th>
                </tr>
              </thead>
              ${now.servers.map((server) =>
                row(
                  server,
                  checked?.report.servers.find((report) => report.server === server.server),
                  latencies,
                  lastErrors.get(server.server)
                )
              )}
            </table>
          <//>`
    }
    ${now === null && failure === null ? null : html`<${Configuration} />`}
  </section>`
}

// -----------------------------------------------------------------------------
// internals

const remember = (
  known: ReadonlyMap<string, ReadonlyArray<number | null>>,
  servers: ReadonlyArray<Health>
): ReadonlyMap<string, ReadonlyArray<number | null>> =>
  new Map(
    servers.map(({ durationMs, healthy, server }) => [
      server,
      [...(known.get(server) ?? []), healthy ? durationMs : null].slice(-remembered)
    ])
  )

/** It is kept when it is over: what went wrong at night is asked about in the morning. */
const noted = (
  known: ReadonlyMap<string, Seen>,
  servers: ReadonlyArray<{ readonly server: string; readonly error: Failed | null }>
): ReadonlyMap<string, Seen> => {
  const at = new Date()
  return new Map([
    ...known,
    ...servers.flatMap(({ error, server }) => (error === null ? [] : [[server, { at, error }] as const]))
  ])
}

const summary = (now: Wire["servers"] | null, checked: Checked | null): string => {
  if (now === null) return ""
  const failed = new Set([
    ...now.servers.filter(({ healthy }) => !healthy).map(({ server }) => server),
    ...(checked?.report.servers.filter(({ ok }) => !ok).map(({ server }) => server) ?? [])
  ])
  const all =
    failed.size === 0
      ? "All servers deliver"
      : `${failed.size} of ${counted(now.servers.length, "server")} cannot deliver`
  return checked === null ? `${all}.` : `${all}. Validated at ${checked.at.toLocaleTimeString("en-GB")}.`
}

const row = (
  { durationMs, error, healthy, priority, resources, server }: Health,
  report: Report | undefined,
  latencies: ReadonlyMap<string, ReadonlyArray<number | null>>,
  last: Seen | undefined
): VNode => {
  const failure = error ?? report?.error ?? null
  const info = report?.handshake
  return html`<tbody key=${server}>
    <tr>
      <td class="number">${priority}</td>
      <th scope="row">
        ${server}${report === undefined || report.name === server ? null : html`<br /><span class="quiet">${report.name}</span>`}
      </th>
      <td>
        ${
          healthy && failure === null
            ? html`<span class="state good">● delivers</span>`
            : html`<span class="state bad">✕ ${healthy ? "lists, but fails" : "cannot deliver"}</span>`
        }
      </td>
      <td>
        ${
          info === undefined || info === null
            ? html`<span class="quiet">not known yet<br />MCP –</span>`
            : html`${info.serverInfo.name} ${info.serverInfo.version}<br /><span class="quiet"
                  >MCP ${info.protocolVersion}</span
                >`
        }
      </td>
      <td class="number">${healthy ? grouped(resources) : "–"}</td>
      <td>${report === undefined ? html`<span class="quiet">validate to see</span>` : understood(report)}</td>
      <td class="latency">
        <${Sparkline} values=${latencies.get(server) ?? []} /><span class="number">${duration(durationMs)}</span>
      </td>
    </tr>
    ${
      failure === null
        ? last === undefined
          ? null
          : said(last.error, `Last error at ${last.at.toLocaleTimeString("en-GB")}: `)
        : said(failure, "")
    }
    ${report?.warnings.map(
      (text) =>
        html`<tr class="failure">
          <td></td>
          <td colspan="6"><p class="warning">${text}</p></td>
        </tr>`
    )}
  </tbody>`
}

/** An error that is over is said quietly: `when` tells that it is. */
const said = ({ detail, reason, remedy, stage }: Failed, when: string): VNode =>
  html`<tr class=${when === "" ? "failure" : "failure quiet"}>
    <td></td>
    <td colspan="6">
      <p>${when}<strong>${stage} · ${reason._tag}</strong> <span class="said">${detail}</span></p>
      <p><strong>What to do:</strong> ${remedy}</p>
    </td>
  </tr>`

const understood = (report: Report): VNode => {
  const sum = (key: "tables" | "mappings" | "entities") =>
    report.understood.reduce((count, resource) => count + resource[key], 0)
  const texts = report.understood.filter(({ text }) => text).length
  const said = [
    [sum("tables") + (report.schemaTables ?? 0), "table", "tables"],
    [sum("mappings"), "term", "terms"],
    [sum("entities"), "entity", "entities"],
    [texts, "text", "texts"]
  ] as const
  const all = said.filter(([count]) => count > 0).map(([count, one, many]) => counted(count, one, many))
  if (report.understood.length === 0)
    return html`<span class="quiet">${all.length === 0 ? "nothing" : all.join(", ")}</span>`
  return html`<details>
    <summary>${all.length === 0 ? "nothing" : all.join(", ")}</summary>
    <p class="quiet">
      ${counted(report.read, "resource")} read,${" "}
      ${bytes(report.bytes)}${report.sqlTool === null ? "" : `; SQL through ${report.sqlTool}`}
    </p>
    <ul class="plain">
      ${report.understood
        .slice(0, 50)
        .map(
          ({ entities, mappings, name, tables, text }) =>
            html`<li>
              ${name}:${" "}
              ${text ? "text" : [counted(tables, "table"), counted(mappings, "term"), counted(entities, "entity", "entities")].filter((part) => !part.startsWith("0 ")).join(", ") || "nothing"}
            </li>`
        )}
    </ul>
  </details>`
}
