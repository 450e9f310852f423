/** Reading who or what is still there, who no longer is, and what came later than it was due. */
import { columnWords, isDate, isStateName } from "../../grounding/ColumnWords.ts"
import { isPlural } from "../../grounding/NameWords.ts"
import type { Column, Table } from "../../grounding/Grounding.ts"
import { rootOfDate, rootOfVerb } from "../../resolution/DateVerbs.ts"
import type { Lexeme } from "../../text/Lexemes.ts"
import { shift } from "./Days.ts"
import { endsOf, hasPersonDates, isDone, takesPlace } from "./Dates.ts"
import { isState } from "./Asked.ts"
import type { Context } from "./Meaning.ts"
import {
  choicesAt,
  isTimed,
  nounsIn,
  type Part,
  problem,
  type Reader,
  stretch,
  testsWished,
  type Wish,
  wished
} from "./Parts.ts"
import { stepsTo, thingsOf } from "./Paths.ts"
import { isCalledOff } from "./Outcomes.ts"
import { tablesOf, type Test } from "./Plan.ts"
import { isBoolean, labelColumns, type SchemaIndex, tableOf } from "./SchemaIndex.ts"
import { nounAfter } from "./States.ts"
import { columnSql } from "./SqlText.ts"

/** "current employees", "members who are still with us", "former tenants": told by the one date at which it ends. */
export const readCurrent: Reader = (sentence, at, before) => {
  const item = sentence.items[at]
  if (item?.kind !== "current") return null
  const { index, today } = sentence.context
  // "open bugs": of what a value names
  const things = choicesAt(sentence, at + 1)?.value ?? null
  const named = things === null || !isPlural(sentence.items[at + 1]?.text ?? "") ? null : thingsOf(index, things.column)
  const noun = nounAfter(sentence, at + 1) ?? named ?? nounsIn(before).at(-1)
  const table = tableOf(index, noun ?? "")
  const tests =
    table === undefined
      ? null
      : (standing(table, today, item.negated) ?? (/^open$/i.test(item.text) ? unresolved(table) : null))
  return tests === null
    ? problem(sentence, at, at + 1, `nothing says which ${noun ?? "of them"} are "${item.text}"`)
    : testsWished(sentence, at, at + 1, tests)
}

/** "open incidents", of resolved_on: what is not done yet, where no state is told beside. */
const unresolved = (table: Table): ReadonlyArray<Test> | null => {
  const [done, ...others] = table.columns.filter(
    (one) => isDate(one) && says(table, one, /^(?:resolved|closed|completed|settled|fixed)$/)
  )
  return done === undefined || others.length > 0 || !isClosing(table)
    ? null
    : [{ kind: "known", column: { table: table.name, column: done.name }, negated: true }]
}

/** What holds of the rows of a table that have begun and have not ended (`isOver`: that have); `null` if none says so. */
const standing = (table: Table, today: string, isOver = false): ReadonlyArray<Test> | null => {
  const of = (column: Column) => ({ table: table.name, column: column.name })
  const flags = table.columns.filter((one) => isBoolean(one) && says(table, one, /^(?:active|current|employed)$/))
  const [end, ...others] = endsOf(table)
  const [flag, ...more] = flags
  if (hasState(table) || others.length > 0 || more.length > 0 || (flag !== undefined && end !== undefined)) return null
  if (flag !== undefined) return [{ kind: "is", column: of(flag), truth: !isOver }]
  if (end === undefined) return null
  // On the last day of a contract it is still in force; who left today has left.
  const last = says(table, end, /^(?:end|ends|until|to)$/) ? today : shift(today, "day", 1)
  if (isOver) return [{ kind: "period", column: of(end), from: null, to: last, label: "ended" }]
  const starts = table.columns.filter(
    (one) => isDate(one) && says(table, one, /^(?:start|starts|started|begin|begins|from|opened|opens|opening)$/)
  )
  const [start, ...rivals] = starts
  return [
    ...(start === undefined || rivals.length > 0
      ? []
      : [{ kind: "period", column: of(start), from: null, to: shift(today, "day", 1), label: "begun" } as const]),
    {
      kind: "any",
      tests: [
        { kind: "known", column: of(end), negated: true },
        { kind: "period", column: of(end), from: last, to: null, label: "not ended" }
      ]
    }
  ]
}

