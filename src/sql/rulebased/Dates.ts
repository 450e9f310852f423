/** Which dates of a table say when there were rows, when somebody was born, when something ended or was done. */
import { type ColumnReference, labelColumns, type SchemaIndex, tableOf } from "./SchemaIndex.ts"
import type { Column, Table } from "../../grounding/Grounding.ts"
import type { Test } from "./Plan.ts"
import type { Grain } from "./SqlText.ts"
import { columnWords, isDate, isDateWord, isNumeric } from "../../grounding/ColumnWords.ts"
import { nameWords, wordKey } from "../../grounding/NameWords.ts"
import { rootOfWord } from "../../resolution/DateVerbs.ts"

const auditWords = new Set(["created", "crtd", "updated", "modified", "inserted", "deleted", "loaded", "last"])

/** A person's own dates say nothing of when something happened. */
const joiningWords = "hire hired hiring signup sign registered registration joined joining join enrolled".split(" ")

const personWords = new Set([...joiningWords, ..."birth birthday birthdate born dob signed".split(" ")])

/** The dates at which people became members, staff or customers. */
export const joiningDates = (table: Table): ReadonlyArray<Column> =>
  table.columns.filter((column) => isDate(column) && nameWords(column.name).some((word) => joining.has(word)))

const joining = new Set([...joiningWords, "employed", "member"])

/**
 * The dates that "when" may mean for rows of a table: never those of a person or of the record keeping, which is left
 * only where it is all there is. Of several, the one that bears the table's name (loaned_on of
 * loan).
 */
export const dateColumns = (table: Table): ReadonlyArray<Column> => {
  const all = table.columns.filter(
    (column) => isDate(column) && !nameWords(column.name).some((word) => auditWords.has(word))
  )
  const past = all.filter(({ name }) => !isDeadline(name))
  const dates = past.length > 0 ? past : all
  const business = dates.filter(
    (column) =>
      !nameWords(column.name).some((word) => personWords.has(word)) &&
      !isActual(dates, column) &&
      // What a bill is for is not when there was one.
      !/^period\b/.test(nameWords(column.name).join(" "))
  )
  const tableWords = new Set(nameWords(table.name).flatMap((word) => [wordKey(word), rootOfWord(wordKey(word))]))
  const isThing = labelColumns(table).length > 0
  // Of patients neither when they registered nor when they died is the time.
  if (isThing && (hasPersonDates(table) || labelColumns(table).length > 1)) return []
  const own = (isThing ? business : dates).filter((column) => {
    const words = columnWords(table, column)
    const isNamed = words.some((word) =>
      [wordKey(word), rootOfWord(word)].some((one) => one !== null && tableWords.has(one))
    )
    // checked_out_at of checkouts
    const isJoined = words.length > 1 && tableWords.has(`${rootOfWord(words[0] ?? "") ?? ""}${words[1]}`)
    // apt_date, beside apt_booked_on
    return isNamed || isJoined || words.every(isDateWord)
  })
  // "shipments this month": when they were shipped is one of several times, and when they were ordered is theirs.
  const isOne =
    own.length === 1 &&
    own.every(
      ({ name }) =>
        !isDone(name) ||
        isEnd({ table: table.name, column: name }) ||
        dates.every((one) => one.name === name || isDone(one.name) || isEnd({ table: table.name, column: one.name }))
    )
  if (isOne) return own
  // An invoice is of the day on which it was issued, a ticket of when it was created: not of what became of it.
  // What is collected first and received later has two times.
  const isCollected = business.some(({ name }) =>
    /^(?:collected|sent|dispatched|mailed|posted|taken|sampled)/i.test(name)
  )
  const early = business.filter(
    ({ name }) => !isLater({ table: table.name, column: name }) && !(isCollected && /^received/i.test(name))
  )
  // What was sold may have been refunded since; what was bought first is a thing of its own.
  const sold = business.filter(({ name }) => /^(?:sold|purchased)/i.test(name))
  const isSold = business.every(
    ({ name }) =>
      /^(?:sold|purchased)/i.test(name) || /^(?:refunded|cancelled|returned|redeemed|used|scanned|checked)/i.test(name)
  )
  if (early.length === 0 && sold.length === 1 && isSold && labelColumns(table).length === 0) return sold
  const begun = business.length === 2 && business.every(hasTime) ? business.filter(({ name }) => isStart(name)) : []
  if (begun.length === 1 && business.some(({ name }) => isStop(name))) return begun
  // A hire is of when it began, and not of when it is due back; a tournament goes on for some days.
  const starts = business.filter(({ name }) => isStart(name))
  const isShort = shortEvents.test(nameWords(table.name).at(-1) ?? "") && business.some(({ name }) => isStop(name))
  const isDueBack = !isThing && business.some(({ name }) => nameWords(name).includes("due"))
  // "loans last month" of checked_out_at, due_on and returned_at; rentals that start, should end and are returned
  const isReturned = !isThing && business.some(({ name }) => /^returned/i.test(name))
  const taken = business.filter(({ name }) => isStart(name) || /^checked_?out/i.test(name))
  const isOfIt = business.every(
    (one) =>
      taken.includes(one) || isStop(one.name) || isEnd({ table: table.name, column: one.name }) || isDone(one.name)
  )
  if (isReturned && taken.length === 1 && isOfIt) return taken
  if (business.length === 2 && starts.length === 1 && (isShort || isDueBack)) return starts
  const isInterval = early.some(({ name }) =>
    nameWords(name).some((word) => /^(?:starts?|begins?|from|valid|check)$/.test(word))
  )
  if (business.length > 1 && early.length === 1 && !isInterval) return early
  const created = auditDates(table).filter(({ name }) =>
    nameWords(name).some((word) => /^(?:created|crtd|inserted)$/.test(word))
  )
  if (business.length > 0 && early.length === 0 && created.length === 1) return created
  // When a ticket was used is not when there was one.
  return business.length === 1 && business.every(({ name }) => isUse.test(nameWords(name).join(" "))) ? [] : business
}

