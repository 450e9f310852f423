/**
 * The generator without a model: reads a question as operations over the schema's own words, and writes the SELECT that
 * follows from them. It knows no database and no question; a question is answered only if the plan owns every word of
 * it that says anything.
 */
import * as Result from "effect/Result"
import type { ColumnMapping } from "../../grounding/Grounding.ts"
import type { SqlGenerationError } from "../../OrchestratorError.ts"
import { type Lexeme, lexemesOf } from "../../text/Lexemes.ts"
import { Question } from "../../text/Question.ts"
import { choosePlan } from "./Choose.ts"
import { aggregateOf, mappedMeasure } from "./Aggregates.ts"
import { choose, type Context, contextTables } from "./Meaning.ts"
import { spellNames } from "./NamesOf.ts"
import { parse } from "./Parse.ts"
import type { Part } from "./Parts.ts"
import { withDirections, withPlaces } from "./Directions.ts"
import { unsaidDoer } from "./Doers.ts"
import { doubt } from "./Doubts.ts"
import { type Measure, type Plan, tokensOf } from "./Plan.ts"
import { type Item, read } from "./Reading.ts"
import { notUnderstood, refusal } from "./Refusal.ts"
import { type RoleGroup, roleGroup, roleVerb } from "./RoleGroups.ts"
import { roleSaid } from "./Roles.ts"
import { withScorers } from "./Scores.ts"
import { withNames, withSurnames, withTitles } from "./People.ts"
import { settle } from "./Settled.ts"
import { withKinds, withNone, withSideCounts } from "./ForEach.ts"
import { makeIndex, type SchemaIndex } from "./SchemaIndex.ts"
import { everOrNow } from "./Tenses.ts"
import { toSql } from "./ToSql.ts"
import { sentence, toWords } from "./ToWords.ts"
import { withPresent } from "./Standing.ts"
import { uncounted } from "./Uncounted.ts"
import { undated } from "./Undated.ts"
import { unsaid } from "./Unsaid.ts"
import { withCurrent } from "./Current.ts"
import { withHappened } from "./Happened.ts"
import { inUsualOrder } from "./WordOrder.ts"
import { makeVocabulary, termCalled, type Terms } from "./Vocabulary.ts"
import { noSchema } from "../NoSchema.ts"
import { phraseKeys } from "../../grounding/NameWords.ts"
import type { GeneratedSql, GenerationRequest } from "../SqlGenerator.ts"

/** Writes the SQL for a question, or says what was not understood (`NotUnderstood`, `NoSchema`). Pure. */
export const generate = (request: GenerationRequest): Result.Result<GeneratedSql, SqlGenerationError> => {
  const { dialect, grounding, mentions, question, schemaWords, today } = request
  if (grounding.tables.length === 0) return Result.fail(noSchema(request))
  const index = makeIndex(grounding)
  const vocabulary = makeVocabulary({ index, dialect, today }, schemaWords)
  const lexemes = inUsualOrder(lexemesOf(new Question(question)))
  const settled = spellNames(
    index,
    settle(withNames(index, withSurnames(index, read(lexemes, { vocabulary, mentions, today }))), today)
  )
  const items = withPlaces(index, withDirections(index, withTitles(index, withScorers(index, settled))))
  const group = roleGroup(grounding, items) ?? roleVerb(grounding, items)
  if (group === null) return answer(request, { index, lexemes, items, group })
  const grouped = answer(request, {
    index: group.indexOf(makeIndex(group.grounding)),
    lexemes,
    items: group.items,
    group
  })
  // "the buyer with the highest rate" is one of those who are called buyers.
  return Result.orElse(grouped, () =>
    Result.orElse(answer(request, { index, lexemes, items, group: null }), () => grouped)
  )
}

// -----------------------------------------------------------------------------
// internals

interface Read {
  readonly index: SchemaIndex
  readonly lexemes: ReadonlyArray<Lexeme>
  readonly items: ReadonlyArray<Item>
  readonly group: RoleGroup | null
}