/**
 * "How many employees do we have at the moment?": those who have not ended, where that is all that is asked. `[]` where a
 * state is told, which is that of now anyway; else why it is not known.
 */
export const presentOf = (
  { index, today }: Context,
  parts: ReadonlyArray<Part>,
  wishes: ReadonlyArray<Wish>
): ReadonlyArray<Test> | string => {
  const noun = whoIn(parts)
  const table = tableOf(index, noun ?? "")
  if (ofNow(parts) === isEmployed && table !== undefined) {
    const tests = standing(table, today)
    // "payroll per city": a number may be of all that there were.
    return tests !== null && nounsIn(parts)[0] === undefined
      ? `some ${table.name} may be there no more: say "current" or "all"`
      : (tests ?? [])
  }
  const states = wishes.filter((wish) => isState(index, wish))
  // "the inpatients right now": a term of the users that is about a state, or about the present day.
  const isTold =
    states.some((wish) => wish.kind !== "match" || isStateName(wish.column.column)) ||
    wishes.some(
      (wish) =>
        wish.kind === "test" &&
        wish.test.kind === "mapped" &&
        /stat(?:e|us)\b|is null|current_date/i.test(wish.test.sql)
    )
  if (isTold) return []
  const open = `nothing says what "${ofNow(parts)}" is so`
  const isPlain = states.length > 0 || /\bwe\b|^here$/i.test(ofNow(parts))
  if (table === undefined || endsOf(table).length === 0) return isPlain ? [] : open
  // Also what each of them belongs to: employees of a shop. Who is on a ward is another question.
  const isWho =
    parts.some(({ kind, text }) => kind === "subject" && /^whom?$/i.test(text)) &&
    !isAtWork(parts) &&
    ofNow(parts) !== isRole
  const isTheirs = (name: string): boolean => name === noun || (!isWho && stepsTo(index, table.name, name) !== null)
  const isOwn = wishes.every(
    (wish) =>
      (wish.kind === "match" && isTheirs(wish.column.table)) ||
      (wish.kind === "named" && wish.table !== null && isTheirs(wish.table)) ||
      (wish.kind === "test" && tablesOf(wish.test).every((one) => one === noun))
  )
  return (isOwn ? standing(table, today) : null) ?? open
}

/** "Who is the coach of Eastbay?", "nurses by grade": whoever was it before is it no more, and who left is no nurse here. */
export const withPresent = (
  index: SchemaIndex,
  lexemes: ReadonlyArray<Lexeme>,
  parts: ReadonlyArray<Part>
): ReadonlyArray<Part> => {
  const [who, is, the] = lexemes
  const isAsked = who?.key === "who" && /^(?:is|s)$/.test(is?.key ?? "") && the?.key === "the"
  const table = tableOf(index, whoIn(parts) ?? "")
  const isOpen = parts.every(({ kind }) => kind === "subject" || kind === "wish" || kind === "aside")
  const isOfOthers = parts.some(
    (part) => part.kind === "wish" && part.wish.kind === "match" && part.wish.column.table !== table?.name
  )
  // "Who is the surgeon of S011?" has been it, and may have left since.
  const isOfThen = parts.some(
    (part) =>
      part.kind === "wish" &&
      part.wish.kind === "role" &&
      part.wish.isAbove &&
      isRecord(tableOf(index, part.wish.relationship.from.table))
  )
  const isHeld = isAsked && isOpen && isOfOthers && table !== undefined && endsOf(table).length > 0
  const said = isHeld ? isRole : !isOfThen && isOfStaff(table, lexemes, parts) ? isEmployed : null
  return said === null ? parts : [...parts, { kind: "now", tokens: [], text: said }]
}

/** What took place on a day, and has no name. */
const isRecord = (table: Table | undefined): boolean =>
  takesPlace(table) && table !== undefined && labelColumns(table).length === 0

