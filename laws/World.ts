/** Small random databases: tables, rows, and the metadata resources that describe them. One seed gives one world. */
import type * as Schema from "effect/Schema"
import { Random } from "./Random.ts"
import { fill, type Value } from "./Rows.ts"
import * as Names from "./Names.ts"

type Kind =
  | "id"
  | "fk"
  | "name"
  | "category"
  | "amount"
  | "quantity"
  | "stock"
  | "flag"
  | "eventDate"
  | "otherDate"
  | "personDate"
  | "country"
  | "code"
  | "status"

export interface Column {
  readonly name: string
  readonly kind: Kind
  readonly type: string
  /** How people say it. */
  readonly words: string
  readonly values?: ReadonlyArray<string>
  /** The table that a foreign key refers to. */
  readonly ref?: string
  /** The schema resource lists the values. */
  readonly published?: boolean
}

export interface Table {
  readonly name: string
  readonly one: string
  readonly many: string
  readonly role: "person" | "thing" | "event" | "group" | "region" | "line"
  readonly columns: ReadonlyArray<Column>
  readonly rows: ReadonlyArray<{ readonly [column: string]: Value }>
}

type Alias = {
  readonly canonical_name: string
  readonly aliases: ReadonlyArray<string>
  readonly database_references: { readonly [reference: string]: Value }
  readonly categories: ReadonlyArray<string>
}

export interface World {
  readonly seed: number
  readonly today: string
  readonly tables: ReadonlyArray<Table>
  readonly aliases: { readonly [key: string]: Alias }
  readonly mappings: { readonly [group: string]: { readonly [term: string]: string } }
  /** The words of the mapped sum, of the mapped bare column, of a mapped count, and of a sum over two tables. */
  readonly terms: {
    readonly sum: string
    readonly bare: string
    readonly counted: string | null
    readonly product: string | null
    /** Mapped to what no single SELECT over joined tables can compute. */
    readonly fanned: string | null
  }
  /** The event refers to the persons by two keys: a question goes over the one that is called after them. */
  readonly hasTwoKeys: boolean
}

const column = (name: string, kind: Kind, type: string, words: string, more: Partial<Column> = {}): Column => ({
  name,
  kind,
  type,
  words,
  ...more
})

export const labelOf = (table: Table): string => table.columns.find(({ kind }) => kind === "name")?.name ?? "id"

