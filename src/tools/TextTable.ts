/** Finds the rows in a text: JSON, JSON lines, JSON behind prose or in a fence, CSV and TSV, or the words "no rows". Pure. */
import * as ExactJson from "../text/ExactJson.ts"
import * as Predicate from "effect/Predicate"
import { readJson } from "./JsonTable.ts"
import { type Asked, broken, emptyTable, failed, isHeader, isTable, nothing, type Reading, tableOf } from "./Reading.ts"

/**
 * The table in the text. CSV and TSV are one only under a first line that is exactly the columns asked for, so that
 * prose is never taken for a table. Whatever begins as JSON must be whole: the rows before a cut are no answer.
 */
export const readText = (source: string, asked: Asked): Reading => {
  const text = source.replace(/^\uFEFF/, "").trim()
  if (text === "") return emptyTable(asked)
  const whole = ExactJson.parse(text)
  if (whole !== undefined) return Predicate.isString(whole) ? readText(whole, asked) : readJson(whole, asked)
  const delimited = asked === null ? null : readDelimited(source.replace(/^\uFEFF/, ""), asked)
  if (delimited !== null) return delimited
  // Many servers report the database's error as plain text and forget `isError`.
  if (/^\W*(?:(?:\w+ )?(?:error|failed)\b|(?:\w+ ){2,3}(?:error|failed):)/i.test(text)) return failed(text)
  if (/^(?:Traceback \(most recent call last\)|[\w.]+(?:Error|Exception)):/.test(text)) return failed(text)
  return readFences(text, asked) ?? readJsonInside(text, asked) ?? readNoRows(text, asked)
}

/** Whether a server's own words about rows say that it has more of them. */
export const saysMore = (text: string): boolean => {
  const [, shown = "", all = ""] =
    /(\d[\d,]*)\s+(?:rows?\s+)?(?:out\s+)?of\s+(\d[\d,]*)\s+(?:total\s+)?(?:rows?|results?|records?)/i.exec(text) ?? []
  const count = (digits: string) => Number(digits.replaceAll(",", ""))
  return (
    count(shown) < count(all) ||
    /\b\d[\d,]* more (?:rows?|results?|records?)\b/i.test(text) ||
    /\b(?:results?|rows?|output|data|was|were|is|are) truncated\b/i.test(text)
  )
}

// internals: JSON

const readFences = (text: string, asked: Asked): Reading | null => {
  const blocks = [...text.matchAll(/^```[a-z]*[ \t]*\n([\s\S]*?)^```/gim)].map(([, block = ""]) =>
    readText(block, asked)
  )
  const readable = blocks.filter(({ kind }) => kind !== "nothing")
  return readable.length > 1 ? broken(`the reply holds ${readable.length} tables`) : (readable[0] ?? null)
}

