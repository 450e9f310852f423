/** Generated words: terms for SQL, other names of things, and values in descriptions, as servers publish them. */
import { Arbitrary, Schema } from "effect"
import { type Json, type Next, pick, scattered, scrambled, spelt, wrapped } from "./spelling.ts"

export interface Named {
  readonly name: string
  readonly aliases: ReadonlyArray<string>
}

export interface WrittenWords {
  /** What the resource is called. */
  readonly called: string
  readonly data: Json
}

export interface WrittenTerms extends WrittenWords {
  readonly expected: ReadonlyArray<readonly [term: string, expression: string]>
}

export interface WrittenNames extends WrittenWords {
  readonly expected: ReadonlyArray<Named>
}

export interface WrittenValues {
  readonly column: string
  readonly description: string
  readonly expected: ReadonlyArray<string>
}

const unique = <A>(values: ReadonlyArray<A>): ReadonlyArray<A> => [...new Set(values)]

const Term = Schema.Literals(["revenue", "active customers", "this month", "average", "Umsatz", "AOV"])
const Expression = Schema.Literals([
  "SUM(order_items.quantity * order_items.unit_price)",
  "orders.status = 'paid'",
  "DATE_TRUNC('month', {date_column}) = DATE_TRUNC('month', CURRENT_DATE)",
  "AVG({column})",
  "customers.name"
])

/** Terms in a resource, or under keys, that say so; flat or in groups. */
export const writtenTerms = Arbitrary.map(
  Arbitrary.schema(
    Schema.Struct({
      terms: Schema.Array(Schema.Tuple([Term, Expression])).check(Schema.isMinLength(1), Schema.isMaxLength(5)),
      seed: Schema.Int
    })
  ),
  ({ seed, terms }): WrittenTerms => {
    const next = scrambled(seed)
    const expected = [...new Map(terms)]
    const record = (some: typeof expected): { readonly [term: string]: Json } =>
      Object.fromEntries(
        some.map(([term, expression]): readonly [string, Json] => [
          term,
          pick<() => Json>(
            next,
            () => expression,
            () =>
              scattered(next, { [pick(next, "expression", "sql", "sql_expression")]: expression, note: "as agreed" })
          )()
        ])
      )
    const groups = Map.groupBy(expected, () => pick(next, "user_friendly_terms", "date_terms", "metrics"))
    const grouped = () =>
      Object.fromEntries([...groups].map(([group, some]) => [spelt(next, group), record(some)] as const))
    const title = pick(next, "column_mappings", "business glossary", "metrics", "terms")
    return pick<() => WrittenTerms>(
      next,
      () => ({ called: title, data: wrapped(next, record(expected)), expected }),
      () => ({ called: title, data: wrapped(next, grouped()), expected }),
      () => ({ called: "data", data: wrapped(next, grouped()), expected }),
      () => ({
        called: "data",
        data: wrapped(next, { [spelt(next, "mappings")]: grouped(), total_mappings: expected.length }),
        expected
      })
    )()
  }
)

const Name = Schema.Literals(["AeroBuds Pro", "Laptop", "Größe 8", "O'Neill Boots", "USB-C Cable", "Nimbus"])
const Alias = Schema.Literals(["ear buds", "aero", "notebook", "cable", "shoes", "the cloud"])

