/** Everything of every server: watched while it comes, looked through when it is here, compared with the one before. */
import { html } from "htm/preact"
import { useEffect, useMemo, useRef, useState } from "preact/hooks"
import type { VNode } from "preact"
import { begin, compared, gathers, spansOf, type Gather, type Resource } from "./Gathers.ts"
import { download, Empty, Problem, Scrolling, Status, valueOf } from "./Parts.ts"
import { useStore } from "./Store.ts"
import { bytes, counted, cut, duration, toJson } from "./Text.ts"
import { Content } from "./Tree.ts"
import { Virtual } from "./Virtual.ts"
import { Lane, Legend } from "./Waterfall.ts"

export const GatherView = (): VNode => {
  const all = useStore(gathers)
  const [shown, setShown] = useState<number | null>(null)
  const [running, setRunning] = useState<AbortController | null>(null)
  const last = useRef<AbortController | null>(null)
  useEffect(() => () => last.current?.abort(), [])
  const start = () => {
    const stop = new AbortController()
    last.current = stop
    setRunning(stop)
    const { done, number } = begin(stop.signal)
    setShown(number)
    void done.then(() => setRunning(null))
  }
  const current = all.find(({ number }) => number === shown) ?? all[0]
  return html`<section aria-labelledby="gather-title">
    <div class="head">
      <h2 id="gather-title">Gather</h2>
      <button type="button" disabled=${running !== null} onClick=${start}>Gather now</button>
      ${running === null ? null : html`<button type="button" onClick=${() => running.abort()}>Stop</button>`}
      ${
        all.length < 2
          ? null
          : html`<label
              >Shown
              <select value=${String(current?.number)} onChange=${(event: Event) => setShown(Number(valueOf(event)))}>
                ${all.map((gather) => html`<option value=${String(gather.number)}>${nameOf(gather)}</option>`)}
              </select></label
            >`
      }
    </div>
    <${Status}>${current === undefined ? "" : statusOf(current)}<//>
    ${
      current === undefined
        ? html`<${Empty} title="Nothing was gathered in this page yet.">
            <p>
              A gather reads every resource of every server, afresh: all of them, or one error that names the server.
              Nothing is kept at the server; this page keeps the last four, to compare them.
            </p>
          <//>`
        : html`<${Shown} key=${current.number} gather=${current} all=${all} />`
    }
  </section>`
}

// -----------------------------------------------------------------------------
// internals

const nameOf = ({ at, number }: Gather): string => `${number}, at ${at.toLocaleTimeString("en-GB")}`

const statusOf = ({ elapsed, failure, resources, servers }: Gather): string => {
  if (failure !== null) return failure.title
  const done = [...servers.values()].reduce((sum, progress) => sum + progress.done, 0)
  return resources === null
    ? `Gathering: ${counted(done, "resource")} so far`
    : `${counted(resources.length, "resource")} of ${counted(servers.size, "server")} in ${duration(elapsed)}`
}

const Shown = ({ all, gather }: { readonly gather: Gather; readonly all: ReadonlyArray<Gather> }): VNode => {
  const { failure, resources, servers } = gather
  const others = all.filter(({ number, resources }) => number !== gather.number && resources !== null)
  return html`<div>
    ${failure === null ? null : html`<${Problem} failure=${failure} />`}
    ${servers.size === 0 && failure !== null ? null : html`<${Waterfall} gather=${gather} />`}
    ${resources === null ? null : html`<${Compared} resources=${resources} others=${others} /><${Browse} resources=${resources} />`}
  </div>`
}

const Waterfall = ({ gather: { elapsed, servers } }: { readonly gather: Gather }): VNode =>
  html`<${Scrolling} label="Waterfall">
      <table class="waterfall">
        <thead>
          <tr>
            <th scope="col">Server</th>
            <th scope="col">0 to ${duration(elapsed)}</th>
            <th scope="col" class="number">Resources</th>
            <th scope="col" class="number">Pages</th>
            <th scope="col" class="number">Size</th>
            <th scope="col" class="number">Rate</th>
          </tr>
        </thead>
        <tbody>
          ${[...servers].map(([id, progress]) => {
            return html`<tr key=${id}>
              <th scope="row">${id}</th>
              <td class="lane"><${Lane} spans=${spansOf(id, progress, elapsed)} end=${elapsed} /></td>
              <td class="number">${progress.done} of ${progress.total}</td>
              <td class="number">${progress.pages}</td>
              <td class="number">${bytes(progress.bytes)}</td>
              <td class="number rate">
                ${progress.bytes === 0 ? "–" : `${bytes(Math.round((progress.bytes / Math.max(1, progress.gathered ?? elapsed)) * 1000))}/s`}
              </td>
            </tr>`
          })}
        </tbody>
      </table>
    <//>
    <${Legend}
      parts=${[
        ["connect", "connect"],
        ["list", "pages"],
        ["gather", "reads"],
        ["introspect", "schema and decode"]
      ]}
    />`

const Browse = ({ resources }: { readonly resources: ReadonlyArray<Resource> }): VNode => {
  const [search, setSearch] = useState("")
  const [chosen, setChosen] = useState<string | null>(null)
  const found = useMemo(() => {
    const words = search.toLowerCase().split(/\s+/)
    return resources.filter((resource) => words.every((word) => resource.words.includes(word)))
  }, [resources, search])
  const resource = resources.find(({ id }) => id === chosen)
  const all = () => toJson(Object.fromEntries(resources.map(({ data, id }) => [id, data])), 2)
  return html`<div class="columns">
    <div class="list">
      <div class="bar">
        <label class="search"
          >Search <input type="search" value=${search} onInput=${(event: Event) => setSearch(valueOf(event))}
        /></label>
        <span>${counted(found.length, "resource")}</span>
        <button type="button" onClick=${() => download("gather.json", "application/json", all())}>Download all</button>
      </div>
      <${Virtual}
        label="Resources"
        head=${resourcesHead}
        rows=${found}
        row=${(one: Resource, index: number) => resourceRow(one, index, one.id === chosen, setChosen)}
      />
    </div>
    <div>
      ${
        resource === undefined
          ? html`<${Empty} title="Choose a resource"
              ><p>Its content is shown here as a tree, as a table where it holds records, and as text.</p><//
            >`
          : html`<h3>${resource.id}</h3>
              <${Content} key=${resource.id} name=${resource.key} data=${resource.data} />`
      }
    </div>
  </div>`
}

const resourcesHead = html`<tr aria-rowindex="1">
  <th scope="col">Resource</th>
  <th scope="col">Server</th>
  <th scope="col">URI</th>
  <th scope="col" class="number">Size</th>
