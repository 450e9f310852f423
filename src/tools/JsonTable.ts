/** Finds the rows in a JSON value: what servers wrap around them has no common shape. Pure. */
import * as Predicate from "effect/Predicate"
import * as ExactJson from "../text/ExactJson.ts"
import {
  type Asked,
  broken,
  emptyTable,
  failed,
  hasAll,
  isHeader,
  isTable,
  nothing,
  type Reading,
  sameName,
  tableOf
} from "./Reading.ts"

/**
 * The table in the value: an array of objects, of arrays (the first may be the header), or of plain values for one
 * column; under `rows`, `data`, `result`, … also several levels down, or as JSON text; or one row as a bare object. An
 * object that reports an error is `failed`.
 */
export const readJson = (value: unknown, asked: Asked, depth = 0): Reading => {
  if (depth > maxWrappers) return nothing("the reply is wrapped too deeply")
  if (Array.isArray(value)) return readArray(value, asked, depth)
  if (Predicate.isObject(value)) return readObject(value, asked, depth)
  return asked?.length === 1 && isPlainValue(value) ? tableOf(asked, [[value]]) : nothing("the reply is not a table")
}

/**
 * Rows as objects, in the order of `asked`, then of `named`, then of their own keys. A key that a row lacks is NULL;
 * rows that have none of the columns asked for are cells of some other form.
 */
export const fromObjects = (
  rows: ReadonlyArray<Json>,
  asked: Asked,
  named: ReadonlyArray<string> | null = null
): Reading => {
  const keysOfRows = rows.flatMap(Object.keys)
  if (isForeign(rows, keysOfRows, asked)) {
    return broken(`the reply's rows hold ${[...new Set(keysOfRows)].slice(0, 5).join(", ")} instead of the columns`)
  }
  const keys = [...new Set([...(named ?? []), ...keysOfRows])]
  const first = asked?.some((name) => keys.some((key) => sameName(key, name))) === true ? asked : []
  const columns = [...new Set([...first.map((name) => keyFor(name, keys)), ...keys])]
  return tableOf(
    columns,
    rows.map((row) => columns.map((name) => own(row, name) ?? null))
  )
}

/** What an object says of an error; `null` where it reports none. */
export const errorIn = (value: Json): string | null => {
  const said = errorText(own(value, "error", "errors"))
  if (said !== null) return said
  const status = own(value, "status")
  const hasFailed =
    own(value, "success", "ok") === false ||
    own(value, "error") === true ||
    (Predicate.isString(status) && /^(?:error|failed|failure)$/i.test(status))
  return hasFailed ? (errorText(own(value, "message", "detail", "reason")) ?? ExactJson.stringify(value)) : null
}

export type Json = { readonly [key: string]: unknown }

/** The first of these keys that holds something. */
export const own = (record: Json, ...keys: ReadonlyArray<string>): unknown => {
  const key = keys.find((name) => Object.hasOwn(record, name) && record[name] !== null)
  return key === undefined ? undefined : record[key]
}

// -----------------------------------------------------------------------------
// internals

const maxWrappers = 5

const rowKeys = "rows data result results records recordset items values statements output response".split(" ")
const columnKeys = ["columns", "fields", "column_names", "columnNames"]
const countKeys = "rowCount row_count total total_rows totalRows totalCount total_count count".split(" ")
const truncationKeys = "truncated is_truncated isTruncated has_more hasMore hasNextPage has_next_page".split(" ")
const cursorKeys = "nextPageToken next_page_token nextCursor next_cursor nextToken next_token".split(" ")
/** What a statement did: no row of it. */
const reportKeys = "rowCount row_count affectedRows affected_rows rowsAffected rows_affected changes".split(" ")
/** Beside these an object is no row, as long as nobody knows the columns. */
const envelopeKeys = new Set([
  ...rowKeys,
  ...columnKeys,
  ...reportKeys,
  "status",
  "success",
  "ok",
  "message",
  "code",
  "content"
])

/** A number or boolean alone may be a count; a text alone may be anything the server wants to say. */
const isPlainValue = (value: unknown): boolean =>
  Predicate.isNumber(value) || Predicate.isBigInt(value) || Predicate.isBoolean(value)

