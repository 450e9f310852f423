/** Relationships that say in which role: `approved_by` beside `employee_id`. */
import { type Lexeme, startsWithWords } from "../../text/Lexemes.ts"
import { roleWords, type SchemaIndex } from "./SchemaIndex.ts"

/**
 * The words of a question that are about a relationship in a role, which nothing here goes over: its own name, or a
 * deed by somebody, which may be what it is called after ("approved by", `approver_id`).
 */
export const roleSaid = ({ roles }: SchemaIndex, lexemes: ReadonlyArray<Lexeme>): string | null => {
  const names = [...roles].map(({ from }) => roleWords(from)).filter(({ length }) => length > 1)
  for (const [at, { key, text }] of lexemes.entries()) {
    const name = names.find((words) => startsWithWords(lexemes, at, words))
    if (name !== undefined) return name.join(" ")
    if (roles.size > 0 && key.endsWith("ed") && lexemes[at + 1]?.key === "by") return `${text} by`
  }
  return null
}
