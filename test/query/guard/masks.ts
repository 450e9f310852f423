/**
 * Where three databases see quotations and comments, written from their manuals and independently of the guard's lexer.
 * Strings become `¶`, comments blanks, names quoted in one dialect's own way `§`; everything else stays.
 *
 * - https://www.postgresql.org/docs/18/sql-syntax-lexical.html
 * - https://dev.mysql.com/doc/refman/8.4/en/language-structure.html
 * - https://www.sqlite.org/lang_keywords.html, https://www.sqlite.org/lang_comment.html
 */

/** A sticky pattern and what its match becomes; `null` keeps it. The first rule that matches at a place decides. */
type Rule = readonly [pattern: RegExp, mask: "¶" | "§" | " " | null]

const masker =
  (...rules: ReadonlyArray<Rule>) =>
  (sql: string): string => {
    let result = ""
    while (result.length < sql.length) {
      const position = result.length
      const matches = rules.map(([pattern, mask]) => {
        pattern.lastIndex = position
        return { text: pattern.exec(sql)?.[0], mask }
      })
      const { mask = null, text = sql.charAt(position) } = matches.find(({ text }) => text !== undefined) ?? {}
      result += mask === null ? text : mask.repeat(text.length)
    }
    return result
  }

const word: Rule = [/[A-Za-z_\u0080-\uffff][\w$\u0080-\uffff]*/y, null]
const number: Rule = [/\d[\w.]*/y, null]
const standardString: Rule = [/'(?:[^']|'')*'?/y, "¶"]
const standardName: Rule = [/"(?:[^"]|"")*"?/y, "¶"]
const backticks: Rule = [/`(?:[^`]|``)*`?/y, "§"]
const flatComment: Rule = [/\/\*(?:(?!\*\/)[^])*(?:\*\/)?/y, " "]

/** Nested comments are left out: the guard refuses what looks like one. */
export const maskPostgres = masker(
  [/--[^\r\n]*/y, " "],
  [/\/\*(?:(?!\*\/|\/\*)[^])*(?:\*\/)?/y, " "],
  [/[eE]'(?:[^'\\]|\\[^]|'')*'?/y, "¶"],
  [/\$(\w*)\$(?:(?!\$\1\$)[^])*(?:\$\1\$)?/y, "¶"],
  word,
  number,
  standardString,
  standardName
)

export const maskMysql = masker(
  [/--(?=[\s\p{Cc}]|$)[^\n]*/uy, " "],
  [/#[^\n]*/y, " "],
  flatComment,
  word,
  number,
  [/'(?:[^'\\]|\\[^]|'')*'?/y, "¶"],
  [/"(?:[^"\\]|\\[^]|"")*"?/y, "¶"],
  backticks
)

export const maskSqlite = masker(
  [/--[^\n]*/y, " "],
  flatComment,
  word,
  number,
  standardString,
  standardName,
  backticks,
  [/\[[^\]]*\]?/y, "§"]
)

/** Whether two masks agree: blanks are alike, E'…' prefixes too, and what either quotes as a name in its own way. */
export const agree = (left: string, right: string): boolean =>
  left.length === right.length &&
  left.split("").every((character, index) => {
    const pair = character + right.charAt(index)
    return character === right.charAt(index) || /§|^\s\s$|^[e¶]{2}$/i.test(pair)
  })