const isUse = /^(?:checked in|boarded|scanned|redeemed|used|refunded|cancell?ed|voided|waived)\b/

/** actual_departure, beside the scheduled_departure, which also those have that did not take place. */
const isActual = (dates: ReadonlyArray<Column>, { name }: Column): boolean => {
  const [first, ...rest] = nameWords(name)
  const planned = new Set(["scheduled", "planned"].map((word) => [word, ...rest].join(" ")))
  return first === "actual" && dates.some((one) => planned.has(nameWords(one.name).join(" ")))
}

/** What a calendar calls its weekdays, or its quarters where they are of one year alone. */
export const calendarColumn = (
  index: SchemaIndex,
  name: string,
  grain: Grain,
  tests: ReadonlyArray<Test>
): ColumnReference | null =>
  grain === "weekday" ? weekdayColumn(index, name) : grain === "quarter" ? quarterColumn(index, name, tests) : null

/** The names of the weekdays, where a calendar keeps them beside its days. */
const weekdayColumn = (index: SchemaIndex, name: string): ColumnReference | null => {
  const named = tableOf(index, name)?.columns.find(
    (column) =>
      !isNumeric(column) && /^(?:weekday|day of week|day name|weekday name)$/.test(nameWords(column.name).join(" "))
  )
  return named === undefined ? null : { table: name, column: named.name }
}

/** The quarters of a calendar by their numbers, of one year alone: 1 to 4. */
const quarterColumn = (index: SchemaIndex, name: string, tests: ReadonlyArray<Test>): ColumnReference | null => {
  const kept = tableOf(index, name)?.columns.find((one) => isNumeric(one) && /^quarter$/i.test(one.name))
  const isOfYear = tests.some(
    (test) =>
      test.kind === "period" &&
      test.from !== null &&
      test.to?.slice(0, 4) === String(Number(test.from.slice(0, 4)) + 1) &&
      test.to.endsWith("-01-01")
  )
  return kept === undefined || !isOfYear ? null : { table: name, column: kept.name }
}

/** Whether a date is called as the beginning of what goes on for some time. */
export const isBeginning = (column: string): boolean => beginning.test(nameWords(column).join(" "))

const beginning =
  /^(?:start(?:s|ed)?|begins?|began|check(?:ed)? in|checkin|admitted|admission|arrival|arrived|from|entered|rented|borrowed|loaned|loan|lent|picked up)\b/

/** What begins and ends on the same day is of when it began. */
export const hasTime = ({ name, type }: Column): boolean =>
  /time/i.test(type) || /^(?:at|time)$/.test(nameWords(name).at(-1) ?? "")

const isStart = (column: string): boolean =>
  nameWords(column).some((word) => /^(?:start(?:s|ed)?|begins?|began|departures?|departs|departed|dep)$/.test(word))

const shortEvents = /^(?:tournament|festival|conference|race|cup|camp|fair|hackathon|congress)s?$/

const isStop = (column: string): boolean =>
  nameWords(column).some((word) => /^(?:end(?:s|ed)?|finish(?:ed)?|stopped|arrivals?|arrives|arrived|arr)$/.test(word))

/** collect_by, next_visit_on: what is to be, and not when there was something. */
const isDeadline = (column: string): boolean =>
  /^(?:by|deadline|until)$/.test(nameWords(column).at(-1) ?? "") || nameWords(column)[0] === "next"

const birthWords = new Set(["birth", "birthday", "birthdate", "born", "dob"])

export const isBirth = (column: string): boolean => nameWords(column).some((word) => birthWords.has(word))

