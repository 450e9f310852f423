/** The options that go with every command. */
import * as Option from "effect/Option"
import * as Flag from "effect/cli/Flag"
import * as GlobalFlag from "effect/cli/GlobalFlag"

export const Config = GlobalFlag.Setting("config")({
  flag: Flag.String("config").pipe(
    Flag.withAlias("c"),
    Flag.withMetavar("FILE"),
    Flag.withDescription("The configuration; else MCP_CONFIG, else ./mcp-config.yaml"),
    Flag.map((file): Option.Option<string> => Option.some(file)),
    Flag.withDefault(Option.none<string>())
  )
})

export const LogLevel = GlobalFlag.Setting("log-level")({
  flag: Flag.String("log-level").pipe(
    Flag.withMetavar("LEVEL"),
    Flag.withDescription("DEBUG, INFO, WARNING or ERROR; wins over the configuration"),
    Flag.map((level): Option.Option<string> => Option.some(level)),
    Flag.withDefault(Option.none<string>())
  )
})

export const JsonLogs = GlobalFlag.Setting("json-logs")({
  flag: Flag.Boolean("json-logs").pipe(
    Flag.withDescription("Logs as JSON lines, also on a terminal"),
    Flag.withDefault(false)
  )
})

export const all = [Config, LogLevel, JsonLogs] as const
