/** What a checked server does that works, but is probably not meant: one line each. Pure. */
import * as Capability from "../config/Capability.ts"
import type { ServerConfig } from "../config/OrchestratorConfig.ts"
import { isLoopback } from "../connection/sse/Agents.ts"
import type { ParserUnavailable } from "../guard/SqlGuard.ts"
import type { Understood } from "../grounding/Grounding.ts"
import { unmatched } from "../resources/ExcludedResources.ts"
import * as Listing from "../resources/Listing.ts"
import * as Redaction from "../telemetry/Redaction.ts"

/** Known before the server is asked. */
export const ofConfiguration = ({ capabilities, url: { hostname, protocol } }: ServerConfig): ReadonlyArray<string> => [
  ...(protocol === "http:" && !isLoopback(hostname)
    ? [`plain http to ${hostname}: whoever is in between can read the credentials and change the answers`]
    : []),
  ...(capabilities.includes(Capability.listResources) || capabilities.includes(Capability.executeQuery)
    ? []
    : [
        `the configuration declares neither ${Capability.listResources} nor ${Capability.executeQuery}: nothing of the server is used`
      ])
]

/** Of patterns of `resources.exclude` that leave nothing out. */
export const ofExclusions = ({ excludedResources }: ServerConfig, listing: Listing.Listing): ReadonlyArray<string> =>
  unmatched(
    excludedResources,
    listing.excluded.map(({ uri }) => uri)
  ).map((pattern) => `resources.exclude has ${JSON.stringify(pattern)}, which matches no resource that is listed`)

/** Of a server that lists nothing. */
export const ofNoResources = (templates: ReadonlyArray<string>): string =>
  templates.length === 0
    ? "the server has no resources"
    : `the server lists no resources, only templates, which are not expanded: ${some(templates)}`

/** Of what was gathered. */
export const ofUnderstood = (understood: ReadonlyArray<Understood>): ReadonlyArray<string> => {
  const names = understood.filter(isNothing).map(({ name }) => name)
  return names.length === 0 ? [] : [`nothing was understood in ${some(names)}`]
}

/**
 * Of capabilities that are declared and not offered. That a server offers resources which are not declared says nothing:
 * FastMCP advertises them whether there are any or not.
 */
export const ofCapabilities = ({ capabilities }: ServerConfig, tools: ReadonlyArray<string>): ReadonlyArray<string> => {
  const known = new Set([Capability.listResources, Capability.executeQuery, ...tools])
  return capabilities
    .filter((name) => !known.has(name))
    .map((name) => `the configuration declares ${name}, but the server offers no such tool`)
}

/** Of a tool that runs SQL, where `execute_query` is not declared. */
export const ofUnusedTool = (name: string): string =>
  `the server offers ${shortened(name)}, but the configuration does not declare ${name === Capability.executeQuery ? "it" : Capability.executeQuery}: it is not used`

/** Of the tool that runs SQL, where it says that it does more than read. */
export const ofWritingTool = (name: string): string =>
  `its SQL tool ${shortened(name)} also accepts writes; statements are checked before they are sent`

/** Of the role that the SQL tool works with. */
export const writingRole =
  "its database role may write: what is sent is checked, but the role should only be able to read"

/** Of a parser that is installed and cannot be loaded. */
export const ofMissingParser = ({ message, packageName }: ParserUnavailable): string =>
  `no question can be answered: ${message}; install it again with npm install ${packageName}`

// -----------------------------------------------------------------------------
// internals

const isNothing = ({ entities, mappings, tables, text }: Understood): boolean =>
  tables + mappings + entities === 0 && !text

const shown = 3
const longest = 60

/** The first few, which are the server's own words, and how many more there are. */
const some = (names: ReadonlyArray<string>): string => {
  const first = names.slice(0, shown).map(shortened).join(", ")
  return names.length > shown ? `${first} and ${names.length - shown} more` : first
}

const shortened = (name: string): string => {
  const text = Redaction.text(name)
  return text.length > longest ? `${text.slice(0, longest - 1)}…`.toWellFormed() : text
}
