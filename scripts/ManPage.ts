/** The manual page of the command, in the man macros that every `man` knows (man(7), groff_man(7)). */
import type { CommandDescriptor, FlagDescriptor } from "effect/cli/Completions"
import * as Examples from "../src/cli/Examples.ts"
import { exitCodes } from "../src/cli/ExitCodes.ts"

/** `globals` are the flags that go with every command: they are told once. */
export const render = (root: CommandDescriptor, version: string): string => {
  const globals = root.flags
  const isGlobal = new Set(globals.map(({ name }) => name))
  const own = (command: CommandDescriptor): CommandDescriptor => ({
    ...command,
    flags: command.flags.filter(({ name }) => !isGlobal.has(name))
  })
  return `${[
    `.TH MCP\\-ORCHESTRATOR 1 "" "mcp\\-orchestrator ${version}" "User Commands"`,
    ".SH NAME",
    "mcp\\-orchestrator \\- gather the resources of MCP servers, resolve names, and answer questions with SQL",
    ".SH SYNOPSIS",
    `.B mcp\\-orchestrator`,
    ".I COMMAND",
    "[FLAGS] [ARGUMENTS]",
    ".SH DESCRIPTION",
    text(root.description ?? ""),
    ".SH COMMANDS",
    ...leaves(root, []).flatMap(([path, command]) => [
      `.SS ${text(path.join(" "))}${command.arguments.map((one) => ` ${text(one.name.toUpperCase())}`).join("")}`,
      `${text(command.description ?? "")}.`,
      ...command.arguments.flatMap((one) => [
        ".TP",
        `.I ${text(one.name.toUpperCase())}${one.variadic ? "..." : ""}`,
        text(one.description ?? "")
      ]),
      ...own(command).flags.flatMap(flag)
    ]),
    ".SH FLAGS OF EVERY COMMAND",
    ...globals.flatMap(flag),
    ".SH EXIT STATUS",
    ...exitCodes.flatMap(([code, when]) => [".TP", `.B ${code}`, text(when)]),
    ".SH ENVIRONMENT",
    ...environment.flatMap(([name, what]) => [".TP", `.B ${text(name)}`, text(what)]),
    ".SH FILES",
    ".TP",
    ".I ./mcp\\-config.yaml",
    "The configuration, where neither \\-\\-config nor MCP_CONFIG names another.",
    ".SH EXAMPLES",
    ...Object.entries(Examples)
      .toSorted(([one], [other]) => (one < other ? -1 : 1))
      .flatMap(([, examples]) => examples)
      .flatMap(({ command, description }) => [
        ".PP",
        text(description),
        ".PP",
        ".nf",
        `.RS`,
        text(command),
        ".RE",
        ".fi"
      ])
  ].join("\n")}\n`
}

// -----------------------------------------------------------------------------
// internals

const environment: ReadonlyArray<readonly [name: string, what: string]> = [
  ["MCP_CONFIG", "The configuration file."],
  ["MCP__...", "Any value of the configuration by its path: MCP__ORCHESTRATION__LOG_LEVEL=ERROR."],
  ["LLM_BASE_URL, LLM_MODEL, LLM_API_KEY", "The language model that writes the SQL; without it rules do."],
  ["HTTP_PROXY, HTTPS_PROXY, NO_PROXY", "The proxy to servers."],
  ["NO_COLOR, CLICOLOR_FORCE", "Set: no colours on stderr; colours also where it is no terminal. The first wins."]
]

/** The commands that do something, with their paths. */
const leaves = (
  command: CommandDescriptor,
  path: ReadonlyArray<string>
): ReadonlyArray<readonly [path: ReadonlyArray<string>, command: CommandDescriptor]> =>
  command.subcommands.flatMap((one) => {
    const own = [...path, one.name]
    return one.subcommands.length === 0 ? [[own, one] as const] : leaves(one, own)
  })

const flag = ({ aliases, description, name, type }: FlagDescriptor): ReadonlyArray<string> => {
  const short = aliases.map((alias) => `\\-${text(alias.replace(/^-/, ""))}, `).join("")
  return [
    ".TP",
    `.B ${short}\\-\\-${text(name)}${type._tag === "Boolean" ? "" : " \\fIVALUE\\fR"}`,
    text((description ?? "").replace(/ \(choices: [^)]*\)$/, ""))
  ]
}

/** Backslashes, hyphens that are typed, and lines that would begin a request. */
const text = (words: string): string =>
  words
    .replaceAll("\\", "\\e")
    .replaceAll("-", "\\-")
    .replaceAll(/^(?=[.'])/gm, "\\&")