/** Whose rows are asked about, or of whom a number is. */
const whoIn = (parts: ReadonlyArray<Part>): string | undefined =>
  nounsIn(parts)[0] ??
  parts.flatMap((part) => (part.kind === "measure" && part.measure.tables.length === 1 ? part.measure.tables : []))[0]

/** Whether people are asked about who may have left, and nothing says that those are meant, too. */
const isOfStaff = (table: Table | undefined, lexemes: ReadonlyArray<Lexeme>, parts: ReadonlyArray<Part>): boolean => {
  const isEnded = (words: RegExp) => table !== undefined && endsOf(table).some((one) => says(table, one, words))
  if (table === undefined || labelColumns(table).length === 0) return false
  if (!isEnded(resigning) && !(isEnded(leaving) && isEmployee(table))) return false
  const isTold = parts.some(
    (part) =>
      part.kind === "now" ||
      (part.kind === "wish" &&
        (part.wish.kind === "when" ||
          part.wish.kind === "date" ||
          (part.wish.kind === "match" && isStateName(part.wish.column.column)) ||
          // "more than the average": of all, or of those who are there?
          (part.wish.kind === "test" && /^(?:period|known|any|is|average)$/.test(part.wish.test.kind))))
  )
  return (
    !isTold &&
    !lexemes.some(
      ({ key }, at) =>
        ofThen.test(key) ||
        // "have worked", and not "have no shifts"
        (/^ha(?:s|ve)$/.test(key) && /(?:ed|en|wn|nt|ad|ne|un)$/.test(lexemes[at + 1]?.key ?? ""))
    )
  )
}

const resigning = /^(?:leave|terminated|termination|resigned|dismissed)$/

const leaving = /^(?:left|leaving|exit)$/

/** A car that left a car park is one all the same. */
const isEmployee = (table: Table): boolean =>
  labelColumns(table).length > 1 ||
  hasPersonDates(table) ||
  table.columns.some((one) => says(table, one, /^(?:salary|wage|manager|supervisor|grade|position|job|role)$/))

/** What speaks of others than those who are there now. */
const ofThen = /^(?:did|was|were|had|been|ever|never|left|hired|joined|since|started|former|all)$/

/** "Who works at the Riverside?": who has left works there no more. */
export const atWork = (
  { index, today }: Context,
  parts: ReadonlyArray<Part>,
  wishes: ReadonlyArray<Wish>
): ReadonlyArray<Test> | string => {
  const table = tableOf(index, nounsIn(parts)[0] ?? "")
  const isOpen = wishes.every((wish) => wish.kind === "match" || wish.kind === "named")
  if (!isAtWork(parts) || !isOpen || table === undefined) return []
  const isTold = wishes.some((wish) => wish.kind === "match" && isStateName(wish.column.column))
  const isLeft = table.columns.some(
    (one) =>
      isStateName(one.name) ||
      says(table, one, /^(?:retired|fired|former|terminated|inactive|active|left|employed|departed)$/)
  )
  return standing(table, today) ?? (isLeft && !isTold ? `some ${table.name} may work there no more` : [])
}

/** "returned late", "arrived too late": when it was done is behind when it was due. */
export const readLate: Reader = (sentence, at, before) => {
  const [deed, late] = sentence.items.slice(at, at + 2)
  if (late?.kind !== "late" || late.before.length > 0 || deed === undefined) return null
  const noun = nounsIn(before).at(-1)
  const table = tableOf(sentence.context.index, noun ?? "")
  const end = at + 2
  const place = stretch(sentence, at, end)
  const pair = table === undefined ? null : duePair(table, deed.text.toLowerCase())
  if (table === undefined || pair === null)
    return problem(sentence, at, end, `nothing says which ${noun ?? "of them"} "${place.text}"`)
  const { dialect } = sentence.context
  const sqlOf = ({ name }: Column) => columnSql(dialect, { table: table.name, column: name })
  const test: Test = {
    kind: "mapped",
    sql: `${sqlOf(pair.done)} > ${sqlOf(pair.due)}`,
    date: null,
    tables: [table.name],
    label: `${pair.done.name} after ${pair.due.name}`
  }
  const read = testsWished(sentence, at, end, [test])
  // "returned late last month": it was returned then.
  if (!isTimed(sentence)) return read
  if (!isDate(pair.done)) return problem(sentence, at, end, `nothing says on which day they "${place.text}"`)
  const dated = wished({ kind: "date", ...place, column: { table: table.name, column: pair.done.name } }, end)
  return { parts: [...read.parts, ...dated.parts], next: end }
}

