/** The table that a resource is about, where only its URI or its name says so. */
import * as Option from "effect/Option"
import { identifier, type TableReference, unquoted } from "./TableShape.ts"

/** How a server introduces a resource. */
export interface ResourceIntroduction {
  readonly name: string
  readonly title: string | null
  readonly uri: string
  readonly description: string | null
}

/**
 * The table that a resource describes: the part of its URI after `tables` or before `schema`
 * (`mysql://tables/customers`, `db:///customers/schema`), else what its name says (`"customers" database schema`), else
 * its name if the URI ends with it. `null` if nothing names a table.
 */
export const tableNameOf = (about: ResourceIntroduction): TableReference | null => {
  const { scheme, segments } = partsOf(about.uri)
  const name = fromSegments(scheme, segments) ?? fromName(about.name) ?? fromName(about.title ?? "")
  if (name !== undefined) return { name, schema: schemaOf(segments) }
  const last = segments.at(-1)
  return last !== undefined && last === about.name && isTableName(last)
    ? { name: last, schema: schemaOf(segments) }
    : null
}

/** True if a resource calls itself the description of a database. */
export const isAboutSchema = ({ description, name, title, uri }: ResourceIntroduction): boolean =>
  [name, title ?? "", uri, description ?? ""].some((text) => /schema|\btables?\b|columns|\bddl\b|database/i.test(text))

// -----------------------------------------------------------------------------
// internals

const partsOf = (uri: string): { readonly scheme: string; readonly segments: ReadonlyArray<string> } => {
  const [, scheme = "", rest = ""] = /^([a-z][\w+.-]*):(?:\/\/)?([^?#]*)/i.exec(uri) ?? []
  return {
    scheme: scheme.toLowerCase(),
    segments: rest
      .split("/")
      .filter((part) => part !== "")
      .map(decoded)
  }
}

/** Percent signs that encode nothing are left as they are. */
const decoded = (segment: string): string =>
  Option.getOrElse(Option.liftThrowable(decodeURIComponent)(segment), () => segment)

const tablesWord = /^tables?$/i

const descriptionWord = /^(?:schema|columns|structure|describe|definition|ddl|fields|metadata)$/i

/** What stands where a table could, and is none. */
const noTable =
  /^(?:databases?|db|schemas?|tables?|columns|structure|describe|definition|ddl|fields|metadata|resources?|all|info|api|v\d+|public|main|localhost|.*[@:{}].*)$/i

const isTableName = (text: string): boolean => text.trim() !== "" && text.length <= 128 && !noTable.test(text)

const fromSegments = (scheme: string, segments: ReadonlyArray<string>): string | undefined => {
  const after = segments[segments.findLastIndex((segment) => tablesWord.test(segment)) + 1]
  if (segments.some((segment) => tablesWord.test(segment)))
    return after !== undefined && isTableName(after) ? after : undefined
  const last = segments.at(-1) ?? ""
  const before = segments.at(-2)
  if (descriptionWord.test(last) && before !== undefined) return isTableName(before) ? before : undefined
  return tablesWord.test(scheme) && segments.length === 1 && isTableName(last) ? last : undefined
}

/** `…/schemas/public/tables/orders`. */
const schemaOf = (segments: ReadonlyArray<string>): string | null => {
  const at = segments.findIndex((segment) => /^schemas?$/i.test(segment))
  const name =
    at === -1 || !segments.slice(at).some((segment) => tablesWord.test(segment)) ? undefined : segments[at + 1]
  return name !== undefined && identifier.test(name) && !tablesWord.test(name) ? name : null
}

/** `"customers" database schema`, `customers schema`, `Table: customers`, `Schema of customers`. */
const fromName = (text: string): string | undefined => {
  const quoted = /^(?:table |schema (?:of|for) )?(["'`])([^"'`]+)\1/i.exec(text)?.[2]
  const said =
    quoted ??
    /^(\S+) (?:database |table )?(?:schema|columns|structure|definition)$/i.exec(text)?.[1] ??
    /^(?:(?:schema|columns|structure|definition)(?: (?:of|for))?(?: the)?(?: table)?|table)(?::| -)? (\S+)$/i.exec(
      text
    )?.[1]
  const name = said === undefined ? "" : unquoted(said)
  return isTableName(name) ? name : undefined
}
