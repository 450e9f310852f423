/** `batch …`: what its subcommands are called and take. */
import * as Argument from "effect/cli/Argument"
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import * as Formats from "./Formats.ts"
import { lazily } from "./Lazily.ts"

const { json } = Formats.flags

const store = Flag.String("store").pipe(
  Flag.withMetavar("STORE"),
  Flag.withDescription(
    "Where questions and answers are kept: a SQLite file or a postgres:// address; else MCP_BATCH_STORE, else ./mcp-batch.sqlite"
  ),
  Flag.optional
)

const batch = Argument.String("batch").pipe(
  Argument.withMetavar("BATCH"),
  Argument.withDescription("The name that submit was given, or printed")
)

const submit = Command.make(
  "submit",
  {
    file: Argument.String("file").pipe(
      Argument.withMetavar("FILE"),
      Argument.withDescription(
        'A question a line, or a JSON object a line: {"id", "question", "priority"}; - is the standard input'
      )
    ),
    batch: Flag.String("batch").pipe(
      Flag.withMetavar("NAME"),
      Flag.withDescription("The batch's name; questions that it has already are not asked again. Without it a new one"),
      Flag.optional
    ),
    priority: Flag.Literals("priority", ["high", "normal", "low"]).pipe(
      Flag.withDescription("Of the questions that have none of their own"),
      Flag.withDefault("normal")
    ),
    store,
    json
  },
  lazily(() => import("./BatchSubmitCommand.ts"))
).pipe(Command.withDescription("Store questions, to be answered by batch work; all of them or none"))

const work = Command.make(
  "work",
  {
    concurrency: count("concurrency", "Questions that are answered at once", 4),
    attempts: count("attempts", "Failures that may pass before a question is given up", 10),
    keep: Flag.Boolean("keep").pipe(
      Flag.withDescription("Wait for more when no question is open, until Ctrl-C"),
      Flag.withDefault(false)
    ),
    store,
    ...Formats.flags
  },
  lazily(() => import("./BatchWorkCommand.ts"))
).pipe(Command.withDescription("Answer open questions until none is left; any number of processes may do so at once"))

const status = Command.make(
  "status",
  { batch: Argument.optional(batch), store, ...Formats.flags },
  lazily(() => import("./BatchStatusCommand.ts"))
).pipe(Command.withDescription("Say how far each batch is, or this one"))

const results = Command.make(
  "results",
  {
    batch,
    format: Flag.Literals("format", ["jsonl", "csv", "markdown"]).pipe(
      Flag.withMetavar("FORMAT"),
      Flag.withDescription("jsonl, csv or markdown: a JSON object, a CSV record or a row of a table a question"),
      Flag.withDefault("jsonl")
    ),
    store,
    json
  },
  lazily(() => import("./BatchResultsCommand.ts"))
).pipe(Command.withDescription("Print each question of a batch with its answer or its error"))

const cancel = Command.make(
  "cancel",
  { batch, store, json },
  lazily(() => import("./BatchCancelCommand.ts"))
).pipe(Command.withDescription("Give up what is open of a batch"))

const retry = Command.make(
  "retry",
  { batch, store, json },
  lazily(() => import("./BatchRetryCommand.ts"))
).pipe(Command.withDescription("Ask again what failed or was cancelled of a batch"))

export const command = Command.make("batch").pipe(
  Command.withDescription(
    "Durable questions: submitted once, answered by any number of workers, kept until they are read"
  ),
  Command.withSubcommands([submit, work, status, results, cancel, retry])
)

function count(name: string, description: string, byDefault: number) {
  return Flag.Int(name).pipe(
    Flag.withMetavar("N"),
    Flag.withDescription(`${description}; ${byDefault} by default`),
    Flag.filter(
      (value) => value >= 1,
      (value) => `${value} is none: at least 1`
    ),
    Flag.withDefault(byDefault)
  )
}