const answer = (
  request: GenerationRequest,
  { group, index, items, lexemes }: Read
): Result.Result<GeneratedSql, SqlGenerationError> => {
  const { dialect, grounding, today } = request
  const terms: Terms = { index, dialect, today }
  const context: Context = { index, dialect, today, tables: contextTables(items) }
  const read = withPresent(index, lexemes, parse({ context, items }))
  const counted = withKinds(context, withSideCounts(context, read))
  const parts = group === null ? withNone(context, counted) : counted
  const refuse = (detail: string) => Result.fail(refusal(request, detail, parts))
  const strange = notOwned(items, new Set(parts.flatMap(tokensIn)))
  if (strange.length > 0) return refuse(notUnderstood(request, strange))
  const role = roleSaid(index, lexemes, parts, group?.tokens ?? [])
  if (role !== null) return refuse(`"${role}" may be said of another than the one who is called so`)
  const open = doubt(index, lexemes, parts)
  if (open !== null) return refuse(open)
  const isSpent = parts.some(({ kind, text }) => kind === "trade" && /^sp(?:en)/i.test(text))
  const chosen = Result.map(
    choosePlan(context, parts, () => soldMeasure(context, terms, grounding.mappings, isSpent)),
    (one) => withCurrent(index, one, lexemes)
  )
  const plan = Result.map(chosen, (one) =>
    withHappened(index, one, lexemes, { isTerm: isOfTerm(grounding, parts), today })
  )
  if (Result.isFailure(plan)) return refuse(plan.failure.join("; "))
  const past =
    everOrNow(index, { plan: plan.success, said: Result.getOrElse(chosen, () => plan.success) }, parts, lexemes) ??
    unsaidDoer(plan.success, lexemes) ??
    unsaid(index, plan.success, lexemes) ??
    uncounted(index, plan.success, lexemes, today) ??
    undated(index, plan.success, lexemes)
  if (past !== null) return refuse(past)
  if (group !== null && !group.isIn(plan.success)) {
    return refuse(`nothing leads to ${group.relationship.to.table} by ${group.relationship.from.column}`)
  }
  const full = withReadings(plan.success, items)
  // What was read and has no place in the plan must not vanish.
  const lost = notOwned(items, tokensOf(full))
  if (lost.length > 0) return refuse(notUnderstood(request, lost))
  const sql = toSql(context, full, request.maxRows)
  if (Result.isFailure(sql)) return refuse(sql.failure)
  const words = toWords(full, sql.success)
  return Result.succeed({
    sql: sql.success.sql,
    explanation: sentence(words),
    parts: words,
    usedEntities: entitiesOf(parts)
  })
}

/** Whether a term of the users says what is computed. */
const isOfTerm = ({ mappings }: GenerationRequest["grounding"], parts: ReadonlyArray<Part>): boolean =>
  parts.some(
    ({ kind, text }) =>
      (kind === "measure" || kind === "subject" || kind === "rank") &&
      mappings.some(({ term }) => phraseHolds(phraseKeys(text), phraseKeys(term)))
  )

const phraseHolds = (words: ReadonlyArray<string>, phrase: ReadonlyArray<string>): boolean =>
  phrase.length > 0 && words.some((_, at) => phrase.every((word, place) => words[at + place] === word))

/** These join what other words say. */
const joining = new Set<Item["kind"]>(["and", "with", "which"])

/** The words that nothing stands for. */
const notOwned = (items: ReadonlyArray<Item>, owned: ReadonlySet<number>): ReadonlyArray<string> =>
  items
    .filter(({ kind, tokens }) => !joining.has(kind) && !tokens.some((token) => owned.has(token)))
    .map(({ text }) => text)

const tokensIn = (part: Part): ReadonlyArray<number> =>
  part.kind === "wish" && part.wish.kind === "related"
    ? [...part.tokens, ...part.wish.tokens, ...part.wish.where.flatMap(({ tokens }) => tokens)]
    : part.kind === "wish"
      ? [...part.tokens, ...part.wish.tokens]
      : part.tokens

/** Says how words were read that are no names themselves. */
const withReadings = (plan: Plan, items: ReadonlyArray<Item>): Plan => ({
  ...plan,
  asides: [
    ...plan.asides,
    ...items.flatMap(({ readAs, text }) =>
      readAs === null ? [] : [{ tokens: [], text: `"${text}" read as ${readAs}` }]
    )
  ]
})

const entitiesOf = (parts: ReadonlyArray<Part>): ReadonlyArray<string> => {
  const wishes = parts.flatMap((part) => (part.kind === "wish" ? [part.wish] : []))
  const inner = wishes.flatMap((wish) =>
    wish.kind === "related" ? wish.where : wish.kind === "role" ? wish.matches : []
  )
  const matches = [...wishes, ...inner].flatMap((wish) => (wish.kind === "match" ? wish.matches : []))
  return [...new Set(matches.flatMap(({ entity }) => (entity === null ? [] : [entity])))]
}

/** What "best selling" and "spent the most" are measured by: the users' term for sales, if there is one. */
const soldMeasure = (
  context: Context,
  terms: Terms,
  mappings: ReadonlyArray<ColumnMapping>,
  isSpent: boolean
): Measure | null => {
  for (const word of isSpent ? ["sales", "revenue", "turnover"] : ["sales", "units sold", "revenue"]) {
    const choices = choose(context, { kind: "name", text: word, meanings: termCalled(terms, mappings, word) })
    if (choices.aggregate !== null) return mappedMeasure(word, choices.aggregate)
    const sum = choices.isMapped && choices.number !== null ? aggregateOf(context, "SUM", choices) : ""
    if (typeof sum !== "string") return sum
  }
  return null
}