</tr>`

const resourceRow = (
  { id, key, server, size, uri }: Resource,
  index: number,
  isChosen: boolean,
  onChoose: (id: string) => void
): VNode =>
  html`<tr key=${id} aria-rowindex=${index + 2} class=${isChosen ? "chosen" : ""}>
    <td>
      <button type="button" aria-pressed=${isChosen ? "true" : "false"} onClick=${() => onChoose(id)}>${key}</button>
    </td>
    <td>${server}</td>
    <td>${uri}</td>
    <td class="number">${bytes(size)}</td>
  </tr>`

/** Differences that are drawn: more would make the page slow. */
const most = 200

const Compared = (props: {
  readonly resources: ReadonlyArray<Resource>
  readonly others: ReadonlyArray<Gather>
}): VNode | null => {
  const { others, resources } = props
  const [against, setAgainst] = useState("")
  const other = others.find(({ number }) => String(number) === against)?.resources ?? null
  const changes = useMemo(() => (other === null ? [] : compared(other, resources)), [other, resources])
  if (others.length === 0) return null
  return html`<div>
    <label
      >Compare with
      <select value=${against} onChange=${(event: Event) => setAgainst(valueOf(event))}>
        <option value="">nothing</option>
        ${others.map((gather) => html`<option value=${String(gather.number)}>${nameOf(gather)}</option>`)}
      </select></label
    >
    ${
      other === null
        ? null
        : html`<h3>${changes.length === 0 ? "Both hold the same" : cut(changes.length, "difference", most)}</h3>
            <ul class="plain">
              ${changes.slice(0, most).map(
                ({ after, before, id, what }) =>
                  html`<li key=${id}>
                    <details>
                      <summary><strong>${what}</strong> ${id}</summary>
                      <div class="columns">
                        <pre tabindex="0" aria-label="Before">
${before === undefined ? "not there" : toJson(before, 2).slice(0, 20_000)}</pre>
                        <pre tabindex="0" aria-label="After">
${after === undefined ? "not there" : toJson(after, 2).slice(0, 20_000)}</pre>
                      </div>
                    </details>
                  </li>`
              )}
            </ul>`
    }
  </div>`
}
