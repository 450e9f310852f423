/** Completion scripts for shells: every command with its own flags and those that go with all. */
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Command from "effect/cli/Command"
import * as EffectCompletions from "effect/cli/Completions"
import * as Flag from "effect/cli/Flag"
import * as GlobalFlag from "effect/cli/GlobalFlag"
import * as GlobalFlags from "./GlobalFlags.ts"
import * as Output from "./Output.ts"

const shells = ["bash", "zsh", "fish", "powershell"] as const
type Shell = (typeof shells)[number]

/** The script that a shell reads to complete `mcp-orchestrator`. */
export const script = (command: Command.Command.Any, shell: Shell): string =>
  EffectCompletions.generate(command.name, shell, describe(command)).trimEnd()

/** The commands as completions and the manual need them. */
export const describe = (command: Command.Command.Any): EffectCompletions.CommandDescriptor =>
  complete(EffectCompletions.fromCommand(command), globalFlags)

/** `--completions SHELL`. Effect's own knows no flags that go with every command. */
export const flag = GlobalFlag.Action({
  flag: Flag.Literals("completions", shells).pipe(
    Flag.withMetavar("SHELL"),
    Flag.withDescription(`Print what ${shells.join(", ")} completes this command with`),
    Flag.optional
  ),
  run: (shell, { command }) =>
    Option.match(shell, {
      onNone: () => Effect.void,
      // A defect is found again by what reports it.
      onSome: (name) => Effect.orDie(Output.data(script(command, name)))
    })
})

// -----------------------------------------------------------------------------
// internals

const globalFlags = EffectCompletions.fromCommand(
  Command.make("all", { all: [...GlobalFlags.all, GlobalFlag.Help, GlobalFlags.Version].map(({ flag }) => flag) })
).flags

/** What is a file is completed as one, though it is not looked for before the command runs. */
const files = new Set(["config", "from", "file"])
const asFile = <A extends { readonly name: string; readonly type: { readonly _tag: string } }>(one: A) =>
  files.has(one.name) ? { ...one, type: { _tag: "Path", pathType: "file" } as const } : one

const complete = (
  command: EffectCompletions.CommandDescriptor,
  more: ReadonlyArray<EffectCompletions.FlagDescriptor>
): EffectCompletions.CommandDescriptor => ({
  ...command,
  flags: [...command.flags, ...more].map(asFile),
  arguments: command.arguments.map(asFile),
  subcommands: command.subcommands.map((one) => complete(one, more))
})
