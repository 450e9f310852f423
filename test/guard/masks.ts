/**
 * Where three databases see quotations and comments, written from their manuals and independently of the guard's lexer.
 * Strings become `¶`, comments blanks, names quoted in one dialect's own way `§`; everything else stays.
 *
 * - https://www.postgresql.org/docs/18/sql-syntax-lexical.html
 * - https://dev.mysql.com/doc/refman/8.4/en/language-structure.html
 * - https://www.sqlite.org/lang_keywords.html, https://www.sqlite.org/lang_comment.html
 */

import { Predicate } from "effect"

/** A pattern and what its match becomes; `null` keeps it. The first rule that matches at a place decides. */
type Rule = readonly [pattern: RegExp, mask: "¶" | "§" | " " | null]

const masker = (...rules: ReadonlyArray<Rule>) => {
  const pattern = new RegExp(rules.map(([{ source }], index) => `(?<rule${index}>${source})`).join("|"), "gu")
  return (sql: string): string =>
    sql.replace(pattern, (text, ...rest) => {
      const groups: unknown = rest.at(-1)
      const mask = rules.find(
        (_, index) => Predicate.hasProperty(groups, `rule${index}`) && groups[`rule${index}`] !== undefined
      )?.[1]
      return typeof mask === "string" ? mask.repeat(text.length) : text
    })
}

const word: Rule = [/[A-Za-z_\u0080-\uffff][\w$\u0080-\uffff]*/, null]
const number: Rule = [/\d[\w.]*/, null]
const standardString: Rule = [/'(?:[^']|'')*'?/, "¶"]
const standardName: Rule = [/"(?:[^"]|"")*"?/, "¶"]
const backticks: Rule = [/`(?:[^`]|``)*`?/, "§"]
const flatComment: Rule = [/\/\*(?:(?!\*\/)[^])*(?:\*\/)?/, " "]

/** Nested comments are left out: the guard refuses what looks like one. */
export const maskPostgres = masker(
  [/--[^\r\n]*/, " "],
  [/\/\*(?:(?!\*\/|\/\*)[^])*(?:\*\/)?/, " "],
  [/[eE]'(?:[^'\\]|\\[^]|'')*'?/, "¶"],
  [/\$(?<tag>\w*)\$(?:(?!\$\k<tag>\$)[^])*(?:\$\k<tag>\$)?/, "¶"],
  word,
  number,
  standardString,
  standardName
)

export const maskMysql = masker(
  [/--(?=[\s\p{Cc}]|$)[^\n]*/u, " "],
  [/#[^\n]*/, " "],
  flatComment,
  word,
  number,
  [/'(?:[^'\\]|\\[^]|'')*'?/, "¶"],
  [/"(?:[^"\\]|\\[^]|"")*"?/, "¶"],
  backticks
)

export const maskSqlite = masker(
  [/--[^\n]*/, " "],
  flatComment,
  word,
  number,
  standardString,
  standardName,
  backticks,
  [/\[[^\]]*\]?/, "§"]
)

/** Whether two masks agree: blanks are alike, E'…' prefixes too, and what either quotes as a name in its own way. */
export const agree = (left: string, right: string): boolean =>
  left.length === right.length &&
  left.split("").every((character, index) => {
    const pair = character + right.charAt(index)
    return character === right.charAt(index) || /§|^\s\s$|^[e¶]{2}$/i.test(pair)
  })
