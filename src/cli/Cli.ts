/** The command line: the root command, its subcommands, and what happens to their failures. */
import * as Console from "effect/Console"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as CliConfig from "effect/cli/CliConfig"
import * as CliOutput from "effect/cli/CliOutput"
import * as Command from "effect/cli/Command"
import * as GlobalFlag from "effect/cli/GlobalFlag"
import { version } from "../Version.ts"
import { config } from "./ConfigCommand.ts"
import { demo } from "./DemoCommand.ts"
import * as Failure from "./Failure.ts"
import { gather } from "./GatherCommand.ts"
import * as GlobalFlags from "./GlobalFlags.ts"
import { health } from "./HealthCommand.ts"
import { query } from "./QueryCommand.ts"
import { resolve } from "./ResolveCommand.ts"
import { validate } from "./ValidateCommand.ts"

const root = Command.make("mcp-orchestrator").pipe(
  Command.withDescription(
    "Gathers every resource of every MCP server in a YAML file over SSE, resolves names by server priority, and answers questions with safe SQL."
  ),
  Command.withSubcommands([validate, gather, resolve, query, health, config, demo]),
  Command.withGlobalFlags(GlobalFlags.all)
)

/** Runs the command line. Fails with the exit code of DESIGN §7 when the command does, after it was reported. */
export const run = (args: ReadonlyArray<string>) =>
  Command.runWith(root, { version })(args).pipe(
    Effect.provide(
      Layer.mergeAll(
        // Our own --log-level takes the configuration's words; the wizard has nothing to ask here.
        CliConfig.layer({ builtIns: [GlobalFlag.Help, GlobalFlag.Version, GlobalFlag.Completions] }),
        CliOutput.layerPresenter({ present: present(args.includes("--json")) })
      )
    ),
    Failure.handle({ json: args.includes("--json") })
  )

/** Asked-for help is a result and goes to stdout; what is wrong with a command line goes to stderr. */
const present = (json: boolean) =>
  Effect.fnUntraced(function* (event: CliOutput.Presenter.Event) {
    const formatter = CliOutput.defaultFormatter({ colors: false })
    switch (event._tag) {
      case "Help":
        return yield* Console.log(formatter.formatHelpDoc(event.helpDoc))
      case "Version":
        return yield* Console.log(formatter.formatVersion(event.name, event.version))
      case "InvalidInvocation": {
        const problems = event.errors.map((error) => error.message)
        if (json) yield* Console.log(JSON.stringify({ error: { _tag: "UsageError", problems } }, null, 2))
        return yield* Console.error(
          [...problems, `Try: ${event.commandPath.join(" ")} --help`].map((line) => line.trim()).join("\n")
        )
      }
    }
  })