/** Where JSON begins: on a new line or behind a colon, a list of rows or an object. */
const opening = /(?:^|\n|:[ \t])[ \t]*(?=\[\s*[[{\]]|\{\s*["}])/

/** The first value behind prose, and those that follow it on lines of their own. */
const readJsonInside = (text: string, asked: Asked): Reading | null => {
  const found = opening.exec(text)
  if (found === null) return null
  const values: Array<unknown> = []
  const start = found.index + found[0].length
  let position = start
  let behind = ""
  while (true) {
    const end = endOfJson(text, position)
    const value = end === null ? undefined : ExactJson.parse(text.slice(position, end))
    if (end === null || value === undefined)
      return broken(`the JSON of the reply is cut off or broken: ${beginningOf(text)}`)
    values.push(value)
    const blanks = /^[ \t]*(?:\n\s*|$)/.exec(text.slice(end))?.[0] ?? ""
    const next = text.charAt(end + blanks.length)
    if (blanks !== "" && (next === "{" || next === "[")) position = end + blanks.length
    else if (/^\s*[,"[{]/.test(text.slice(end)))
      return broken(`the JSON of the reply is cut off or broken: ${beginningOf(text)}`)
    else {
      behind = text.slice(end)
      break
    }
  }
  const reading = readJson(values.length === 1 ? values[0] : values, asked)
  return isTable(reading) && saysMore(`${text.slice(0, start)}\n${behind}`) ? { ...reading, cut: true } : reading
}

/** Behind the bracket that closes the one at `start`; `null` if none does. Linear, and without a stack: texts may be long. */
const endOfJson = (text: string, start: number): number | null => {
  const mark = /["\\[\]{}]/g
  mark.lastIndex = start
  let depth = 0
  let isInString = false
  for (let found = mark.exec(text); found !== null; found = mark.exec(text)) {
    const [piece] = found
    if (piece === '"') isInString = !isInString
    else if (piece === "\\") mark.lastIndex += 1
    else if (!isInString) depth += piece === "[" || piece === "{" ? 1 : -1
    if (depth === 0) return mark.lastIndex
  }
  return null
}

const beginningOf = (text: string): string => text.slice(0, 200)

// internals: no rows

const readNoRows = (text: string, asked: Asked): Reading => {
  const saysNone = /\b(?:0|no|zero|empty)\s+(?:\w+\s+)?(?:rows?|records?|results?|data|entries|set)\b/i.test(text)
  const saysMore =
    /\b(?:error|denied|fail(?:ed|ure)?|exception|invalid|not found|does not exist|cannot|truncated|[1-9]\d*\s+(?:rows?|records?|results?))\b/i.test(
      text
    )
  return saysNone && !saysMore && text.length < 300
    ? emptyTable(asked)
    : nothing(`the reply is not a table: ${beginningOf(text)}`)
}

// internals: CSV and TSV

/** `null` where the first line is not the header that was asked for. */
const readDelimited = (source: string, asked: ReadonlyArray<string>): Reading | null => {
  const text = source.replace(/\r\n/g, "\n").replace(/^\n+/, "")
  const firstLine = /^[^\n]*/.exec(text)?.[0] ?? ""
  const delimiter = ["\t", ",", ";"].find((one) => isHeader(readCsv(firstLine, one)?.[0] ?? [], asked))
  if (delimiter === undefined) return null
  const footer = /\n[ \t]*\(?(\d+) rows?\b[^\n]*\s*$/.exec(text)
  const body = text.slice(firstLine.length + 1, footer?.index ?? text.length)
  const rows = delimiter === "\t" ? readTsv(body) : readCsv(body, delimiter)
  if (rows === null) return broken("a quotation of the reply is not closed")
  // Lines without anything at the end are no rows; between rows one is a NULL.
  const count = footer === null ? rows.findLastIndex((row) => row.length > 1 || row[0] !== null) + 1 : Number(footer[1])
  if (rows.slice(count).some((row) => row.length > 1 || row[0] !== null) || rows.length < count) {
    return broken(`the reply says ${count} rows and holds ${rows.length}`)
  }
  return tableOf(asked, rows.slice(0, count))
}

type Cells = ReadonlyArray<string | null>

/** An empty cell is NULL: TSV has no other. Backslashes are escapes only where each of them could be one. */
const readTsv = (body: string): ReadonlyArray<Cells> => {
  const isEscaped = !/\\(?![tnr\\]|x[0-9a-f]{2})/.test(body.replaceAll("\\\\", ""))
  return body
    .split("\n")
    .map((line) => line.split("\t").map((cell) => (cell === "" ? null : isEscaped ? unescaped(cell) : cell)))
}

const escapes: ReadonlyMap<string, string> = new Map([
  ["t", "\t"],
  ["n", "\n"],
  ["r", "\r"],
  ["\\", "\\"]
])

const unescaped = (cell: string): string =>
  cell.replace(/\\(?:x([0-9a-f]{2})|(.))/g, (all, code: string | undefined, letter: string | undefined) =>
    code === undefined ? (escapes.get(letter ?? "") ?? all) : String.fromCharCode(Number.parseInt(code, 16))
  )

/** RFC 4180; an empty cell without quotes is NULL. `null` if a quotation is not closed. */
const readCsv = (body: string, delimiter: string): ReadonlyArray<Cells> | null => {
  const cell = new RegExp(`(?:"([^"]*(?:""[^"]*)*)"|([^${delimiter}\\n]*))(${delimiter}|\\n|$)`, "gy")
  const rows: Array<Array<string | null>> = [[]]
  for (let found = cell.exec(body); found !== null; found = cell.exec(body)) {
    const [, quoted, plain = "", end] = found
    if (quoted === undefined && plain.startsWith('"')) return null
    rows.at(-1)?.push(quoted === undefined ? plain || null : quoted.replaceAll('""', '"'))
    if (end === "") return rows
    if (end === "\n") rows.push([])
  }
  return null
}
