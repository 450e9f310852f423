/**
 * The command line: what the commands are called and take. What they do is in one file each, loaded when it is run, so
 * that `--help` need not load an MCP client.
 */
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Argument from "effect/cli/Argument"
import * as CliConfig from "effect/cli/CliConfig"
import * as CliOutput from "effect/cli/CliOutput"
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import * as GlobalFlag from "effect/cli/GlobalFlag"
import { version } from "../Version.ts"
import * as Completions from "./Completions.ts"
import * as Examples from "./Examples.ts"
import * as BatchCommands from "./BatchCommands.ts"
import * as Failure from "./Failure.ts"
import * as Formats from "./Formats.ts"
import * as GlobalFlags from "./GlobalFlags.ts"
import { lazily } from "./Lazily.ts"
import * as Visible from "../text/Visible.ts"
import * as HelpText from "./HelpText.ts"
import * as Output from "./Output.ts"
import * as ServerFlags from "./ServerFlags.ts"
import * as ShellWord from "./ShellWord.ts"
import * as Terminal from "./Terminal.ts"

const { json } = Formats.flags

const init = Command.make(
  "init",
  {
    file: Argument.String("file").pipe(
      Argument.withMetavar("FILE"),
      Argument.withDescription("The file to write; wins over --config, MCP_CONFIG and ./mcp-config.yaml"),
      Argument.optional
    ),
    from: Flag.String("from").pipe(
      Flag.withMetavar("FILE"),
      Flag.withDescription("Take the SSE servers of an mcp.json, or of Codex's config.toml; - is stdin"),
      Flag.optional
    ),
    servers: Flag.String("server").pipe(
      Flag.withMetavar("URL"),
      Flag.withDescription("A server, or ID=URL; as often as there are servers"),
      Flag.atLeast(0)
    ),
    headers: Flag.String("header").pipe(
      Flag.withMetavar("HEADER"),
      Flag.withDescription("'Name: value' for each --server; a secret is written as ${VAR}"),
      Flag.atLeast(0)
    ),
    connect: Flag.Boolean("connect").pipe(
      Flag.withDescription("Ask the servers what they offer; --no-connect writes what is known without"),
      Flag.withDefault(true)
    ),
    force: Flag.Boolean("force").pipe(
      Flag.withDescription("Overwrite the file if there is one"),
      Flag.withDefault(false)
    )
  },
  lazily(() => import("./InitCommand.ts"))
).pipe(
  Command.withDescription("Write a commented configuration, from flags, another client's file, or a few questions"),
  Command.withExamples(Examples.init)
)

const validate = Command.make(
  "validate",
  {
    file: Argument.String("file").pipe(
      Argument.withMetavar("FILE"),
      Argument.withDescription("The configuration; wins over --config"),
      Argument.optional
    ),
    connect: Flag.Boolean("connect").pipe(
      Flag.withDescription("Test the servers too; --no-connect checks the file alone"),
      Flag.withDefault(true)
    ),
    ...Formats.flags
  },
  lazily(() => import("./ValidateCommand.ts"))
).pipe(
  Command.withDescription("Check the configuration file, then test every server"),
  Command.withExamples(Examples.validate)
)

const gather = Command.make(
  "gather",
  Formats.flags,
  lazily(() => import("./GatherCommand.ts"))
).pipe(
  Command.withDescription("Gather all resources of all servers: a summary, or everything as JSON"),
  Command.withExamples(Examples.gather)
)

const resolve = Command.make(
  "resolve",
  {
    name: Argument.String("name").pipe(Argument.withDescription("The name to look for")),
    type: Flag.String("type").pipe(
      Flag.withMetavar("TYPE"),
      Flag.withDescription("A domain of the configuration: only its servers are asked; without it all are"),
      Flag.optional
    ),
    json
  },
  lazily(() => import("./ResolveCommand.ts"))
).pipe(Command.withDescription("Find the entity a name means, and say why"), Command.withExamples(Examples.resolve))

const query = Command.make(
  "query",
  {
    question: Argument.String("question").pipe(Argument.withDescription("The question, in quotes; - is stdin")),
    dryRun: Flag.Boolean("dry-run").pipe(
      Flag.withDescription("Generate and check the SQL, do not run it"),
      Flag.withDefault(false)
    ),
    ...Formats.flags
  },
  lazily(() => import("./QueryCommand.ts"))
).pipe(
  Command.withDescription("Answer a question with SQL run through the server that can execute_query"),
  Command.withExamples(Examples.query)
)