export const makeWorld = (seed: number): World => {
  const random = new Random(seed)
  // What the worlds did not have at first is drawn apart, so that a seed keeps its world.
  const more = new Random(seed ^ 0xfa2)
  const tables: Array<Table> = []
  const [personMany, personOne] = random.pick(Names.people)
  const [thingMany, thingOne] = random.pick(Names.things)
  const [eventMany, eventOne] = random.pick(Names.events)
  const hasThing = random.chance(0.85)
  const hasGroup = hasThing && random.chance(0.4)
  const published = random.chance(0.75)
  const hasRegion = more.chance(0.25)
  const hasTwoKeys = more.chance(0.15)
  const hasOtherDate = more.chance(0.25)
  const hasLines = more.chance(0.25)
  const add = (
    [many, one]: readonly [string, string],
    role: Table["role"],
    columns: ReadonlyArray<Column>,
    count: number,
    nameOf: ((at: number) => string) | null
  ): void => {
    const label = columns.find(({ kind }) => kind === "name")?.name ?? "name"
    const code = columns.find(({ kind }) => kind === "code")
    const table: Table = {
      name: many,
      one,
      many,
      role,
      columns: [column("id", "id", "INTEGER", "id"), ...columns],
      rows: []
    }
    const rows = Array.from({ length: count }, (_, at) => ({
      id: at + 1,
      ...(nameOf === null ? {} : { [label]: nameOf(at) }),
      ...(code === undefined ? {} : { [code.name]: `${thingOne.slice(0, 2).toUpperCase()}-${101 + at}` }),
      ...fill(random, table, tables)
    }))
    tables.push({ ...table, rows })
  }
  const names = random.shuffle(Names.first.flatMap((one) => Names.last.map((other) => `${one} ${other}`)))
  const thingNames = random.shuffle(Names.adjectives.flatMap((one) => Names.nouns.map((other) => `${one} ${other}`)))
  const countries = random.shuffle(Names.codes).slice(0, 4)
  const twins = random.chance(0.2)
  if (hasRegion) {
    add(["regions", "region"], "region", [column("name", "name", "TEXT", "name")], 3, (at) => Names.regions[at] ?? "")
  }
  add(
    [personMany, personOne],
    "person",
    [
      column(random.pick(["name", "full_name"]), "name", "TEXT", "name"),
      column(random.chance(0.8) ? "country" : "country_code", "country", "TEXT", "country", {
        values: countries,
        published
      }),
      ...(random.chance(0.7)
        ? [column(random.pick(["signup_date", "birth_date", "hire_date"]), "personDate", "DATE", "sign-up date")]
        : []),
      ...(random.chance(0.5) ? [column(random.pick(["active", "verified"]), "flag", "BOOLEAN", "flag")] : []),
      ...(hasRegion ? [column("region_id", "fk", "INTEGER", "", { ref: "regions" })] : [])
    ],
    5 + random.int(8),
    (at) => names[twins && at === 1 ? 0 : at] ?? ""
  )
  const maker = hasGroup ? random.pick(Names.groups) : null
  if (maker !== null) {
    add(maker, "group", [column("name", "name", "TEXT", "name")], 3 + random.int(2), (at) => Names.makers[at] ?? "")
  }
  if (hasThing) {
    add(
      [thingMany, thingOne],
      "thing",
      [
        column(random.chance(0.5) ? "name" : `${thingOne}_name`, "name", "TEXT", "name"),
        column("category", "category", "TEXT", "category", { values: Names.categories.slice(0, 3), published }),
        column(random.pick(["price", "unit_price", "list_price"]), "amount", "REAL", "price"),
        ...(random.chance(0.6) ? [column(random.pick(["stock", "stock_quantity"]), "stock", "INTEGER", "stock")] : []),
        ...(random.chance(0.4) ? [column(random.pick(["featured", "discontinued"]), "flag", "BOOLEAN", "flag")] : []),
        ...(random.chance(0.4) ? [column("code", "code", "TEXT", "code")] : []),
        ...(maker === null ? [] : [column(`${maker[1]}_id`, "fk", "INTEGER", "", { ref: maker[0] })])
      ],
      5 + random.int(5),
      (at) => thingNames[at] ?? ""
    )
  }
  const amount = random.pick([
    ["total_amount", "total amount"],
    ["fee", "fee"],
    ["amount", "amount"]
  ] as const)
  const statuses = random.pick(Names.statuses)
  add(
    [eventMany, eventOne],
    "event",
    [
      column(`${personOne}_id`, "fk", "INTEGER", "", { ref: personMany }),
      ...(hasThing ? [column(`${thingOne}_id`, "fk", "INTEGER", "", { ref: thingMany })] : []),
      column(random.pick([`${eventOne}_date`, "date", "placed_on"]), "eventDate", "DATE", "date"),
      column("status", "status", "TEXT", "status", { values: statuses, published }),
      column(amount[0], "amount", "REAL", amount[1]),
      ...(random.chance(0.6) ? [column(random.pick(["quantity", "units"]), "quantity", "INTEGER", "quantity")] : []),
      ...(random.chance(0.6) ? [column("paid", "flag", "BOOLEAN", "paid")] : []),
      ...(hasOtherDate ? [column("due_date", "otherDate", "DATE", "due date")] : []),
      ...(hasTwoKeys ? [column("referred_by", "fk", "INTEGER", "", { ref: personMany })] : [])
    ],
    10 + random.int(21),
    null
  )
  if (hasLines) {
    add(
      ["lines", "line"],
      "line",
      [
        column(`${eventOne}_id`, "fk", "INTEGER", "", { ref: eventMany }),
        column("pieces", "quantity", "INTEGER", "pieces")
      ],
      20 + random.int(21),
      null
    )
  }
  const counted = random.chance(0.4) ? `${statuses[2]} ones` : null
  const units = tables.find(({ role }) => role === "event")?.columns.find(({ kind }) => kind === "quantity")?.name
  const price = tables.find(({ role }) => role === "thing")?.columns.find(({ kind }) => kind === "amount")?.name
  const product = units === undefined || price === undefined ? null : `${eventMany}.${units} * ${thingMany}.${price}`
  const terms: World["terms"] = {
    sum: random.pick(["revenue", "turnover"]),
    bare: random.pick(["sales amount", "billing"]),
    counted,
    product: product === null ? null : "list value",
    fanned: hasLines ? "throughput" : null
  }
  return {
    seed,
    today: "2026-11-26",
    tables,
    aliases: aliasesOf(random, tables),
    mappings: {
      user_friendly_terms: { [terms.bare]: `${eventMany}.${amount[0]}` },
      aggregation_terms: {
        [terms.sum]: `SUM(${eventMany}.${amount[0]})`,
        ...(product === null ? {} : { "list value": `SUM(${product})` }),
        ...(hasLines ? { throughput: `SUM(${eventMany}.${amount[0]}) + SUM(lines.pieces)` } : {}),
        ...(counted === null ? {} : { [counted]: `COUNT(CASE WHEN ${eventMany}.status = '${statuses[2]}' THEN 1 END)` })
      }
    },
    terms,
    hasTwoKeys
  }
}

const aliasesOf = (random: Random, tables: ReadonlyArray<Table>): World["aliases"] => {
  const aliases: { [key: string]: Alias } = {}
  const isTableWord = random.chance(0.3)
  for (const table of tables) {
    if (["event", "line", "region"].includes(table.role) || (table.role === "person" && random.chance(0.5))) continue
    for (const row of table.rows) {
      if (random.chance(0.2)) continue
      const label = labelOf(table)
      const name = String(row[label])
      const key = name.toLowerCase().replaceAll(" ", "_")
      aliases[Object.hasOwn(aliases, key) ? `${key}_${row["id"]}` : key] = {
        canonical_name: name,
        database_references: random.chance(0.5)
          ? { [`${table.name}.${label}`]: name }
          : { [`${table.name}.id`]: row["id"] ?? null },
        aliases:
          table.role === "thing" && random.chance(0.6) ? [`${name.split(" ")[0]?.toLowerCase()} x${row["id"]}`] : [],
        categories: isTableWord ? [table.one] : table.role === "thing" ? [String(row["category"]).toLowerCase()] : []
      }
    }
  }
  return aliases
}

/** The schema resource. */
export const schemaResource = (world: World): Schema.Json => ({
  tables: Object.fromEntries(
    world.tables.map((table) => [
      table.name,
      {
        description: `All ${table.many}`,
        columns: table.columns.map((one) => ({
          name: one.name,
          type: one.type,
          primary_key: one.kind === "id",
          ...(one.published === true ? { values: one.values ?? [] } : {})
        })),
        foreign_keys: table.columns.flatMap((one) =>
          one.ref === undefined ? [] : [{ column: one.name, references: `${one.ref}.id` }]
        )
      }
    ])
  )
})
