/** The effective configuration as rows for `config show`: every value, masked if secret, and where it came from. */
import * as Duration from "effect/Duration"
import * as Redacted from "effect/Redacted"
import * as Redaction from "../telemetry/Redaction.ts"
import type { LoadedConfig } from "./ConfigLoader.ts"
import * as DurationText from "./DurationText.ts"
import { ServerUrl } from "./ServerUrl.ts"
import { dotted, expectationAt, type ConfigPath } from "./SchemaLookup.ts"
import type { ValueSource } from "./document/ValueSource.ts"

export interface ConfigRow {
  /** `mcp_servers.database_mcp.url` */
  readonly path: string
  /** As the file would hold it: "5 seconds", `["sales", "orders"]`, `null`; secrets are masked. */
  readonly value: string
  /** `line 4`, `line 4 (${HOST})`, `MCP__…`, `--log-level`, `default` or `orchestration.connect_timeout`. */
  readonly source: string
}

/** One row a value, in the order of the file, servers that are not enabled included. */
export const effective = (loaded: Pick<LoadedConfig, "values">): ReadonlyArray<ConfigRow> =>
  loaded.values.map(({ path, source, value }) => ({
    path: dotted(path),
    value: show(value, path),
    source: describe(source)
  }))

// -----------------------------------------------------------------------------
// internals

const show = (value: unknown, path: ConfigPath): string => {
  if (Redacted.isRedacted(value)) return Redaction.mask
  if (value instanceof ServerUrl) return value.shown
  if (Duration.isDuration(value)) return DurationText.from(value)
  if (typeof value === "number" && expectationAt(path)?.form === "size") return showSize(value)
  return typeof value === "string" ? value : JSON.stringify(value)
}

const sizes = ["B", "KiB", "MiB", "GiB", "TiB"] as const

/** In the largest unit that leaves a whole number, so that it can be pasted into the file. */
const showSize = (bytes: number): string => {
  const power = sizes.findLastIndex((_, index) => Number.isInteger(bytes / 1024 ** index))
  return `${bytes / 1024 ** power} ${sizes[power] ?? "B"}`
}

const describe = (source: ValueSource): string => {
  switch (source.kind) {
    case "file":
      return `line ${source.line}`
    case "variable":
      return `line ${source.line} (${source.names.map((name) => `\${${name}}`).join(", ")})`
    case "override":
      return source.variable
    case "option":
      return source.option
    case "inherited":
      return source.path
    case "default":
      return "default"
  }
}