const vocabulary = Command.make(
  "vocabulary",
  { json },
  lazily(() => import("./VocabularyCommand.ts"))
).pipe(Command.withDescription("Print the words a question can use: tables, columns, values, terms, names"))

const health = Command.make(
  "health",
  Formats.flags,
  lazily(() => import("./HealthCommand.ts"))
).pipe(
  Command.withDescription("Say of each server whether its resources can be listed"),
  Command.withExamples(Examples.health)
)

const tools = Command.make(
  "tools",
  { ...ServerFlags.all, ...Formats.flags },
  lazily(() => import("./ToolsCommand.ts"))
).pipe(Command.withDescription("List the tools of one server"), Command.withExamples(Examples.tools))

const resources = Command.make(
  "resources",
  { ...ServerFlags.all, ...Formats.flags },
  lazily(() => import("./ResourcesCommand.ts"))
).pipe(
  Command.withDescription("List the resources of one server, without reading them"),
  Command.withExamples(Examples.resources)
)

const read = Command.make(
  "read",
  {
    uri: Argument.String("uri").pipe(Argument.withMetavar("URI"), Argument.withDescription("As resources lists it")),
    ...ServerFlags.all,
    json
  },
  lazily(() => import("./ReadCommand.ts"))
).pipe(Command.withDescription("Print one resource of one server as it came"), Command.withExamples(Examples.read))

const call = Command.make(
  "call",
  {
    tool: Argument.String("tool").pipe(Argument.withMetavar("TOOL"), Argument.withDescription("As tools lists it")),
    args: Argument.String("arguments").pipe(
      Argument.withMetavar("KEY=VALUE"),
      Argument.withDescription("What it takes, or all of it as one JSON object; - is stdin"),
      Argument.variadic()
    ),
    ...ServerFlags.all,
    ...Formats.flags
  },
  lazily(() => import("./CallCommand.ts"))
).pipe(
  Command.withDescription("Call one tool of one server; whatever it does, nothing is checked"),
  Command.withExamples(Examples.call)
)

const configShow = Command.make(
  "show",
  Formats.flags,
  lazily(() => import("./ConfigShowCommand.ts"))
).pipe(Command.withDescription("Print the effective configuration with where each value came from, secrets masked"))

const configSchema = Command.make(
  "schema",
  { json },
  lazily(() => import("./ConfigSchemaCommand.ts"))
).pipe(Command.withDescription("Print the JSON Schema of the configuration file, for editors"))

const config = Command.make("config").pipe(
  Command.withDescription("Show the effective configuration, or its JSON Schema"),
  Command.withSubcommands([configShow, configSchema])
)

const logsSummary = Command.make(
  "summary",
  {
    files: Argument.String("file").pipe(
      Argument.withMetavar("FILE"),
      Argument.withDescription("Logs as JSON lines; stdin if none is given"),
      Argument.variadic()
    ),
    waterfall: Flag.String("waterfall").pipe(
      Flag.withMetavar("REQUEST_ID"),
      Flag.withDescription("Draw the steps of this request as bars instead"),
      Flag.optional
    ),
    ...Formats.flags
  },
  lazily(() => import("./LogsSummaryCommand.ts"))
).pipe(
  Command.withDescription("Count events, errors, retries and conflicts, with percentiles of durations"),
  Command.withExamples(Examples.logsSummary)
)

const logs = Command.make("logs").pipe(
  Command.withDescription("Read the logs of earlier runs"),
  Command.withSubcommands([logsSummary])
)

const serve = Command.make(
  "serve",
  {
    host: Flag.String("host").pipe(
      Flag.withMetavar("ADDRESS"),
      Flag.withDescription("Where to listen; wins over server.host. Beyond loopback a token is needed"),
      Flag.optional
    ),
    port: Flag.Int("port").pipe(
      Flag.withMetavar("PORT"),
      Flag.withDescription("Wins over server.port; 0 takes a free one"),
      Flag.optional
    ),
    tokenEnv: Flag.String("token-env").pipe(
      Flag.withMetavar("NAME"),
      Flag.withDescription("The environment variable that holds the token; wins over server.token"),
      Flag.optional
    ),
    console: Flag.Boolean("console").pipe(
      Flag.withDescription("Serve the page at /console too; by default on loopback only"),
      Flag.optional
    ),
    wait: Flag.Boolean("wait").pipe(
      Flag.withDescription("Keep trying servers that cannot be reached at the start, not ready meanwhile"),
      Flag.withDefault(false)
    ),
    workers: Flag.Int("workers").pipe(
      Flag.withMetavar("N"),
      Flag.withDescription("Processes that share the port, to use the cores of this machine"),
      Flag.filter(
        (workers) => workers >= 1 && workers <= 256,
        (workers) => `expected 1 to 256 workers, found ${workers}`
      ),
      Flag.withDefault(1)
    )
  },
  lazily(() => import("./ServeCommand.ts"))
).pipe(
  Command.withDescription("Serve the HTTP API, health and metrics on one port, with live reload"),
  Command.withExamples(Examples.serve)
)

