/** Columns as JSON describes them: a list of objects or of names, or a record by name. */
import type * as Schema from "effect/Schema"
import { readColumnDefinition } from "./Ddl.ts"
import { columnTargets, type KeyTarget } from "./ForeignKeyShapes.ts"
import { fieldOf, fieldsOf, isYes, type JsonFields, stringsIn, textField } from "./JsonFields.ts"
import { isList, isObject } from "./JsonShape.ts"
import { listedValues } from "./ListedValues.ts"
import { enumValues, isSqlType, typeEvidence } from "./SqlType.ts"
import type { ColumnShape } from "./TableShape.ts"
import { wordList } from "./WordList.ts"

/** A column, and what it refers to. */
export interface DescribedColumn {
  readonly column: ColumnShape
  readonly targets: ReadonlyArray<KeyTarget>
}

/** What an object calls the column that it describes, most telling first. As `JsonFields` spells keys. */
export const columnNameKeys: ReadonlyArray<string> = wordList("columnname colname name column field fieldname")

export const columnTypeKeys: ReadonlyArray<string> = wordList(`type datatype columntype sqltype dbtype nativetype
  nativedatatype fulltype coltype udtname`)

/** The columns of a value; `schema` is the one that they refer to tables of. */
export const describedColumns = (
  value: Schema.Json | undefined,
  schema: string | null
): ReadonlyArray<DescribedColumn> => {
  if (isList(value)) {
    return value.flatMap((item) => {
      if (typeof item === "string") return item.trim() === "" ? [] : [named(item)]
      return isObject(item) ? (describedColumn(fieldsOf(item), schema) ?? []) : []
    })
  }
  if (!isObject(value)) return []
  return Object.entries(value).flatMap(([name, description]) => {
    if (name.trim() === "") return []
    if (isObject(description)) return [column(name, fieldsOf(description), schema)]
    return [typeof description === "string" ? inWords(name, description) : { column: bare(name), targets: [] }]
  })
}

/** The column that an object with its name describes. */
export const describedColumn = (fields: JsonFields, schema: string | null): DescribedColumn | undefined => {
  const name = textField(fields, columnNameKeys)
  return name === undefined ? undefined : column(name, fields, schema)
}

/** The names in a table's `primary_key`: a name, a list, or an object with columns. */
export const primaryKeyNames = (fields: JsonFields): ReadonlyArray<string> => {
  const value = fieldOf(fields, ["primarykey", "primarykeys", "pk", "pkconstraint", "primarykeycolumns"])
  if (!isObject(value)) return stringsIn(value)
  return stringsIn(fieldOf(fieldsOf(value), ["columns", "constrainedcolumns", "columnnames", "column"]))
}

// -----------------------------------------------------------------------------
// internals

const bare = (name: string): ColumnShape => ({ name, type: "", primaryKey: false, description: null, values: [] })

/** Longer texts are no definitions. In UTF-16 units. */
const longest = 300

/** `"id"`, `"id INTEGER PRIMARY KEY"`, `"id (INTEGER)"`, `"id: INTEGER"`. */
const named = (text: string): DescribedColumn => {
  const trimmed = text.trim()
  const [, name, type] =
    (trimmed.length > longest
      ? null
      : (/^([^\s:()]+)(?: ?: ?| )([^(].*)$/.exec(trimmed) ?? /^([^\s:()]+) ?\((.+)\)$/.exec(trimmed))) ?? []
  return name === undefined || type === undefined || typeEvidence(type) !== "database"
    ? { column: bare(text), targets: [] }
    : inWords(name, type)
}

/** A column of which a text is said: its definition, or a description in words. */
const inWords = (name: string, text: string): DescribedColumn => {
  const trimmed = text.trim()
  if (!/\s/.test(trimmed)) return { column: { ...bare(name), type: trimmed, values: enumValues(trimmed) }, targets: [] }
  if (!isSqlType(trimmed)) {
    return { column: { ...bare(name), description: trimmed, values: listedValues(trimmed, name) }, targets: [] }
  }
  const { checks, column, references } = readColumnDefinition(`x ${trimmed}`)
  const values = checks[0]?.values ?? column?.values ?? []
  return {
    column: { ...bare(name), type: column?.type ?? trimmed, primaryKey: column?.primaryKey ?? false, values },
    targets: references.map(({ to, toColumns }) => ({ table: to, columns: toColumns }))
  }
}

const descriptionKeys = wordList("description columndescription comment columncomment remarks desc")

const valueKeys = wordList("values possiblevalues allowedvalues validvalues acceptedvalues enumvalues enum choices")

const column = (name: string, fields: JsonFields, schema: string | null): DescribedColumn => {
  const written = textField(fields, columnTypeKeys) ?? ""
  // PostgreSQL's `information_schema` names types of its users only in `udt_name`.
  const type = written.toUpperCase() === "USER-DEFINED" ? (textField(fields, ["udtname"]) ?? written) : written
  const definition = type.includes(" ") && isSqlType(type) ? inWords(name, type) : undefined
  const targets = columnTargets(fields, schema)
  return {
    column: {
      name,
      type: definition?.column.type ?? type,
      primaryKey: definition?.column.primaryKey === true || isPrimary(fields),
      description: textField(fields, descriptionKeys) ?? null,
      values: definition?.column.values.length ? definition.column.values : valuesOf(name, type, fields)
    },
    targets: targets.length > 0 ? targets : (definition?.targets ?? [])
  }
}

/** What is listed as such, else the members of the type, else what the description lists. */
const valuesOf = (name: string, type: string, fields: JsonFields): ReadonlyArray<string> => {
  const told = listed(fieldOf(fields, valueKeys))
  if (told.length > 0) return told
  const members = [...enumValues(type), ...enumValues(textField(fields, ["columntype"]) ?? "")]
  return members.length > 0 ? [...new Set(members)] : listedValues(textField(fields, descriptionKeys) ?? "", name)
}

/** Strings, or the `value` of objects. Numbers are left out: every number of a question would be one of them. */
const listed = (value: Schema.Json | undefined): ReadonlyArray<string> =>
  isList(value)
    ? [...new Set(value.flatMap((item) => stringsIn(isObject(item) ? fieldOf(fieldsOf(item), ["value"]) : item)))]
    : stringsIn(value)

const isPrimary = (fields: JsonFields): boolean =>
  isYes(fieldOf(fields, ["primarykey", "isprimarykey", "pk", "ispk", "primary", "isprimary"])) ||
  /^(?:pri|pk|primary(?:[ _]key)?)$/i.test(
    textField(fields, ["columnkey", "key", "keytype", "constrainttype"]) ?? ""
  ) ||
  constraintsOf(fields.get("constraints")).some((constraint) => /^primary[ _]key\b/i.test(constraint))

const constraintsOf = (value: Schema.Json | undefined): ReadonlyArray<string> =>
  isList(value)
    ? value.flatMap((item) => stringsIn(isObject(item) ? fieldOf(fieldsOf(item), ["type"]) : item))
    : stringsIn(value)
