/** A server as it will stand in the configuration. */
import * as Variables from "../../config/document/Variables.ts"
import type { Environment } from "../../config/document/Variables.ts"
import type { ClientServer } from "./ClientConfig.ts"
import type { Offer } from "./Offers.ts"
import * as Secrets from "./Secrets.ts"

export interface Draft {
  readonly id: string
  readonly name: string
  readonly url: string
  readonly headers: { readonly [name: string]: string }
  readonly saysSse: boolean
  readonly disabled: boolean
  /** Values that were in the client's file, by the variable that stands there now. Never to be shown. */
  readonly literals: { readonly [variable: string]: string }
}

/** What was found out of a draft: what the server offers, or why it could not be asked. */
export type Answer =
  | { readonly _tag: "Offers"; readonly offer: Offer }
  | { readonly _tag: "Silent"; readonly why: string }

/** A draft with everything that the file says of it. */
export interface Entry extends Draft {
  readonly enabled: boolean
  readonly priority: number
  readonly domains: ReadonlyArray<string>
  readonly capabilities: ReadonlyArray<string>
  readonly dialect: Offer["dialect"]
  /** Whether the server itself told what it offers. */
  readonly isKnown: boolean
  /** Sentences for the reader of the file. */
  readonly remarks: ReadonlyArray<string>
}

/** Drafts under ids of their own, secrets moved into variables. */
export const make = (servers: ReadonlyArray<ClientServer>): ReadonlyArray<Draft> => {
  const taken = new Set<string>()
  return servers.map((server) => {
    const stem = idOf(server.name)
    let id = stem
    for (let number = 2; taken.has(id); number += 1) id = `${stem}_${number}`
    taken.add(id)
    return { ...server, id, ...Secrets.moved(id, server) }
  })
}

/** Letters, digits and underscores of a name, as ids and variables are written. */
const idOf = (name: string): string =>
  name
    .normalize("NFKD")
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "_")
    .replaceAll(/^_+|_+$/g, "")
    .slice(0, 48) || "server"

/** The variables of a draft that nothing sets yet. */
export const unset = ({ headers, url }: Draft, env: Environment): ReadonlyArray<string> =>
  [...new Set([url, ...Object.values(headers)].flatMap(Variables.namesIn))].filter((name) => !env[name])

/**
 * In the order of their priorities: who only publishes words before who runs SQL, since its names shall win, and beyond
 * that as they came.
 */
export const entries = (
  answered: ReadonlyArray<{ readonly draft: Draft; readonly answer: Answer }>,
  mostEnabled: number
): ReadonlyArray<Entry> => {
  const ordered = answered.toSorted((one, other) => Number(runsSql(one.answer)) - Number(runsSql(other.answer)))
  let enabled = 0
  return ordered.map(({ answer, draft }, index) => {
    const reasons = reasonsAgainst(draft, answer)
    const isOneTooMany = reasons.length === 0 && enabled === mostEnabled
    const isEnabled = reasons.length === 0 && !isOneTooMany
    if (isEnabled) enabled += 1
    return {
      ...draft,
      ...described(draft, answer),
      enabled: isEnabled,
      isKnown: answer._tag === "Offers",
      // With room between them for servers to come.
      priority: (index + 1) * (ordered.length > 99 ? 1 : 10),
      remarks: [
        ...remarksOf(answer),
        ...reasons,
        ...(isOneTooMany ? [`At most ${mostEnabled} servers can be enabled.`] : [])
      ]
    }
  })
}

// -----------------------------------------------------------------------------
// internals

const runsSql = (answer: Answer): boolean => answer._tag === "Offers" && answer.offer.sqlTool !== null

const described = (draft: Draft, answer: Answer): Pick<Entry, "name" | "domains" | "capabilities" | "dialect"> => {
  if (answer._tag === "Silent") {
    return { name: draft.name, domains: [draft.id], capabilities: ["list_resources"], dialect: null }
  }
  const { dialect, resources, sqlTool } = answer.offer
  const capabilities = [
    ...(sqlTool === null ? [] : ["execute_query"]),
    ...(resources.length === 0 ? [] : ["list_resources"])
  ]
  return {
    name: draft.name,
    domains: domainsOf(draft, resources),
    capabilities: capabilities.length === 0 ? ["list_resources"] : capabilities,
    dialect: sqlTool === null ? null : dialect
  }
}

const mostDomains = 8

/** What a server publishes is what it knows; of one with very many resources nothing can be told by their names. */
const domainsOf = ({ id }: Draft, resources: ReadonlyArray<string>): ReadonlyArray<string> => {
  const names = [...new Set(resources.map(idOf))].filter((name) => name !== "server")
  return names.length === 0 || names.length > mostDomains ? [id] : names
}

const reasonsAgainst = ({ disabled, saysSse }: Draft, answer: Answer): ReadonlyArray<string> => [
  ...(disabled ? ["It is disabled in the file it came from."] : []),
  ...(answer._tag === "Silent" && !saysSse
    ? ["The file it came from does not say whether SSE is spoken at this address: enable it if it is."]
    : []),
  ...(answer._tag === "Offers" && answer.offer.resources.length === 0 && answer.offer.sqlTool === null
    ? ["It offers neither resources nor a tool that is known to run SQL."]
    : [])
]

const remarksOf = (answer: Answer): ReadonlyArray<string> => {
  if (answer._tag === "Silent") {
    return [
      `It was not asked what it offers: ${answer.why}.`,
      'If it runs SQL, add "execute_query" to its capabilities.'
    ]
  }
  const { resources, sqlTool, unclear } = answer.offer
  const some = resources.slice(0, 3).join(", ")
  const offered =
    resources.length === 0
      ? "no resources"
      : `${resources.length} ${resources.length === 1 ? "resource" : "resources"} (${some}${resources.length > 3 ? ", …" : ""})`
  return [
    `It offers ${offered}${sqlTool === null ? "" : `, and runs SQL with ${sqlTool}`}.`,
    ...(unclear === null ? [] : [`To let it run SQL: ${unclear}.`])
  ]
}
