/**
 * Whether a tool is called, and speaks, like those that run SQL and only read. The rules come from the tool lists of real
 * servers. Pure.
 */
import type { Tool } from "../connection/Replies.ts"
import type { Place } from "./ToolArguments.ts"

/** Whether the tool's name says that it runs a statement: `query`, `execute_sql`, `mysql_query`, `executeReadOnlyQuery`. */
export const isNamedLikeSql = (name: string): boolean => {
  const [first = "", ...rest] = wordsOf(name)
  const words = isCalling(first) ? [first, ...rest] : rest
  return words.some((word) => nouns.has(word)) && words.every(isCalling) && !otherVerbs.test(first)
}

/**
 * Whether it speaks of SQL, and of no other language that is sent as a query. One that says nothing but its name may: the
 * configuration declares that the server runs SQL.
 */
export const speaksSql = (tool: Tool, place: Place): boolean => {
  const said = `${tool.name} ${tool.description ?? ""} ${place.name} ${place.description}`
  return !speaksOther(tool, place) && (/sql/i.test(said) || database.test(said) || isSilent(tool, place))
}

/** Whether the query is one of another language (PromQL, Cypher, a search), as tools called `execute_query` may take, too. */
export const speaksOther = ({ description, name }: Tool, place: Place): boolean => {
  const said = `${description ?? ""} ${place.description}`
  return otherLanguages.test(`${name} ${said}`) && !/\bsql\b/i.test(`${said} ${place.name.replaceAll("_", " ")}`)
}

/** Whether its words are of writing alone. */
export const onlyWrites = (tool: Tool): boolean => {
  const description = tool.description ?? ""
  return saysWrites(description) && !reads.test(description) && tool.annotations?.readOnlyHint !== true
}

/** Whether it says that it does more than read. A tool that calls itself read-only may speak of those that are not. */
export const acceptsWrites = ({ annotations, description }: Tool): boolean => {
  const said = description ?? ""
  if (annotations?.readOnlyHint === true) return false
  if (annotations?.readOnlyHint === false || annotations?.destructiveHint === true) return true
  return saysWrites(said) && !readOnly.test(said)
}

/** The more, the surer that it only reads. Hints rank and exclude nothing: most servers give none, some wrong ones. */
export const rankOf = (tool: Tool): number => {
  const description = tool.description ?? ""
  const readOnly = tool.annotations?.readOnlyHint === true
  return (
    (readOnly ? 8 : 0) +
    (/read|select/i.test(tool.name) ? 4 : 0) +
    (reads.test(description) ? 2 : 0) -
    (saysWrites(description) ? 4 : 0) -
    (tool.annotations?.destructiveHint === true && !readOnly ? 2 : 0)
  )
}

// -----------------------------------------------------------------------------
// internals

const wordsOf = (name: string): ReadonlyArray<string> =>
  name
    .replace(/([a-z0-9])(?=[A-Z])/g, "$1_")
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== "")

const isSilent = ({ description, name }: Tool, place: Place): boolean => {
  const known = new Set(["the", "a", ...wordsOf(name), ...wordsOf(place.name)])
  return wordsOf(`${description ?? ""} ${place.description}`).every((word) => known.has(word))
}

const nouns = new Set(["sql", "query", "queries", "select"])
const beside = new Set("execute exec run read only readonly ro perform do send safe statement db database".split(" "))
const isCalling = (word: string): boolean => nouns.has(word) || beside.has(word)

/** As the first word: what is done to a statement instead of running it, or what is no reading. */
const otherVerbs =
  /^(?:write|insert|update|delete|upsert|mutate|modify|drop|alter|create|truncate|ddl|dml|migrate|import|export|explain|analy[sz]e|slow|plan|validate|check|format|history|save|saved|list|get|search|generate|suggest|optimi[sz]e|convert|translate|parse|build|prepare|batch|multi|kill|cancel|stop|transaction|graphql|promql|cypher|sparql)$/

const database = /\bselect\b|\bdatabase\b|postgres|mysql|mariadb|sqlite|duckdb|clickhouse|bigquery|snowflake/i

const otherLanguages =
  /graphql|\bjql\b|cypher|sparql|promql|logql|\bkql\b|lucene|elasticsearch|mongo|redis|search (?:engine|the web)|web search|natural language|semantic|vector|embedding|\bsearch(?:es)? (?:for|repositories|code|issues|users|files|nodes)/i

const readOnly = /\bread[- ]?only\b/i
const reads = /\bread[- ]?only\b|\bselect\b|\breads?\b|\bdql\b/i
const writes =
  /\b(?:insert|update|delete|ddl|dml|modif\w+|data[- ]modif\w+|writes?|write operations?|any_?valid_?sql|arbitrary sql)\b/i
const notWrites =
  /\b(?:not|never|no|without|disallow\w*|reject\w*|block\w*|refus\w*)\b[^.]{0,60}\b(?:insert|update|delete|ddl|dml|modif\w+|writes?)/i

const saysWrites = (description: string): boolean => writes.test(description) && !notWrites.test(description)
