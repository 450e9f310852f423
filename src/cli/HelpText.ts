/** Help as it is printed: what a command is for, takes and gives, in lines that fit. Pure. */
import * as Option from "effect/Option"
import type { ArgDoc, FlagDoc, HelpDoc } from "effect/cli/HelpDoc"
import { exitCodes } from "./ExitCodes.ts"
import * as Table from "../text/Table.ts"

/** A help page in so many columns, 100 at most: longer lines are hard to read. */
export const render = (doc: HelpDoc, screen: number): string => {
  const columns = Math.min(screen, 100)
  return [
    ...Table.wrap(doc.description, columns),
    ...section("Usage", Table.wrap(usage(doc), columns - 2)),
    ...(doc.subcommands ?? []).flatMap(({ commands, group }) =>
      section(
        group ?? "Commands",
        pairs(
          commands.map(({ description, name }) => [name, description]),
          columns
        )
      )
    ),
    ...section("Arguments", pairs((doc.args ?? []).map(argument), columns)),
    ...section("Flags", pairs(doc.flags.map(flag), columns)),
    ...section("With every command", pairs((doc.globalFlags ?? []).map(flag), columns)),
    ...section(
      "Examples",
      (doc.examples ?? []).flatMap(({ command, description }, index) => [
        ...(index === 0 || description === undefined ? [] : [""]),
        ...(description === undefined ? [] : Table.wrap(`# ${description}`, columns - 2)),
        command
      ])
    ),
    ...section(
      "Exit codes",
      pairs(
        exitCodes.map(([code, when]) => [String(code), when]),
        columns
      )
    )
  ].join("\n")
}

// -----------------------------------------------------------------------------
// internals

const section = (title: string, lines: ReadonlyArray<string>): ReadonlyArray<string> =>
  lines.length === 0 ? [] : ["", title, ...lines.map((line) => `  ${line}`.trimEnd())]

type Pair = readonly [name: string, description: string]

/** Names in a column of their own, and what they are beside them. */
const pairs = (all: ReadonlyArray<Pair>, columns: number): ReadonlyArray<string> => {
  const label = Math.min(Math.max(0, ...all.map(([name]) => name.length)), 26)
  return all.flatMap(([name, description]) => {
    const lines = Table.wrap(description, columns - label - 4)
    const own = name.length > label
    return [
      ...(own ? [name] : []),
      ...lines.map((line, index) => `${(index === 0 && !own ? name : "").padEnd(label)}  ${line}`)
    ]
  })
}

/** Effect writes a metavar as `<name>`; ours are in capitals, which need no brackets. */
const usage = (doc: HelpDoc): string => doc.usage.replaceAll("<command>", "COMMAND").replaceAll("[flags]", "[FLAGS]")

const argument = ({ description, name, required, variadic }: ArgDoc): Pair => [
  `${name}${variadic ? "…" : ""}`,
  `${text(description)}${required || variadic ? "" : " (optional)"}`
]

const flag = ({ aliases, description, name, type }: FlagDoc): Pair => [
  `${[...aliases, `--${name}`].join(", ")}${type === "boolean" ? "" : ` ${type}`}`,
  // Effect adds what the metavar or the description says already.
  text(description).replace(/ \(choices: [^)]*\)$/, "")
]

const text = (description: Option.Option<string>): string => Option.getOrElse(description, () => "")
