/** Every name that several servers claim, by the domain that they share: who wins it, and who loses. */
import { html } from "htm/preact"
import { useState } from "preact/hooks"
import type { VNode } from "preact"
import { get, type Failure, type Wire } from "./Client.ts"
import { domains } from "./Gathers.ts"
import { Problem, Scrolling } from "./Parts.ts"
import { makeStore, useStore } from "./Store.ts"
import { cut } from "./Text.ts"

interface Claim {
  readonly name: string
  /** In priority order: the first one wins. */
  readonly servers: ReadonlyArray<string>
}

/** Of a domain: more would make the page slow. */
const most = 500

const claims = makeStore<ReadonlyMap<string, ReadonlyArray<Claim>> | null>(null)

/** The domain of names whose servers share none: they meet where no domain is given. */
const shared = "no domain in common"

export const Conflicts = (props: { readonly onLookUp: (name: string, domain: string) => void }): VNode => {
  const found = useStore(claims)
  const [isLooking, setLooking] = useState(false)
  const [failure, setFailure] = useState<Failure | null>(null)
  const look = async (): Promise<void> => {
    setLooking(true)
    const answer = await get("vocabulary")
    setLooking(false)
    setFailure(answer.ok ? null : answer.failure)
    if (!answer.ok) return
    const known = new Map(answer.value.servers.map(({ domains, server }) => [server, domains]))
    domains.update(() => known)
    claims.update(() => conflictsOf(answer.value, known))
  }
  return html`<div>
    <div class="bar">
      <h3>All conflicts</h3>
      <button type="button" disabled=${isLooking} onClick=${() => void look()}>
        ${isLooking ? "Looking…" : "Find all conflicts"}
      </button>
    </div>
    ${failure === null ? null : html`<${Problem} failure=${failure} />`}
    ${
      found === null
        ? html`<p class="quiet">Names that more than one server publishes; the best priority wins each of them.</p>`
        : found.size === 0
          ? html`<p>No name is claimed by two servers.</p>`
          : [...found].map(
              ([domain, all]) =>
                html`<h4>${domain} <span class="quiet">(${cut(all.length, "name", most)})</span></h4>
                  <${Scrolling} label=${`Conflicts in ${domain}`}>
                    <table>
                      <thead>
                        <tr>
                          <th scope="col">Name</th>
                          <th scope="col">Winner</th>
                          <th scope="col">Losers</th>
                        </tr>
                      </thead>
                      <tbody>
                        ${all.slice(0, most).map(
                          ({ name, servers: [winner, ...losers] }) =>
                            html`<tr key=${name}>
                              <td>
                                <button
                                  type="button"
                                  onClick=${() => props.onLookUp(name, domain === shared ? "" : domain)}
                                >
                                  ${name}
                                </button>
                              </td>
                              <td>${winner}</td>
                              <td>${losers.join(", ")}</td>
                            </tr>`
                        )}
                      </tbody>
                    </table>
                  <//>`
            )
    }
  </div>`
}

// -----------------------------------------------------------------------------
// internals

/** The vocabulary and the domains stand in priority order. Names are compared by their keys, as a lookup compares them. */
const conflictsOf = (
  { entities }: Wire["vocabulary"],
  domains: ReadonlyMap<string, ReadonlyArray<string>>
): ReadonlyMap<string, ReadonlyArray<Claim>> => {
  const byName = new Map<string, { readonly name: string; readonly servers: Set<string> }>()
  for (const { aliases, keys, name, server } of entities) {
    for (const [index, text] of [name, ...aliases].entries()) {
      const key = keys[index] ?? text
      const claim = byName.get(key) ?? { name: text, servers: new Set() }
      claim.servers.add(server)
      byName.set(key, claim)
    }
  }
  const found = new Map<string, Array<Claim>>()
  for (const { name, servers } of byName.values()) {
    if (servers.size < 2) continue
    const own = [...servers].map((server) => domains.get(server) ?? [])
    const common = [...new Set(own.flat())].filter((domain) => own.filter((some) => some.includes(domain)).length > 1)
    for (const domain of common.length === 0 ? [shared] : common) {
      const within = [...servers].filter(
        (server) => domain === shared || domains.get(server)?.includes(domain) === true
      )
      const others = found.get(domain)
      if (others === undefined) found.set(domain, [{ name, servers: within }])
      else others.push({ name, servers: within })
    }
  }
  return found
}
