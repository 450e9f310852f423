/** Whether the one that is related to what was done is who did it. */
import type { Relationship } from "../../grounding/Grounding.ts"
import { nameWords } from "../../grounding/NameWords.ts"
import { rootOfTable, rootOfVerb, rootOfWord } from "../../resolution/DateVerbs.ts"
import type { Lexeme } from "../../text/Lexemes.ts"
import type { Sentence } from "./Parts.ts"
import { type Plan, stepsOf, waysIn } from "./Plan.ts"
import { isPlain, roleWords, tableOf } from "./SchemaIndex.ts"

/** "Who fixed fault 7?", of which only the one is known who reported it. */
export const isOtherDeed = ({ context, items }: Sentence, at: number, table: string): boolean => {
  const verb = items[at]
  const text = verb?.text.toLowerCase() ?? ""
  if (/^(?:wrote|written|writes)$/.test(text)) {
    const isAuthor = context.index.relationships.some(
      ({ from, to }) =>
        to.table === table &&
        context.tables.includes(from.table) &&
        roleWords(from).some((word) => /^(?:author|writer)$/.test(word))
    )
    return !isAuthor && !/author|writer/i.test(table)
  }
  const meanings = verb?.kind === "name" ? verb.meanings : []
  if (meanings.some((one) => one.kind === "column" && one.column.table === table)) return false
  const root = verb?.before.length === 0 && text.endsWith("ed") ? rootOfVerb([text]) : null
  const { relationships } = context.index
  // "Who served the most hires?", of a text served_by
  const isCalledBy = (column: string): boolean => {
    const [deed = "", by] = nameWords(column)
    return by === "by" && root !== null && rootOfVerb([deed]) === root
  }
  const isWritten = context.tables.some((name) =>
    tableOf(context.index, name)?.columns.some((one) => nameWords(one.name).length === 2 && isCalledBy(one.name))
  )
  if (isWritten && !relationships.some(({ from, to }) => to.table === table && isCalledBy(from.column))) return true
  const roles = relationships.filter(({ from, to }) => to.table === table && context.tables.includes(from.table))
  const isCalled = (one: Relationship): boolean =>
    roleWords(one.from).some((word) =>
      [rootOfVerb([word]), rootOfWord(word.replace(/(?:er|or|ee)$/, ""))].includes(root)
    )
  const isRecord = roles.some(({ from }) => rootOfTable(from.table) === root)
  // "Who approved the most requests?" is not who asked for them.
  const isState = meanings.some(({ kind }) => kind === "value")
  if (root === null || isRecord || roles.length === 0) return false
  // "Who reported the most faults?", of their one reporter
  if (roles.length === 1 && roles.every((one) => !isPlain(one) && isCalled(one))) return false
  return isState || roles.some((one) => !isPlain(one) && isCalled(one)) || roles.every((one) => !isPlain(one))
}

/** Whoever created or entered a row is not whose it is: a way by such a key, of which the question does not speak. */
export const unsaidDoer = (plan: Plan, lexemes: ReadonlyArray<Lexeme>): string | null => {
  const joined = plan.joins.filter(({ to }) => !plan.optional.includes(to.table))
  const steps = [...joined, ...waysIn(plan.where).flatMap(stepsOf)]
  const keys = steps.map(({ from, many, to }) => (many ? to : from))
  const key = keys.find((one) => {
    const [deed = "", by, ...more] = roleWords(one)
    const root = rootOfVerb([deed])
    return (
      by === "by" &&
      more.length === 0 &&
      !lexemes.some(({ key: word }) => root !== null && rootOfVerb([word], true) === root)
    )
  })
  return key === undefined ? null : `${key.table}.${key.column} does not say whose they are`
}