/** "paid after the due date": two dates of one row. */
export const readAfter: Reader = (sentence, at, before) => {
  const [deed, joint] = sentence.items.slice(at, at + 2)
  const isAfter = /^after$/i.test(joint?.text ?? "")
  const isBefore = /^before$/i.test(joint?.text ?? "")
  if (joint?.kind !== "unknown" || !(isAfter || isBefore) || deed?.kind !== "name") return null
  const noun = nounsIn(before).at(-1)
  const table = tableOf(sentence.context.index, noun ?? "")
  const bound = choicesAt(sentence, at + 2)
  const root = rootOfVerb([deed.text.toLowerCase()])
  const [done, ...others] =
    table?.columns.filter((one) => isDate(one) && root !== null && rootOfDate(table, one) === root) ?? []
  const isTheirs = bound?.isDate === true && bound.column?.table === noun && bound.column?.column !== done?.name
  if (table === undefined || done === undefined || others.length > 0 || !isTheirs || bound?.column == null) return null
  const { dialect } = sentence.context
  const sqlOf = (column: string) => columnSql(dialect, { table: table.name, column })
  const test: Test = {
    kind: "mapped",
    sql: `${sqlOf(done.name)} ${isAfter ? ">" : "<"} ${sqlOf(bound.column.column)}`,
    date: null,
    tables: [table.name],
    label: `${done.name} ${isAfter ? "after" : "before"} ${bound.column.column}`
  }
  return testsWished(sentence, at, at + 3, [test])
}

// ---------------------------------------------------------------------------------------------------------------------
// internals

/** What "who is the" says of now. */
const isRole = "is the"

/** That nothing is said, of people who leave. */
const isEmployed = "employed"

const isAtWork = (parts: ReadonlyArray<Part>): boolean =>
  parts.some(({ kind, text }) => kind === "aside" && /^works?(?: (?:at|in|for))?$/i.test(text))

const says = (table: Table, column: Column, words: RegExp): boolean =>
  columnWords(table, column).some((word) => words.test(word))

/** A state beside a date may say something else. */
const hasState = (table: Table): boolean => table.columns.some(({ name }) => isStateName(name))

const ofNow = (parts: ReadonlyArray<Part>): string => parts.find(({ kind }) => kind === "now")?.text ?? ""

/** Whether all that ends has a date of it: where a state is told, it is listed, and none of them calls anything off. */
const isClosing = ({ columns }: Table): boolean =>
  columns
    .filter(({ name }) => isStateName(name))
    .every(({ values }) => values.length > 0 && !values.some((value) => /open/i.test(value) || isCalledOff(value)))

/** What was due and when it was done: one of each, of one type. */
const duePair = (table: Table, verb: string): { readonly due: Column; readonly done: Column } | null => {
  const timed = table.columns.filter((one) => isDate(one) || /^\s*time/i.test(one.type))
  const [due, ...more] = timed.filter((one) =>
    says(table, one, /^(?:due|expected|promised|planned|scheduled|deadline|eta|estimated)$/)
  )
  const done = timed.filter((one) => one !== due && isDone(columnWords(table, one).join("_")))
  const root = rootOfVerb([verb])
  const named = done.filter((one) => root !== null && rootOfDate(table, one) === root)
  const [only, ...others] = named.length > 0 ? named : isComing.test(verb) ? done : []
  if (due === undefined || only === undefined || more.length + others.length > 0) return null
  return due.type.toLowerCase() === only.type.toLowerCase() ? { due, done: only } : null
}

/** Verbs that say no more than that it came. */
const isComing = /^(?:arrived?|came|come|back|delivered|returned|received)$/
