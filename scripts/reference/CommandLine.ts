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
import * as Completions from "../../src/cli/Completions.ts"
import * as GlobalFlags from "../../src/cli/GlobalFlags.ts"
import * as HelpText from "../../src/cli/HelpText.ts"
import * as Markdown from "./Markdown.ts"

export const page = Effect.gen(function* () {
  const commands = yield* helpOf([])
  const section = ({ doc, path }: Help) =>
    [`## ${path.join(" ")}`, "```text", HelpText.render(withoutGlobal(doc, path), 100).trimEnd(), "```"].join("\n")
  return Markdown.page(
    "Command line",
    [
      "stdout carries the result and nothing else; logs, progress and errors go to stderr. On a terminal only warnings are logged (`-v`",
      "for the rest, `-q` for errors alone), and a failure is told once. With `--json` stdout is one JSON document, also for a failure:",
      '`{"error": {…}}`. What goes with every command is listed with the first.'
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
        CliConfig.layer({ builtIns: [GlobalFlag.Help, GlobalFlags.Version, Completions.flag] }),
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
