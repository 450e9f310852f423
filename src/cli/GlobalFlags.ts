/** The options that go with every command. */
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as CliOutput from "effect/cli/CliOutput"
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

export const Verbose = GlobalFlag.Setting("verbose")({
  flag: Flag.Boolean("verbose").pipe(
    Flag.withAlias("v"),
    Flag.withDescription("Log what the configuration's log_level asks for, INFO at least"),
    Flag.withDefault(false)
  )
})

export const Quiet = GlobalFlag.Setting("quiet")({
  flag: Flag.Boolean("quiet").pipe(
    Flag.withAlias("q"),
    Flag.withDescription("Nothing on stderr but errors: no warnings, no progress"),
    Flag.withDefault(false)
  )
})

export const all = [Config, LogLevel, JsonLogs, Verbose, Quiet] as const

/** Effect's own has the alias -v, which is --verbose here as in most programs. */
export const Version = GlobalFlag.Action({
  flag: Flag.Boolean("version").pipe(
    Flag.withAlias("V"),
    Flag.withDescription("Show the version"),
    Flag.withDefault(false)
  ),
  run: Effect.fnUntraced(function* (_, { command, version }) {
    const presenter = yield* CliOutput.Presenter
    yield* presenter.present({ _tag: "Version", name: command.name, version })
  })
})
