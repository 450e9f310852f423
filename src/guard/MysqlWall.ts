/**
 * The second wall for MySQL and MariaDB: `sqlparser-rs`. It is not the servers' own grammar, so it only confirms what
 * the lexical wall has let through, and every part of its trees that is not known to be harmless is refused.
 */
import * as Effect from "effect/Effect"
import { forParser } from "./MysqlDialect.ts"
import { parseTree } from "./MysqlParser.ts"
import { isQuery, pathOf, queryOf } from "./MysqlQuery.ts"
import type { DialectNames } from "./NameCheck.ts"
import type { Parsed, ParserUnavailable } from "./Parsed.ts"
import { asciiLower } from "./SqlLexer.ts"
import { refuse, type SqlRefusal } from "./SqlRefusal.ts"
import { childrenOf, entriesOf, field, isFilled, listOf, type Node, textOf } from "./SyntaxTree.ts"

/** What the parser makes of one statement. Fails on any other statement, and without the parser. */
export const parseMysql: (sql: string) => Effect.Effect<Parsed, SqlRefusal | ParserUnavailable> = Effect.fnUntraced(
  function* (sql) {
    const statements = listOf(yield* parseTree(forParser(sql)))
    const [first, ...others] = statements
    if (others.length > 0) return yield* refuse("multiple_statements", "MySQL reads this as several statements")
    const query = field(first, "Query")
    if (!isQuery(query)) return yield* refuse("not_read_only", "MySQL reads this as another statement than a query")
    const found = inspect(query)
    if (found.refused !== null) return yield* refuse("not_read_only", `MySQL reads ${found.refused} in it`)
    return { query: queryOf(query), calls: found.calls }
  }
)

/** Which database a session is in, its schema does not say; nor whether it tells names by their case, as on Linux. */
export const mysqlNames: DialectNames = {
  implicitColumns: new Set(),
  defaultSchema: null,
  fold: (name) => name,
  // MySQL's does not; MariaDB's does.
  seesLater: false,
  capitalsCount: false
}

// -----------------------------------------------------------------------------
// internals
// -----------------------------------------------------------------------------

/** The variants of the parser's enumerations that a query which only reads may hold; all others are refused. */
const harmless = new Set(
  `AllOp AnyOp Between Binary BinaryOp Boolean Case Cast Ceil Char Collate CompoundIdentifier Convert CrossJoin
   DateTimeField Decimal Derived Double DoubleQuotedString Exists Expr ExprWithAlias Expressions Extract Float Floor
   Following ForOrdinality Function HexStringLiteral Identifier InList InSubquery Inner Int IntegerLength Interval
   IsFalse IsNotFalse IsNotNull IsNotTrue IsNull IsTrue Join JsonTable Left LeftOuter Like LimitOffset List MatchAgainst
   Named NamedWindow NationalStringLiteral Nested NestedJoin Number ObjectName OffsetCommaLimit On OrderBy Position
   Preceding Precision PrecisionAndScale Prefixed QualifiedWildcard Query RLike Right RightOuter Select Separator
   SetOperation SingleQuotedByteStringLiteral SingleQuotedString StraightJoin Subquery Substring Table Time Timestamp
   Datetime Trim Tuple TypedString UnaryOp Unnamed UnnamedExpr Using Value Values Varchar Week Wildcard WindowSpec Word
   Limit NestedColumn`.split(/\s+/)
)

/** Parts that mean more than a plain read wherever they are filled. */
const harmful = new Set(
  `into locks pipe_operators for_clause settings format_clause lateral_views connect_by prewhere optimizer_hints
   uses_odbc_syntax with_hints version sample qualify top args_with_settings`.split(/\s+/)
)

const inspect = (root: Node): { readonly calls: ReadonlyArray<string>; readonly refused: string | null } => {
  const calls: Array<string> = []
  let refused: string | null = null
  const pending: Array<unknown> = [root]
  while (pending.length > 0) {
    const value = pending.pop()
    for (const [key, child] of entriesOf(value)) {
      // An index hint has a `for_clause` too, which names what the index is for.
      const isHint = key === "for_clause" && !isQuery(value)
      if (/^[A-Z]/.test(key) && !harmless.has(key)) refused ??= key
      if (harmful.has(key) && !isHint && isFilled(child)) refused ??= key
      if (key === "op" && child === "Assignment") refused ??= "an assignment"
      if (key === "flavor" && child !== "Standard") refused ??= "a statement of another dialect"
      if (isVariable(key, child)) refused ??= "a variable"
      // UNION TABLE t names its table so.
      if (key === "table_name") refused ??= "TABLE"
      if (key === "Function") calls.push(pathOf(field(child, "name")).join("."))
      if (key === "Table" && isFilled(field(child, "args"))) calls.push(pathOf(field(child, "name")).join("."))
    }
    pending.push(...childrenOf(value))
  }
  return { calls: calls.map(asciiLower), refused }
}

const isVariable = (key: string, child: unknown): boolean =>
  (key === "Identifier" || key === "CompoundIdentifier") &&
  (Array.isArray(child) ? child : [child]).some(
    (one: unknown) => textOf(field(one, "value"))?.startsWith("@") === true && !isFilled(field(one, "quote_style"))
  )