const keyFor = (name: string, keys: ReadonlyArray<string>): string =>
  keys.includes(name) ? name : (keys.find((key) => sameName(key, name)) ?? name)

/** Databases make up names for expressions, but not their number, and no objects for cells. */
const isForeign = (rows: ReadonlyArray<Json>, keys: ReadonlyArray<string>, asked: Asked): boolean =>
  asked !== null &&
  keys.length > 0 &&
  !asked.some((name) => keys.some((key) => sameName(key, name))) &&
  (new Set(keys).size !== asked.length || rows.some((row) => Object.values(row).some(Predicate.isObjectOrArray)))

/** Whether the columns asked for hold the values of all rows, as lists or by the numbers of the rows. */
const isColumnar = (value: Json, asked: ReadonlyArray<string>): boolean => {
  const keys = Object.keys(value)
  const columns = asked.map((name) => own(value, keyFor(name, keys)))
  const [first] = columns
  const areLists = Array.isArray(first) && columns.every((one) => Array.isArray(one) && one.length === first.length)
  return (areLists && columns.length > 1) || columns.every(isNumbered)
}

const isNumbered = (value: unknown): boolean =>
  Predicate.isObject(value) && "0" in value && Object.keys(value).every((key, index) => key === String(index))

const readArray = (value: ReadonlyArray<unknown>, asked: Asked, depth: number): Reading => {
  if (value.length === 0) return emptyTable(asked)
  if (value.every((row) => Array.isArray(row))) return fromArrays(value, asked, null)
  if (value.every(isJson)) {
    const [only] = value
    // One statement with its rows (`{sql, rows, count}`), unless that is what the row itself looks like.
    const isStatement = value.length === 1 && only !== undefined && Array.isArray(own(only, "rows"))
    return isStatement && !(asked !== null && hasAll(Object.keys(only), asked))
      ? readObject(only, asked, depth + 1)
      : fromObjects(value, asked)
  }
  const isColumn = asked?.length === 1 && !value.some(Predicate.isObjectOrArray)
  return isColumn
    ? tableOf(
        asked,
        value.map((item) => [item])
      )
    : broken("the reply's rows are neither objects nor arrays, or a mixture")
}

const isJson = (value: unknown): value is Json => Predicate.isObject(value)

const fromArrays = (
  rows: ReadonlyArray<ReadonlyArray<unknown>>,
  asked: Asked,
  named: ReadonlyArray<string> | null
): Reading => {
  const [first = []] = rows
  if (named !== null) return tableOf(named, rows)
  if (first.length > 0 && rows.flat().every(Predicate.isObject)) {
    return broken("the reply's rows are lists of objects, which have no known form")
  }
  if (asked !== null && isHeader(first, asked)) return tableOf(first.filter(Predicate.isString), rows.slice(1))
  return tableOf(asked?.length === first.length ? asked : first.map((_, index) => `column${index + 1}`), rows)
}

const readObject = (value: Json, asked: Asked, depth: number): Reading => {
  const keys = Object.keys(value)
  const isAsked = asked !== null && hasAll(keys, asked)
  if (isAsked && isColumnar(value, asked)) return broken("the reply holds columns of values instead of rows")
  // A row may have columns called "error" or "success"; an error message has not just the columns of the statement.
  if (isAsked && keys.length === asked.length && (keys.length > 1 || isBareRow(value)))
    return fromObjects([value], asked)
  const error = errorIn(value)
  if (error !== null) return failed(error)
  const result = own(value, "result")
  // The structured content of a tool that returns a number.
  if (keys.length === 1 && asked?.length === 1 && isPlainValue(result)) return tableOf(asked, [[result]])
  const inside = readInside(value, asked, depth)
  if (isTable(inside) && (!isAsked || hasAll(inside.columns, asked))) {
    return { ...inside, cut: inside.cut || saysCut(value, inside.rows.length) }
  }
  if (isAsked) return fromObjects([value], asked)
  if (inside.kind !== "nothing") return inside
  // Databases make up names for expressions, not all alike: then the number of columns has to do.
  const isLikeRow = asked === null ? keys.length > 0 : keys.length === asked.length && isBareRow(value)
  return isLikeRow && !keys.some((key) => envelopeKeys.has(key)) ? fromObjects([value], asked) : inside
}

