/** The effective configuration as rows for `config show`: every value, masked if secret, and where it came from. */
import * as Duration from "effect/Duration"
import * as Redacted from "effect/Redacted"
import * as Redaction from "../telemetry/Redaction.ts"
import type { LoadedConfig } from "./ConfigLoader.ts"
import { ServerUrl } from "./ServerUrl.ts"
import { dotted, expectationAt, type ConfigPath } from "./SchemaPath.ts"
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

// internal

const show = (value: unknown, path: ConfigPath): string => {
  if (Redacted.isRedacted(value)) return Redaction.mask
  if (value instanceof ServerUrl) return value.shown
  if (Duration.isDuration(value)) return showDuration(value)
  if (typeof value === "number" && expectationAt(path)?.form === "size") return showSize(value)
  return typeof value === "string" ? value : JSON.stringify(value)
}

const units = [
  ["days", Duration.toDays],
  ["hours", Duration.toHours],
  ["minutes", Duration.toMinutes],
  ["seconds", Duration.toSeconds]
] as const

const sizes = ["B", "KiB", "MiB", "GiB", "TiB"] as const

/** As `showDuration`. */
const showSize = (bytes: number): string => {
  const power = sizes.findLastIndex((_, index) => Number.isInteger(bytes / 1024 ** index))
  return `${bytes / 1024 ** power} ${sizes[power] ?? "B"}`
}

/** In the largest unit that leaves a whole number, so that it can be pasted into the file. */
const showDuration = (duration: Duration.Duration): string => {
  for (const [unit, convert] of units) {
    const amount = convert(duration)
    if (amount >= 1 && Number.isInteger(amount)) return `${amount} ${amount === 1 ? unit.slice(0, -1) : unit}`
  }
  return `${Duration.toMillis(duration)} millis`
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
