/** What a name means, who else claims it, and every name that several servers of one domain claim. */
import { html } from "htm/preact"
import { useEffect, useState } from "preact/hooks"
import type { VNode } from "preact"
import { Conflicts } from "./Conflicts.ts"
import { post, type Failure, type Wire } from "./Client.ts"
import { domains, domainsOf, resourcesOf, type Resource } from "./Gathers.ts"
import { Empty, Problem, Scrolling, Status, valueOf } from "./Parts.ts"
import { idOf } from "./Recent.ts"
import { makeStore, useStore } from "./Store.ts"
import { isRecord, shown } from "./Text.ts"

type Found = Extract<Wire["resolve"], { readonly server: string }>

interface Looked {
  readonly name: string
  readonly found: Found | null
  readonly failure: Failure | null
  /** What the losers say, where a gather was needed to know. */
  readonly resources: ReadonlyArray<Resource>
}

const looked = makeStore<Looked | null>(null)
const draft = makeStore({ name: "", type: "" })

/** Looks it up; what the losers say is read from a gather of its own, because a resolution does not carry it. */
const look = async (name: string, type: string, signal: AbortSignal): Promise<void> => {
  const answer = await post("resolve", { name, type: type === "" ? null : type, requestId: idOf(name) }, signal)
  if (signal.aborted) return
  const found = answer.ok && "server" in answer.value ? answer.value : null
  looked.update(() => ({ name, found, failure: answer.ok ? null : answer.failure, resources: [] }))
  if (found === null || found.conflicts.length === 0) return
  const gathered = await post("gather", {}, signal)
  if (!gathered.ok || signal.aborted) return
  domains.update(() => domainsOf(gathered.value))
  looked.update((now) => (now?.found === found ? { ...now, resources: resourcesOf(gathered.value) } : now))
}