/** Nothing but cells: what is nested may be the rows of a wrapper, and `error` an error. */
const isBareRow = (value: Json): boolean =>
  !Object.values(value).some(Predicate.isObjectOrArray) && errorText(own(value, "error", "errors")) === null

/** What one of the object's fields holds: rows before wrappers, and before everything else what has the columns asked for. */
const readInside = (value: Json, asked: Asked, depth: number): Reading => {
  const named = columnNames(own(value, ...columnKeys))
  const candidates = rowKeys
    .map((key) => own(value, key))
    .toSorted((one, other) => Number(Array.isArray(other)) - Number(Array.isArray(one)))
    .map((candidate) => readField(candidate, asked, named, depth))
  const [other, ...others] = Object.keys(value)
    .filter((key) => !rowKeys.includes(key) && !columnKeys.includes(key))
    // A list of plain values may be anything, but under the name of the column.
    .filter((key) => !isPlainList(value[key]) || asked?.some((name) => sameName(key, name)) === true)
    .map((key) => readField(value[key], asked, null, depth))
    .filter(
      (reading) => asked !== null && isTable(reading) && reading.rows.length > 0 && hasAll(reading.columns, asked)
    )
  return (
    candidates.find((reading) => isTable(reading) && hasAll(reading.columns, asked ?? [])) ??
    (others.length > 0 ? broken(`the reply holds ${others.length + 1} tables`) : other) ??
    candidates.find(isTable) ??
    candidates.find(({ kind }) => kind !== "nothing") ??
    nothing(`the reply holds no rows, only ${Object.keys(value).slice(0, 5).join(", ") || "an empty object"}`)
  )
}

const isPlainList = (value: unknown): boolean => Array.isArray(value) && !value.some(Predicate.isObjectOrArray)

const readField = (
  field: unknown,
  asked: Asked,
  named: ReadonlyArray<string> | null | undefined,
  depth: number
): Reading => {
  const value = Predicate.isString(field) ? ExactJson.parse(field) : field
  if (!Predicate.isObjectOrArray(value)) return nothing("the field holds no rows")
  if (named === undefined && Array.isArray(value)) return broken("the reply's columns are not names")
  if (Array.isArray(value) && named != null && value.length > 0) {
    if (value.every((row) => Array.isArray(row))) return fromArrays(value, asked, named)
    if (value.every(isJson)) return fromObjects(value, asked, named)
  }
  if (Array.isArray(value) && named != null && value.length === 0) return emptyTable(named.length > 0 ? named : asked)
  return readJson(value, asked, depth + 1)
}

/** The server cut the rows itself, counted more than it sent, or says where the next ones are. */
const saysCut = (reply: Json, rows: number): boolean => {
  const pages = own(reply, "pagination", "paging", "pageInfo", "page_info")
  return [reply, pages].filter(isJson).some((part) => {
    const count = own(part, ...countKeys)
    const cursor = own(part, ...cursorKeys)
    const more = (Predicate.isNumber(count) || Predicate.isBigInt(count)) && count > rows
    return more || own(part, ...truncationKeys) === true || (Predicate.isString(cursor) && cursor !== "")
  })
}

/** `null` where the field reports no error. */
const errorText = (error: unknown): string | null => {
  if (error === undefined || Predicate.isBoolean(error) || error === "" || (Array.isArray(error) && error.length === 0))
    return null
  if (Predicate.isString(error)) return error
  const first: unknown = Array.isArray(error) ? error[0] : error
  const message = Predicate.isObject(first) ? own(first, "message", "detail") : first
  return Predicate.isString(message) ? message : ExactJson.stringify(error)
}

/** `null` where the reply names none, `undefined` where they cannot be read. */
const columnNames = (columns: unknown): ReadonlyArray<string> | null | undefined => {
  if (columns === undefined) return null
  if (!Array.isArray(columns)) return undefined
  const names = columns.map((column: unknown) =>
    Predicate.isObject(column) ? own(column, "name", "column_name") : column
  )
  return names.every(Predicate.isString) ? names : undefined
}
