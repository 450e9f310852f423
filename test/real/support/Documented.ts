/** The table of docs/servers.md, so that what users are told to write is what was run. */
import { readFileSync } from "node:fs"
import * as Schema from "effect/Schema"
import { parse } from "yaml"

export interface DocumentedServer {
  readonly server: string
  readonly version: string
  /** The lines of the server's entry beside its name, URL, priority, domains and transport, as YAML. */
  readonly yaml: string
}

const text = readFileSync(new URL("../../../docs/servers.md", import.meta.url), "utf8")

/** The rows of the table under its heading, in order. */
export const servers: ReadonlyArray<DocumentedServer> = (
  text.split(/^## /m).find((section) => section.startsWith("Servers that were run")) ?? ""
)
  .split("\n")
  .filter((line) => line.startsWith("| "))
  .slice(2)
  .map((line) => {
    const [, server = "", version = "", , lines = ""] = line.split("|").map((cell) => cell.trim())
    const yaml = lines.split("<br>").map((code) => code.replaceAll(/^`|`$/g, ""))
    return { server, version, yaml: yaml.join("\n") }
  })

const Lines = Schema.Record(Schema.String, Schema.Json)

/** The lines for a server, by its name in the table; `replace` puts this machine's path for the documented one. */
export const linesOf = (server: string, [written, here]: readonly [string, string] = ["\0", ""]): typeof Lines.Type =>
  Schema.decodeUnknownSync(Lines)(parse(yamlOf(server).replaceAll(written, here)))

const Excluding = Schema.Struct({ resources: Schema.Struct({ exclude: Schema.Array(Schema.String) }) })

/** Whether the lines for a server leave a resource out: `*` stands for any text. */
export const excludedBy = (server: string): ((uri: string) => boolean) => {
  const lines = linesOf(server)
  if (!Schema.is(Excluding)(lines)) return () => false
  const patterns = lines.resources.exclude.map((pattern) => {
    const source = pattern.replaceAll(/[.*+?^${}()|[\]\\]/g, (special) => (special === "*" ? ".*" : `\\${special}`))
    return new RegExp(`^${source}$`)
  })
  return (uri) => patterns.some((pattern) => pattern.test(uri))
}

const yamlOf = (server: string): string => {
  const found = servers.find((row) => row.server === server)
  return found === undefined ? `undocumented: ${server}` : found.yaml
}
