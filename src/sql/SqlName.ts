/** Names of tables and columns as a dialect has them written. */
import type { Dialect } from "./SqlGenerator.ts"

// Names that some dialect reserves are quoted everywhere.
const reserved = new Set(
  "all alter analyze and any as asc between both by case cast check collate column constraint create cross current_date current_time current_timestamp current_user default delete desc distinct do drop else end except exists false fetch for foreign from full grant group having if in index inner insert intersect into is join key left like limit natural not null offset on or order outer over primary range rank references right rows select session_user set some table then to true union unique update user using values view when where window with year month day".split(
    " "
  )
)

/** Quotes what needs quoting; the parts of `schema.table` are quoted one by one. */
export const nameSql = (dialect: Dialect, identifier: string): string =>
  identifier
    .split(".")
    .map((part) => {
      // PostgreSQL folds what is not quoted to lower case.
      const plain = dialect === "postgres" ? /^[a-z_][a-z0-9_]*$/ : /^[A-Za-z_][A-Za-z0-9_]*$/
      if (plain.test(part) && !reserved.has(part.toLowerCase())) return part
      return dialect === "mysql" ? `\`${part.replaceAll("`", "``")}\`` : `"${part.replaceAll('"', '""')}"`
    })
    .join(".")