const demo = Command.make(
  "demo",
  {
    keep: Flag.Boolean("keep").pipe(
      Flag.withDescription("Only start the two servers of mcp-config.yaml, and keep them until Ctrl-C"),
      Flag.withDefault(false)
    )
  },
  lazily(() => import("./DemoCommand.ts"))
).pipe(
  Command.withDescription("Start two real MCP servers in this process and show the whole line on them"),
  Command.withExamples(Examples.demo)
)

/** All that there is, for completions and the manual as well. */
export const root = Command.make("mcp-orchestrator").pipe(
  Command.withDescription(
    "Gathers every resource of every MCP server in a YAML file over SSE, resolves names by server priority, and answers questions with safe SQL."
  ),
  Command.withSubcommands([
    init,
    validate,
    gather,
    resolve,
    query,
    vocabulary,
    health,
    tools,
    resources,
    read,
    call,
    config,
    logs,
    serve,
    BatchCommands.command,
    demo
  ]),
  Command.withGlobalFlags(GlobalFlags.all),
  Command.withExamples(Examples.root)
)

/** Runs the command line. Fails with the error's exit code when the command does, after it was reported. */
export const run = (args: ReadonlyArray<string>) =>
  Command.runWith(root, { version })(args).pipe(
    Effect.provide(
      Layer.mergeAll(
        // Our own --log-level takes the configuration's words; the wizard has nothing to ask here.
        CliConfig.layer({ builtIns: [GlobalFlag.Help, GlobalFlags.Version, Completions.flag] }),
        CliOutput.layerPresenter({ present: present(args) })
      )
    ),
    Failure.handle({ json: Formats.wantsJson(args) }),
    Effect.provideServiceEffect(
      Output.Document,
      Effect.sync(() => ({ begun: false }))
    ),
    (program) => Effect.andThen(Output.keepErrors, program)
  )

/**
 * Asked-for help is a result and goes to stdout; what is wrong with a command line goes to stderr. Presenting cannot fail:
 * that stdout takes nothing is told as a defect, and found again by what reports it.
 */
const present = (args: ReadonlyArray<string>) => (event: CliOutput.Presenter.Event) =>
  Effect.orDie(presented(event, args))

const presented = Effect.fnUntraced(function* (event: CliOutput.Presenter.Event, args: ReadonlyArray<string>) {
  switch (event._tag) {
    case "Help":
      return yield* Output.stdout(
        HelpText.render(event.helpDoc, Number.isFinite(Terminal.columns()) ? Terminal.columns() : 80)
      )
    case "Version":
      return yield* Output.stdout(`${event.name} v${event.version}`)
    case "InvalidInvocation": {
      const problems = [...event.errors.map((error) => error.message), ...unquoted(event, args)]
      if (Formats.wantsJson(args)) yield* Output.json({ error: { _tag: "UsageError", problems } })
      return yield* Output.stderr(
        [...problems, `Try: ${event.commandPath.join(" ")} --help`].map((line) => Visible.line(line.trim())).join("\n")
      )
    }
  }
})

/** What was probably meant where a question or name was not put in quotes. */
const unquoted = (
  { commandPath, errors }: Extract<CliOutput.Presenter.Event, { readonly _tag: "InvalidInvocation" }>,
  args: ReadonlyArray<string>
): ReadonlyArray<string> => {
  const command = commandPath.at(-1) ?? ""
  const isWords = command === query.name || command === resolve.name
  if (!isWords || !errors.some(({ _tag }) => _tag === "UnexpectedArgument")) return []
  const behind = args.slice(args.indexOf(command) + 1)
  const flag = behind.findIndex((arg) => arg.startsWith("-"))
  const words = flag === -1 ? behind : behind.slice(0, flag)
  return [`Put it in quotes: ${commandPath.join(" ")} ${ShellWord.quoted(words.join(" "))}`]
}