/** Things with other names, in a list, by key, as records of names alone, as rows, or as JSON:API has them. */
export const writtenNames = Arbitrary.map(
  Arbitrary.schema(
    Schema.Struct({
      named: Schema.Array(Schema.Tuple([Name, Schema.Array(Alias)])).check(
        Schema.isMinLength(1),
        Schema.isMaxLength(4)
      ),
      seed: Schema.Int
    })
  ),
  ({ named, seed }): WrittenNames => {
    const next = scrambled(seed)
    // An alias of two things is nobody's.
    const taken = new Set<string>()
    const expected = [...new Map(named)].map(([name, all]) => {
      const aliases = unique(all).filter((alias) => !taken.has(alias))
      for (const alias of aliases) taken.add(alias)
      return { name, aliases }
    })
    const fields = ({ aliases, name }: Named) => ({
      [pick(next, "canonical_name", "name", "title", "label", "display_name", "pref_label")]: name,
      ...(aliases.length === 0
        ? {}
        : {
            [pick(next, "aliases", "synonyms", "also_known_as", "alt_labels", "alternative_names")]: pick<Json>(
              next,
              aliases,
              aliases.join(", "),
              aliases.map((label) => ({ label }))
            )
          }),
      price: 12.5
    })
    const list = () => expected.map((one) => scattered(next, fields(one)))
    const byAlias = expected.flatMap(({ aliases, name }) => aliases.map((alias) => [alias, name] as const))
    return pick<() => WrittenNames>(
      next,
      () => ({ called: "products", data: wrapped(next, list()), expected }),
      () => ({ called: "products", data: wrapped(next, { products: list(), total: 3 }), expected }),
      () => ({
        called: "product_aliases",
        data: wrapped(next, { aliases: Object.fromEntries(list().map((one, at) => [`key-${at}`, one])) }),
        expected
      }),
      () => ({
        called: "product_synonyms",
        data: Object.fromEntries(expected.map(({ aliases, name }) => [name, aliases])),
        expected
      }),
      () => ({
        called: "product_synonyms",
        data: Object.fromEntries(byAlias),
        expected: expected.filter(({ aliases }) => aliases.length > 0)
      }),
      () => ({
        called: "products",
        data: wrapped(next, {
          columns: ["product_id", spelt(next, "name"), spelt(next, "aliases")],
          rows: expected.map(({ aliases, name }, at) => [at, name, aliases.join(", ")])
        }),
        expected
      }),
      () => ({
        called: "products",
        data: {
          data: expected.map((one, at) => ({
            type: "products",
            id: `p${at}`,
            attributes: scattered(next, fields(one))
          }))
        },
        expected
      })
    )()
  }
)

const Value = Schema.Literals(["open", "half done", "shipped", "held", "A1"])

/** A description that lists the values of its column. */
export const writtenValues = Arbitrary.map(
  Arbitrary.schema(
    Schema.Struct({ values: Schema.Array(Value).check(Schema.isMinLength(2), Schema.isMaxLength(5)), seed: Schema.Int })
  ),
  ({ seed, values }): WrittenValues => {
    const next = scrambled(seed)
    const own = unique(values)
    const expected = own.length > 1 ? own : unique([...own, "open", "shipped"])
    const said = pick(
      next,
      (word: string) => word,
      (word: string) => word.toUpperCase()
    )
    const before = pick(next, "", "How far it is. ", "Größe; ")
    const listed = pick(next, ", ", ",", " | ", "; ")
    const last = `${expected.slice(0, -1).join(", ")} ${pick(next, "or", "and")} ${expected.at(-1)}`
    const quoted = (mark: string) => expected.map((value) => mark + value + mark)
    const description = pick(
      next,
      `${before}${said(pick(next, "One of", "Possible values", "Allowed values", "Values", "Enum"))}: ${pick(next, expected.join(listed), last)}${pick(next, "", ".")}`,
      `${before}${said(pick(next, "Valid values are", "Accepted values include"))} ${expected.join(", ")}`,
      `${before}(e.g. ${expected.join(", ")})`,
      `${before}${quoted(pick(next, "'", '"', "`")).join(pick(next, ", ", " | ", " or "))}`,
      `Order status (${expected.join(pick(next, ", ", " / "))})`,
      `Status: ${expected.join(pick(next, "|", " | "))}`
    )
    return { column: "progress", description, expected }
  }
)

/** A table whose column is described so. */
export const describedTable = (next: Next, { column, description }: WrittenValues): Json =>
  wrapped(next, {
    tables: {
      orders: {
        columns: {
          [column]: scattered(next, {
            type: "TEXT",
            [pick(next, "description", "comment", "column_comment")]: description
          })
        }
      }
    }
  })
