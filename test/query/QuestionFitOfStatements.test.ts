/** How often a statement is held for one that reads other tables than its question names, on questions with their answers. */
import { assert, it } from "@effect/vitest"
import { Effect } from "effect"
import { questions, read, trades } from "../../eval/Questions.ts"
import * as SqlGuard from "../../src/guard/SqlGuard.ts"
import * as QuestionFit from "../../src/query/QuestionFit.ts"
import { fromSchema } from "./Groundings.ts"
import { schemaWords } from "./Mentions.ts"

const dialect = "sqlite"

/** With the tables that each statement reads. */
const answered = Effect.forEach(trades("development"), (trade) =>
  Effect.gen(function* () {
    const grounding = fromSchema(JSON.parse(read(trade, "metadata.json")))
    return yield* Effect.forEach(
      questions(trade).filter((one) => one.sql !== null),
      ({ question, sql }) => {
        const words = schemaWords(question, grounding)
        return Effect.map(SqlGuard.check(sql, { dialect, grounding, allowedFunctions: [] }), (guarded) => ({
          question,
          guarded,
          namesTable: words.some(({ targets }) => targets.some(({ kind }) => kind === "table")),
          objects: (statement: SqlGuard.GuardedSql) =>
            QuestionFit.objections(statement, {
              dialect,
              grounding,
              mentions: [],
              schemaWords: words
            }).some(({ category }) => category === "missing_table")
        }))
      }
    )
  })
)

it.effect("one in ninety statements that answer their question at most, and most of those about other tables", () =>
  Effect.gen(function* () {
    const all = yield* answered
    // "How much have customers paid us in cash?" is told by payments alone; asked once more, a model may say so again.
    const wronged = all.flat().filter(({ guarded, objects }) => objects(guarded))
    assert.isAtMost(wronged.length / all.flat().length, 1 / 90, wronged.map(({ question }) => question).join("\n"))
    // Every third trade: each statement is held against every question of its trade, which takes a minute for all of them.
    const some = all.filter((_, at) => at % 3 === 0)
    const others = some.flatMap((trade) =>
      trade
        // Not of "Who works in Engineering?".
        .filter(({ namesTable }) => namesTable)
        .flatMap((one) =>
          trade
            .filter(({ guarded }) => !guarded.tables.some((table) => one.guarded.tables.includes(table)))
            .map(({ guarded }) => one.objects(guarded))
        )
    )
    assert.isAbove(others.length, 1000)
    assert.isAbove(others.filter((objects) => objects).length / others.length, 0.7)
  })
)
