/** `query "QUESTION"`: the whole pipeline. */
import * as Effect from "effect/Effect"
import { Orchestrator } from "../Orchestrator.ts"
import { QueryResult } from "../query/QueryResult.ts"
import type { ResolvedEntity } from "../resolution/ResolvedEntity.ts"
import * as Output from "./Output.ts"
import * as Progress from "./Progress.ts"
import * as Setup from "./Setup.ts"
import * as Table from "./Table.ts"
import * as Visible from "../text/Visible.ts"
import * as ExactJson from "../text/ExactJson.ts"
import type { Rows, SqlValue } from "../tools/Rows.ts"

const writeJson = Output.jsonOf(QueryResult)

export const run = Effect.fnUntraced(function* (options: {
  readonly question: string
  readonly dryRun: boolean
  readonly json: boolean
}) {
  const orchestrator = yield* Orchestrator
  const { result } = yield* Progress.show(orchestrator.queryEvents(options.question, { dryRun: options.dryRun }))
  yield* options.json ? writeJson(result) : Output.stdout(explain(result))
}, Effect.provide(Setup.layer))

/** The names recognised, the SQL, the rows, and where they came from. */
export const explain = (result: QueryResult): string => {
  const { executedOn, attempts, timingsMs } = result.metadata
  const earlier = attempts.length - 1
  return [
    ...(result.resolvedEntities.length === 0 ? [] : [names(result.resolvedEntities), ""]),
    Visible.line(result.explanation),
    "",
    indent(result.sql),
    "",
    result.result === null ? `not run (--dry-run); it would run on ${executedOn}` : rows(result.result),
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
  Table.render(
    [{ title: "name" }, { title: "means" }, { title: "server" }, { title: "rule" }, { title: "lost" }],
    entities.map((entity) => [
      entity.matchedName,
      entity.members.length === 0 ? entity.canonicalName : `${entity.canonicalName}: ${entity.members.join(", ")}`,
      `${entity.server} (priority ${entity.priority})`,
      `${entity.match} ${entity.score.toFixed(2)}`,
      entity.conflicts.length === 0
        ? "–"
        : entity.conflicts.map((lost) => `${lost.server} (${lost.match} ${lost.score.toFixed(2)})`).join(", ")
    ])
  )

const rows = (table: Rows): string =>
  Table.render(
    table.columns.map((title, index) => ({
      title,
      ...(table.rows.every((row) => isNumber(row[index] ?? null)) ? { align: "right" as const } : {})
    })),
    table.rows.map((row) => row.map(cell))
  )

const isNumber = (value: SqlValue): boolean => value === null || typeof value === "number" || typeof value === "bigint"

/** A fraction is shown to four digits, so that `0.1 + 0.2` is 0.3. `--json` has it as it came. */
const cell = (value: SqlValue): string => {
  if (value === null) return "NULL"
  if (typeof value === "string") return value
  if (typeof value === "number" && !Number.isInteger(value)) return String(Number(value.toFixed(4)))
  return ExactJson.stringify(value)
}

const count = ({ rowCount, truncated }: Rows): string =>
  `${rowCount} ${rowCount === 1 ? "row" : "rows"}${truncated ? " (cut at query.max_rows: there are more)" : ""}`

/** Below each other, as they came; a tab would be told as a character that moves the cursor. */
const indent = (sql: string): string =>
  sql
    .split(/\r\n?|\n/)
    .map((line) => `  ${Visible.line(line.replaceAll("\t", "  "))}`)
    .join("\n")
