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
import * as Failure from "./Failure.ts"
import * as GlobalFlags from "./GlobalFlags.ts"
import * as Visible from "../text/Visible.ts"
import * as Output from "./Output.ts"

const json = Flag.Boolean("json").pipe(
  Flag.withDescription("One JSON document on stdout, also for a failure"),
  Flag.withDefault(false)
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
    json
  },
  lazily(() => import("./ValidateCommand.ts"))
).pipe(Command.withDescription("Check the configuration file, then test every server"))

const gather = Command.make(
  "gather",
  { json },
  lazily(() => import("./GatherCommand.ts"))
).pipe(Command.withDescription("Gather all resources of all servers: a summary, or everything as JSON"))

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
).pipe(Command.withDescription("Find the entity a name means, and say why"))

const query = Command.make(
  "query",
  {
    question: Argument.String("question").pipe(Argument.withDescription("The question, in quotes")),
    dryRun: Flag.Boolean("dry-run").pipe(
      Flag.withDescription("Generate and check the SQL, do not run it"),
      Flag.withDefault(false)
    ),
    json
  },
  lazily(() => import("./QueryCommand.ts"))
).pipe(Command.withDescription("Answer a question with SQL run through the server that can execute_query"))

const vocabulary = Command.make(
  "vocabulary",
  { json },
  lazily(() => import("./VocabularyCommand.ts"))
).pipe(Command.withDescription("Print the words a question can use: tables, columns, values, terms, names"))

const health = Command.make(
  "health",
  { json },
  lazily(() => import("./HealthCommand.ts"))
).pipe(Command.withDescription("Say of each server whether its resources can be listed"))

const configShow = Command.make(
  "show",
  { json },
  lazily(() => import("./ConfigShowCommand.ts"))
).pipe(Command.withDescription("Print the effective configuration with where each value came from, secrets masked"))

const configSchema = Command.make(
  "schema",
  {},
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
    json
  },
  lazily(() => import("./LogsSummaryCommand.ts"))
).pipe(Command.withDescription("Count events, errors, retries and conflicts, with percentiles of durations"))

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
).pipe(Command.withDescription("Serve the HTTP API, health and metrics on one port, with live reload"))

const demo = Command.make(
  "demo",
  {
    keep: Flag.Boolean("keep").pipe(
      Flag.withDescription("Only start the two servers of mcp-config.yaml, and keep them until Ctrl-C"),
      Flag.withDefault(false)
    )
  },
  lazily(() => import("./DemoCommand.ts"))
).pipe(Command.withDescription("Start two real MCP servers in this process and show the whole line on them"))

const root = Command.make("mcp-orchestrator").pipe(
  Command.withDescription(
    "Gathers every resource of every MCP server in a YAML file over SSE, resolves names by server priority, and answers questions with safe SQL."
  ),
  Command.withSubcommands([validate, gather, resolve, query, vocabulary, health, config, logs, serve, demo]),
  Command.withGlobalFlags(GlobalFlags.all)
)

/** Runs the command line. Fails with the error's exit code when the command does, after it was reported. */
export const run = (args: ReadonlyArray<string>) =>
  Command.runWith(root, { version })(args).pipe(
    Effect.provide(
      Layer.mergeAll(
        // Our own --log-level takes the configuration's words; the wizard has nothing to ask here.
        CliConfig.layer({ builtIns: [GlobalFlag.Help, GlobalFlag.Version, GlobalFlag.Completions] }),
        CliOutput.layerPresenter({ present: present(args.includes("--json")) })
      )
    ),
    Failure.handle({ json: args.includes("--json") }),
    Effect.provideServiceEffect(
      Output.Document,
      Effect.sync(() => ({ begun: false }))
    ),
    (program) => Effect.andThen(Output.keepErrors, program)
  )

/** A command's handler from the module that has it. */
function lazily<Input, E, R>(load: () => Promise<{ readonly run: (input: Input) => Effect.Effect<void, E, R> }>) {
  return (input: Input) => Effect.flatMap(Effect.promise(load), (command) => command.run(input))
}

/**
 * Asked-for help is a result and goes to stdout; what is wrong with a command line goes to stderr. Presenting cannot fail:
 * that stdout takes nothing is told as a defect, and found again by what reports it.
 */
const present = (json: boolean) => (event: CliOutput.Presenter.Event) => Effect.orDie(presented(event, json))

const presented = Effect.fnUntraced(function* (event: CliOutput.Presenter.Event, json: boolean) {
  const formatter = CliOutput.defaultFormatter({ colors: false })
  switch (event._tag) {
    case "Help":
      return yield* Output.stdout(formatter.formatHelpDoc(event.helpDoc))
    case "Version":
      return yield* Output.stdout(formatter.formatVersion(event.name, event.version))
    case "InvalidInvocation": {
      const problems = event.errors.map((error) => error.message)
      if (json) yield* Output.json({ error: { _tag: "UsageError", problems } })
      return yield* Output.stderr(
        [...problems, `Try: ${event.commandPath.join(" ")} --help`].map((line) => Visible.line(line.trim())).join("\n")
      )
    }
  }
})
