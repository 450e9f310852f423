/** docs/reference/cli.md: what `--help` of every command says. */
import { NodeServices } from "@effect/platform-node"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as CliConfig from "effect/cli/CliConfig"
import * as CliOutput from "effect/cli/CliOutput"
import * as Command from "effect/cli/Command"
import * as GlobalFlag from "effect/cli/GlobalFlag"
import type { HelpDoc } from "effect/cli/HelpDoc"
import * as Cli from "../../src/cli/Cli.ts"
import * as Markdown from "./Markdown.ts"

export const page = Effect.gen(function* () {
  const commands = yield* helpOf([])
  const { formatHelpDoc } = CliOutput.defaultFormatter({ colors: false })
  const section = ({ doc, path }: Help) =>
    [`## ${path.join(" ")}`, "```text", formatHelpDoc(withoutGlobal(doc, path)).trimEnd(), "```"].join("\n")
  return Markdown.page(
    "Command line",
    [
      "stdout carries the result and nothing else; logs, progress and errors go to stderr. With `--json` stdout is one JSON",
      'document, also for a failure: `{"error": {…}}`. [Exit codes](errors.md) are those of the errors; 0 is complete success,',
      "1 a bug of ours, 130 an interruption."
    ].join("\n"),
    ...commands.map(section)
  )
})

// -----------------------------------------------------------------------------
// internals

interface Help {
  readonly path: ReadonlyArray<string>
  readonly doc: HelpDoc
}

/** The help of a command and of all below it, in the order in which they are listed. */
const helpOf = Effect.fnUntraced(function* (path: ReadonlyArray<string>): Effect.fn.Return<ReadonlyArray<Help>> {
  const docs: Array<HelpDoc> = []
  const present = (event: CliOutput.Presenter.Event) =>
    Effect.sync(() => {
      if (event._tag === "Help") docs.push(event.helpDoc)
    })
  yield* Command.runWith(Cli.root, { version: "" })([...path, "--help"]).pipe(
    Effect.provide(
      Layer.mergeAll(
        CliConfig.layer({ builtIns: [GlobalFlag.Help, GlobalFlag.Version, GlobalFlag.Completions] }),
        CliOutput.layerPresenter({ present }),
        NodeServices.layer
      )
    ),
    Effect.orDie
  )
  const below = yield* Effect.forEach(
    docs.flatMap((doc) => doc.subcommands ?? []).flatMap((group) => group.commands),
    ({ name }) => helpOf([...path, name])
  )
  return [...docs.map((doc) => ({ path: ["mcp-orchestrator", ...path], doc })), ...below.flat()]
})

/** The options that go with every command are listed once, with the program itself. */
const withoutGlobal = (doc: HelpDoc, path: ReadonlyArray<string>): HelpDoc =>
  path.length === 1 ? doc : { ...doc, globalFlags: [] }