export const Names = (): VNode => {
  const current = useStore(looked)
  const { name, type } = useStore(draft)
  const known = useStore(domains)
  const [running, setRunning] = useState<AbortController | null>(null)
  useEffect(() => () => running?.abort(), [running])
  const resolve = (name: string, type: string) => {
    if (name.trim() === "") return
    const stop = new AbortController()
    draft.update(() => ({ name, type }))
    setRunning(stop)
    void look(name, type, stop.signal).then(() => setRunning((now) => (now === stop ? null : now)))
  }
  const submit = (event: Event) => {
    event.preventDefault()
    resolve(name, type)
  }
  const all = new Set([...known.values()].flat())
  return html`<section aria-labelledby="names-title">
    <div class="head"><h2 id="names-title">Names</h2></div>
    <form class="ask" onSubmit=${submit}>
      <label
        >Name
        <input
          type="text"
          autocomplete="off"
          value=${name}
          onInput=${(event: Event) => draft.update((now) => ({ ...now, name: valueOf(event) }))}
      /></label>
      <label
        >Domain
        <input
          type="text"
          autocomplete="off"
          list="domains"
          placeholder="all"
          value=${type}
          onInput=${(event: Event) => draft.update((now) => ({ ...now, type: valueOf(event) }))}
      /></label>
      <datalist id="domains">${[...all].map((domain) => html`<option value=${domain}></option>`)}</datalist>
      <button type="submit">Look up</button>
    </form>
    <${Status}>${running === null ? statusOf(current) : "Looking…"}<//>
    ${
      current === null
        ? html`<${Empty} title="A name, and why it means what it means.">
            <p>
              The server with the best priority (the lowest number) that knows a name decides what it is. Here is who
              that was, how well the name fits, and who else knows it. A domain asks only the servers that have it.
            </p>
          <//>`
        : html`<${Verdict} looked=${current} onLookUp=${(other: string) => resolve(other, type)} />`
    }
    <${Conflicts} onLookUp=${resolve} />
  </section>`
}

// -----------------------------------------------------------------------------
// internals

const statusOf = (looked: Looked | null): string => {
  if (looked === null) return ""
  const { failure, found, name } = looked
  return found === null
    ? (failure?.title ?? `${name} was not found`)
    : `${name} is ${found.canonicalName} of ${found.server}`
}

const Verdict = (props: { readonly looked: Looked; readonly onLookUp: (name: string) => void }): VNode => {
  const { failure, found, resources } = props.looked
  if (found === null) {
    if (failure === null) return html`<p>Nothing was found.</p>`
    const suggestions = failure.error?.suggestions ?? []
    return html`<div>
      <${Problem} failure=${failure} />
      ${
        failure.error?.ambiguous === true
          ? html`<p>
              Several entities of one server fit it equally well. None of them is taken by chance: say which one is
              meant.
            </p>`
          : null
      }
      ${
        suggestions.length === 0
          ? null
          : html`<div class="choices">
              ${suggestions.map((text) => html`<button type="button" onClick=${() => props.onLookUp(text)}>${text}</button>`)}
            </div>`
      }
    </div>`
  }
  return html`<div>
    <div class="card">
      <h3>${found.canonicalName}</h3>
      <dl>
        <dt>Server</dt>
        <dd>${found.server}, priority ${found.priority}</dd>
        <dt>Matched</dt>
        <dd>${found.matchedName} (${tiers[found.match]})</dd>
        <dt>Score</dt>
        <dd>${found.score.toFixed(2)}</dd>
        <dt>Runner-up</dt>
        <dd>
          ${found.runnerUp === null ? "none came near" : `${found.runnerUp.name}, ${found.runnerUp.score.toFixed(2)}`}
        </dd>
        <dt>Stands at</dt>
        <dd>${found.resource.uri}${found.path.map((part) => ` › ${part}`).join("")}</dd>
        ${Object.entries(found.databaseReferences).map(
          ([key, value]) =>
            html`<dt>${key}</dt>
              <dd>${shown(value)}</dd>`
        )}
        ${
          found.members.length === 0
            ? null
            : html`<dt>Members</dt>
                <dd>${found.members.join(", ")}</dd>`
        }
      </dl>
    </div>
    ${
      found.conflicts.length === 0
        ? html`<p class="quiet">No other server knows this name.</p>`
        : html`<h3>Who knows it too, and lost by priority</h3>
            <${Sides} found=${found} resources=${resources} />`
    }
  </div>`
}

/** How a name can match, in words. */
const tiers: { readonly [Tier in Found["match"]]: string } = {
  exact: "as it is published",
  case: "but for case",
  alias: "an alias",
  normalized: "but for accents, punctuation, separators or plural",
  fuzzy: "nearly"
}

/** The winner beside each loser, field by field; where they differ is marked. */
const Sides = ({ found, resources }: { readonly found: Found; readonly resources: ReadonlyArray<Resource> }): VNode => {
  const losers = found.conflicts.map((conflict) => ({ ...conflict, entity: at(resources, conflict) }))
  const all = [{ server: found.server, entity: found.entity }, ...losers]
  const fields = [...new Set(all.flatMap(({ entity }) => (isRecord(entity) ? Object.keys(entity) : [])))]
  return html`<${Scrolling} label="What each server says">
    <table>
      <thead>
        <tr>
          <th scope="col">Field</th>
          <th scope="col">${found.server} (priority ${found.priority}, won)</th>
          ${losers.map(
            ({ match, priority, score, server }) =>
              html`<th scope="col">${server} (priority ${priority}, ${tiers[match]}, ${score.toFixed(2)})</th>`
          )}
        </tr>
      </thead>
      <tbody>
        <tr>
          <th scope="row">Name</th>
          <td>${found.matchedName}</td>
          ${losers.map(({ matchedName }) => html`<td>${matchedName}</td>`)}
        </tr>
        <tr>
          <th scope="row">Resource</th>
          <td>${found.resource.uri}</td>
          ${losers.map(({ resource }) => html`<td>${resource.uri}</td>`)}
        </tr>
        ${fields.map((field) => {
          const [won = "", ...lost] = all.map(({ entity }) =>
            isRecord(entity) && field in entity ? shown(entity[field]) : "–"
          )
          return html`<tr>
            <th scope="row">${field}</th>
            <td>${won}</td>
            ${lost.map((text) => html`<td>${text === won ? text : html`<span class="differs">${text}</span>`}</td>`)}
          </tr>`
        })}
      </tbody>
    </table>
  <//>`
}

/** What stands at the place that a conflict names; `null` while it was not gathered. */
const at = (
  resources: ReadonlyArray<Resource>,
  { path, resource: { uri }, server }: Found["conflicts"][number]
): unknown => {
  const resource = resources.find((one) => one.server === server && one.uri === uri)
  return path.reduce<unknown>(
    (value, key) => (typeof value === "object" && value !== null ? Reflect.get(value, key) : null),
    resource?.data ?? null
  )
}