/** The dates that say how old a person is. */
export const birthDates = (table: Table): ReadonlyArray<Column> =>
  table.columns.filter((column) => isDate(column) && isBirth(column.name))

/** The dates at which people became what they are kept as: customers, members, employees. */
export const beginningsOf = (table: Table | undefined): ReadonlyArray<Column> =>
  table?.columns.filter(
    (column) =>
      isDate(column) &&
      !isBirth(column.name) &&
      nameWords(column.name).some((word) => personWords.has(word) || /^(?:since|start|started)$/.test(word))
  ) ?? []

/** The dates at which rows of a table end for good. */
export const endsOf = (table: Table): ReadonlyArray<Column> =>
  table.columns.filter((column) => isDate(column) && columnWords(table, column).some((word) => lastWords.test(word)))

const lastWords =
  /^(?:left|leave|leaving|dissolved|end|ends|ended|until|closed|withdrawn|deactivated|archived|scrapped|disposed|terminated|termination|exit|resigned|retired|discontinued|sold|died|dismissed|deregistered)$/

/** Numbers that are years: publication_year, year_made. */
export const yearsOf = (table: Table): ReadonlyArray<Column> =>
  table.columns.filter((one) => isNumeric(one) && nameWords(one.name).includes("year"))

/** True where a row has a date of a person, too: whose oldest or newest is not told by another. */
export const hasPersonDates = (table: Table): boolean =>
  table.columns.some((column) => isDate(column) && nameWords(column.name).some((word) => personWords.has(word)))

/** True for a date at which something ends or is due: not when there was something. */
export const isEnd = (column: ColumnReference): boolean => nameWords(column.column).some((word) => endWords.has(word))

const endWords = new Set(
  "due end ends ended until expiry expires expiration deadline termination terminated exit left leaving closed dissolved scrapped".split(
    " "
  )
)

/**
 * True for the name of a date that is empty until what it says is done: returned_on, paid_at. What is planned has a date
 * before it is done, and people and records have theirs always.
 */
export const isDone = (column: string): boolean => {
  const [short = "", ...rest] = nameWords(column)
  // vol_left_on, date_received
  // fine_paid_on, deposit_refunded_at
  const isOfOther = rest.length > 1 && /^(?:paid|refunded|waived|settled|billed|invoiced)$/.test(rest[0] ?? "")
  const first = isOfOther || (rest.length > 0 && (short.length <= 3 || short === "date")) ? (rest[0] ?? "") : short
  return (
    /(?:ed|^paid|^sent|^sold|^lost|^left)$/.test(first) &&
    ![personWords, auditWords, planWords].some((words) => words.has(first))
  )
}

/** What a row begins with, or is recorded by: of several such nobody says which is its time. */
const begins = new Set(
  "ordered requested reported filed submitted received recorded entered applied admitted borrowed loaned lent rented reserved acquired raised offered".split(
    " "
  )
)

/** When something ended, was done afterwards, or is planned. */
const isLater = (column: ColumnReference): boolean =>
  // "reserved_for" is the day of the thing itself.
  nameWords(column.column).at(-1) !== "for" &&
  !begins.has(nameWords(column.column)[0] ?? "") &&
  (isEnd(column) ||
    isDone(column.column) ||
    nameWords(column.column).some((word) =>
      /^(?:planned|expected|estimated|promised|required|requested|response|return|discharge|completion|cancellation|review|ready|withdrawn|broken|written|taken|gone)$/.test(
        word
      )
    ))

const planWords = new Set(
  "scheduled planned expected estimated promised required requested started ended expired opened issued dated placed booked".split(
    " "
  )
)

/** What is left where nothing else says when. */
export const auditDates = (table: Table): ReadonlyArray<Column> =>
  table.columns.filter((column) => isDate(column) && nameWords(column.name).some((word) => auditWords.has(word)))

/** What "when" may mean, without what is only left where nothing else says it. */
export const ownDates = (table: Table): ReadonlyArray<Column> =>
  dateColumns(table).filter((column) => !auditDates(table).includes(column))

/** True where a row has a date of its own, and not only one of when it came to be there, or from when on it is valid. */
export const takesPlace = (table: Table | undefined): boolean =>
  table !== undefined && ownDates(table).some(({ name }) => !nameWords(name).some((word) => cameWords.test(word)))

const cameWords =
  /^(?:valid|effective|acqui(?:red|sition)|added|bought|purchased?|published|publication|released?|built|installed)$/

/** True for a date that lies behind: when something was ordered, issued or recorded. */
export const isOfPast = (column: string): boolean =>
  nameWords(column).some(
    (word) =>
      word === "order" ||
      auditWords.has(word) ||
      (word.endsWith("ed") &&
        !/^(?:scheduled|planned|expected|estimated|promised|required|requested|reserved)$/.test(word))
  ) && nameWords(column).at(-1) !== "for"
