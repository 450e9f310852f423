/** `query "QUESTION"`: the whole pipeline. */
import * as Effect from "effect/Effect"
import { Orchestrator } from "../Orchestrator.ts"
import { QueryResult } from "../query/QueryResult.ts"
import type { ResolvedEntity } from "../resolution/ResolvedEntity.ts"
import { usage } from "./CommandError.ts"
import * as Formats from "./Formats.ts"
import * as Heap from "./Heap.ts"
import * as Input from "./Input.ts"
import * as Output from "./Output.ts"
import * as Progress from "./Progress.ts"
import * as RowsSheet from "./RowsSheet.ts"
import * as Setup from "./Setup.ts"
import * as SqlText from "./SqlText.ts"
import * as Table from "../text/Table.ts"
import * as Terminal from "./Terminal.ts"
import * as Visible from "../text/Visible.ts"
import type { Rows } from "../tools/Rows.ts"

const writeJson = Output.jsonOf(QueryResult)

export const run = Effect.fnUntraced(function* (options: {
  readonly question: string
  readonly dryRun: boolean
  readonly json: boolean
  readonly format: Formats.Asked["format"]
}) {
  const question = options.question === "-" ? yield* Input.text("-") : options.question
  if (question.trim() === "") return yield* usage("ask a question, in quotes")
  yield* Effect.sync(Heap.optimise)
  const orchestrator = yield* Orchestrator
  const { result } = yield* Progress.show(orchestrator.queryEvents(question.trim(), { dryRun: options.dryRun }))
  yield* Formats.write(options, {
    sheet: () => RowsSheet.exact(result.result ?? noRows),
    text: () => explain(result),
    json: writeJson(result)
  })
}, Effect.provide(Setup.layer))

/** The names recognised, the SQL, the rows, and where they came from. */
export const explain = (result: QueryResult): string => {
  const { executedOn, attempts, timingsMs } = result.metadata
  const earlier = attempts.length - 1
  return [
    ...(result.resolvedEntities.length === 0 ? [] : [names(result.resolvedEntities), ""]),
    ...Table.wrap(result.explanation, Terminal.columns()),
    "",
    indent(result.sql),
    "",
    result.result === null ? `not run (--dry-run); it would run on ${executedOn}` : RowsSheet.table(result.result),
    ...(result.result === null
      ? []
      : [
          "",
          `${count(result.result)} from ${executedOn} in ${timingsMs.total} ms (gather ${timingsMs.gather}, execute ${timingsMs.execute})` +
            (earlier > 0 ? `, after ${earlier} refused ${earlier === 1 ? "attempt" : "attempts"}` : "")
        ])
  ].join("\n")
}

const names = (entities: ReadonlyArray<ResolvedEntity>): string =>
  Formats.table({
    columns: [
      { title: "name" },
      { title: "means", wrap: true },
      { title: "server", wrap: true },
      { title: "rule", wrap: true },
      { title: "lost", wrap: true }
    ],
    rows: entities.map((entity) => [
      entity.matchedName,
      entity.members.length === 0 ? entity.canonicalName : `${entity.canonicalName}: ${entity.members.join(", ")}`,
      `${entity.server} (priority ${entity.priority})`,
      `${entity.match} ${entity.score.toFixed(2)}`,
      entity.conflicts.length === 0
        ? "–"
        : entity.conflicts.map((lost) => `${lost.server} (${lost.match} ${lost.score.toFixed(2)})`).join(", ")
    ])
  })

/** Nothing was run: what there is is the SQL. */
const noRows: Rows = { columns: [], rows: [], rowCount: 0, truncated: false }

const count = ({ rowCount, truncated }: Rows): string =>
  `${rowCount} ${rowCount === 1 ? "row" : "rows"}${truncated ? " (cut at query.max_rows: there are more)" : ""}`

/** A tab would be told as a character that moves the cursor. */
const indent = (sql: string): string =>
  SqlText.wrap(sql, Terminal.columns() - 2)
    .map((line) => `  ${Visible.line(line.replaceAll("\t", "  "))}`)
    .join("\n")
