/** The configuration in force, where each value came from, what is wrong with the file, and when it changed. */
import { html } from "htm/preact"
import { useState } from "preact/hooks"
import type { VNode } from "preact"
import { get, type Wire } from "./Client.ts"
import { Scrolling, valueOf } from "./Parts.ts"
import { usePolling } from "./Polling.ts"
import { makeStore, useStore } from "./Store.ts"
import { counted } from "./Text.ts"

type Config = Wire["config"]

interface Reload {
  readonly at: Date
  /** `path: before → after` */
  readonly changes: ReadonlyArray<string>
}

const current = makeStore<Config | null>(null)
const reloads = makeStore<ReadonlyArray<Reload>>([])

export const Configuration = (): VNode | null => {
  const config = useStore(current)
  const seen = useStore(reloads)
  const [search, setSearch] = useState("")
  usePolling(5000, look)
  if (config === null) return null
  const words = search.toLowerCase()
  const found = config.values.filter(({ path, source, value }) =>
    `${path} ${value} ${source}`.toLowerCase().includes(words)
  )
  return html`<section aria-labelledby="config-title">
    <h3 id="config-title">Configuration</h3>
    ${
      config.current
        ? null
        : html`<p class="problem" role="alert">
            <strong>The file was changed and is not in force:</strong> the one before it still
            is.${config.problems.length === 0 ? " Its servers are being connected." : ""}
          </p>`
    }
    <ul class="plain problems">
      ${config.problems.map(
        ({ column, excerpt, line, message, path, severity }) =>
          html`<li class=${severity === "error" ? "problem" : "warning"}>
            <p><strong>${line === null ? "" : `line ${line}, column ${column ?? 1} · `}${path}</strong> ${message}</p>
            ${excerpt === null ? null : html`<pre tabindex="0">${excerpt}</pre>`}
          </li>`
      )}
    </ul>
    <div role="log" aria-label="Reloads">
      ${seen.map(
        ({ at, changes }) =>
          html`<p class="reload">
            <strong>Reloaded at ${at.toLocaleTimeString("en-GB")}</strong>${" "}
            ${changes.slice(0, 5).join("; ")}${changes.length > 5 ? `; ${changes.length - 5} more` : ""}
          </p>`
      )}
    </div>
    ${
      config.values.length === 0
        ? html`<p class="quiet">It was given as a value, not as a file.</p>`
        : html`<details>
            <summary>${counted(config.values.length, "value")} of ${config.file}</summary>
            <label class="search"
              >Search <input type="search" value=${search} onInput=${(event: Event) => setSearch(valueOf(event))}
            /></label>
            <${Scrolling} label="Values of the configuration">
              <table>
                <thead>
                  <tr>
                    <th scope="col">Key</th>
                    <th scope="col">Value</th>
                    <th scope="col">Comes from</th>
                  </tr>
                </thead>
                <tbody>
                  ${found.map(
                    ({ path, source, value }) =>
                      html`<tr key=${path}>
                        <td>${path}</td>
                        <td>${value}</td>
                        <td class="quiet">${source}</td>
                      </tr>`
                  )}
                </tbody>
              </table>
            <//>
          </details>`
    }
  </section>`
}

// -----------------------------------------------------------------------------
// internals

const look = async (signal: AbortSignal): Promise<void> => {
  const answer = await get("config", signal)
  if (!answer.ok) return
  const before = current.get()
  const changes = before === null ? [] : differences(before, answer.value)
  current.update(() => answer.value)
  if (changes.length > 0) reloads.update((all) => [{ at: new Date(), changes }, ...all].slice(0, 20))
}

const differences = (before: Config, after: Config): ReadonlyArray<string> => {
  const old = new Map(before.values.map(({ path, value }) => [path, value]))
  const now = new Map(after.values.map(({ path, value }) => [path, value]))
  return [
    ...after.values.flatMap(({ path, value }) => {
      const was = old.get(path)
      return was === value ? [] : [was === undefined ? `${path}: ${value}` : `${path}: ${was} → ${value}`]
    }),
    ...before.values.flatMap(({ path }) => (now.has(path) ? [] : [`${path} is gone`]))
  ]
}
