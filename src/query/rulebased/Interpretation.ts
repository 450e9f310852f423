/** From items to a draft: what each item does to the question, given its neighbours. */
import type { Mention } from "../../resolution/ResolvedEntity.ts"
import { aggregateOf, choose, type Choices, type Context, countOf, mappedMeasure, rowsOf, sqlOf } from "./Choice.ts"
import { type Draft, emptyDraft, type Match, type Measure, type Target } from "./Draft.ts"
import { type DateRange, shift } from "./Calendar.ts"
import type { Direction, Operator } from "./Lexicon.ts"
import type { Item } from "./Reading.ts"
import {
  amountColumns,
  type ColumnReference,
  columnOf,
  isNumeric,
  labelColumns,
  parseReference,
  tableOf
} from "./SchemaIndex.ts"
import * as SqlText from "./SqlText.ts"
import { listedAs } from "./Vocabulary.ts"

/** Reads the items in order; whatever has no place in the draft is left in `unknown` or `problems`. */
export const interpret = (context: Context, all: ReadonlyArray<Item>): Draft => {
  const reader = new Reader(
    context,
    all.filter((item) => item.kind !== "stop")
  )
  return reader.run()
}

class Reader {
  readonly draft: Draft = emptyDraft()
  private readonly context: Context
  private readonly items: ReadonlyArray<Item>
  /** Items that another item has taken already. */
  private readonly taken = new Set<number>()
  /** Measures by the item that names what they measure: a comparison may follow it. */
  private readonly measured = new Map<number, Measure>()
  private negated = false
  private alternative = false
  private lastMatch: Match | null = null

  constructor(context: Context, items: ReadonlyArray<Item>) {
    this.context = context
    this.items = items
  }

  run(): Draft {
    for (const [at, item] of this.items.entries()) {
      if (this.taken.has(at)) continue
      this.taken.add(at)
      this.visit(at, item)
    }
    return this.draft
  }

  private visit(at: number, item: Item): void {
    const { draft } = this
    switch (item.kind) {
      case "stop":
      case "currency":
        return
      case "unknown":
        draft.unknown.push(item.text)
        return
      case "and":
        this.alternative = false
        return
      case "or":
        this.alternative = true
        return
      case "not":
        this.negated = true
        return
      case "with":
        return
      case "distinct":
        draft.isDistinct = true
        return
      case "compare":
        draft.isComparison = true
        return
      case "trade":
        draft.trade = /^(?:sold|purchased|sells?|selling)$/i.test(item.text) ? "passive" : "active"
        return
      case "which":
        return this.which(at)
      case "without":
        return this.without(at)
      case "aggregate":
      case "count":
        return this.measure(at)
      case "superlative":
        return this.superlative(at, item.direction)
      case "top":
        return this.top(at, item.direction)
      case "number":
        return this.number(at, item.value)
      case "by":
      case "per":
        return this.grouping(at, item.kind)
      case "sort":
        return this.sorting(at)
      case "direction":
        draft.sort = { target: draft.sort?.target ?? null, direction: item.direction }
        return
      case "grain":
        draft.unknown.push(item.text)
        return
      case "operator":
        return this.comparison(at, item.operator)
      case "between":
        return this.between(at)
      case "range":
        return this.range(at, item.text, item.range)
      case "entities":
        return this.mention(at, item.mention)
      case "literal":
        return this.literal(at, item.value)
      case "name":
        return this.name(at, this.choices(at))
    }
  }

  // -------------------------------------------------------------------------------------------------------------------
  // names

  private choices(at: number): Choices | null {
    const item = this.items[at]
    return item?.kind === "name" ? choose(this.context, item) : null
  }

  private name(at: number, choices: Choices | null): void {
    if (choices === null) return
    const { draft } = this
    if (choices.problem !== null) {
      draft.problems.push(choices.problem)
    } else if (choices.condition !== null) {
      const { sql } = choices.condition
      draft.ranges.push({
        label: `${choices.text} (as mapped)`,
        name: choices.text,
        write: (date) => `(${sql.replaceAll(/\{\w+\}/g, () => date)})`
      })
      draft.understood.push(`the time "${choices.text}", as mapped`)
    } else if (choices.template !== null) {
      this.template(at, choices)
    } else if (choices.aggregate !== null) {
      this.addMeasure(at, mappedMeasure(choices.text, choices.aggregate))
    } else if (choices.value !== null && choices.table === null && choices.column === null && choices.number === null) {
      this.value(at, choices.value.column, choices.value.value)
    } else {
      this.thing(at, choices)
    }
  }

  /** A table or column that nothing before it has claimed. */
  private thing(at: number, choices: Choices): void {
    const { draft } = this
    const next = this.items[at + 1]
    const isCompared = next !== undefined && (next.kind === "operator" || next.kind === "between")
    if (choices.table !== null) {
      draft.understood.push(`the table ${choices.table}`)
      if (draft.subject === null && draft.measures.length === 0)
        draft.subject = { kind: "table", table: choices.table, shown: [] }
      else draft.relations.push(choices.table)
    } else if (choices.column !== null) {
      if (isCompared) return
      draft.understood.push(`the column ${choices.column.table}.${choices.column.column}`)
      if (
        next?.kind === "literal" ||
        (this.items[at - 1]?.kind === "literal" && this.lastMatch?.column === choices.column)
      )
        return
      if (choices.isDate && (next?.kind === "range" || draft.measures.length > 0)) draft.dates.push(choices.column)
      else draft.projections.push(choices.column)
    } else if (choices.number !== null) {
      if (!isCompared)
        draft.problems.push(`"${choices.text}" needs a word that says what to do with it, such as total or average`)
    } else {
      draft.unknown.push(choices.text)
    }
  }

  private which(at: number): void {
    const next = this.items[at + 1]
    if (next?.kind === "grain") {
      this.taken.add(at + 1)
      this.draft.dimensions.push({ kind: "grain", grain: next.grain })
      this.draft.isSubjectAsked = true
      return
    }
    const choices = this.choices(at + 1)
    if (choices !== null && choices.problem === null) this.subject(at + 1, choices)
  }

  /** Makes the named thing the subject, if it is one. */
  private subject(at: number, choices: Choices): boolean {
    if (choices.number !== null || choices.aggregate !== null) return false
    if (choices.table !== null) this.draft.subject = { kind: "table", table: choices.table, shown: [] }
    else if (choices.column !== null) this.draft.subject = { kind: "column", column: choices.column }
    else return false
    this.draft.isSubjectAsked = true
    this.draft.understood.push(`for each ${choices.text}`)
    this.taken.add(at)
    return true
  }

  private without(at: number): void {
    const next = this.items[at + 1]
    const choices = this.choices(at + 1)
    if (choices !== null && choices.table !== null && this.draft.subject?.kind === "table") {
      this.taken.add(at + 1)
      this.draft.absent.push(choices.table)
      this.draft.understood.push(`without ${choices.text}`)
    } else if (next?.kind === "trade" && this.sales() !== null) {
      this.taken.add(at + 1)
      this.draft.absent.push(this.sales() ?? "")
      this.draft.understood.push(`without any ${this.sales()}`)
    } else if (choices?.value !== null && choices !== null) this.negated = true
    else if (next?.kind === "entities" && this.draft.measures.length > 0) this.negated = true
    else this.draft.unknown.push(this.items[at]?.text ?? "")
  }

  /** The one table whose rows are sales of the subject: it refers to it, directly, and only one does. */
  private sales(): string | null {
    const { subject } = this.draft
    if (subject?.kind !== "table") return null
    const referring = this.context.index.relationships.flatMap(({ from, to }) =>
      to.table === subject.table && from.table !== subject.table ? [from.table] : []
    )
    const named = referring.filter((table) => /sale|order|purchase|transaction/i.test(table))
    const found = new Set(referring.length > 1 ? named : referring)
    return found.size === 1 ? ([...found][0] ?? null) : null
  }

  // -------------------------------------------------------------------------------------------------------------------
  // measures

  private addMeasure(at: number, measure: Measure | string): void {
    if (typeof measure === "string") {
      this.draft.problems.push(measure)
      return
    }
    this.measured.set(at, measure)
    if (this.draft.measures.some((one) => one.label === measure.label)) return
    this.draft.measures.push(measure)
    this.draft.understood.push(measure.label)
  }

  /** The next name that can be measured, past values, entities and times that only narrow it. */
  private measurable(from: number): { readonly at: number; readonly choices: Choices } | null {
    for (let at = from; at < this.items.length; at++) {
      const item = this.items[at]
      if (item === undefined || this.taken.has(at)) return null
      if (item.kind === "name") {
        const choices = choose(this.context, item)
        const onlyNarrows =
          choices.value !== null && choices.table === null && choices.number === null && choices.column === null
        if (!onlyNarrows && choices.condition === null) return { at, choices }
      } else if (!["entities", "range", "distinct", "and", "not"].includes(item.kind)) return null
    }
    return null
  }

  /** Reads `average price`, `minimum and maximum price`, `number of orders` without adding it. */
  private readMeasures(at: number): { readonly at: number; readonly measures: ReadonlyArray<Measure | string> } | null {
    const heads: Array<Item> = []
    let next = at
    for (let item = this.items[next]; item !== undefined; item = this.items[++next]) {
      if (item.kind === "aggregate" || item.kind === "count") heads.push(item)
      else if (item.kind !== "and" || heads.length === 0) break
    }
    const found = heads.length === 0 ? null : this.measurable(next)
    if (found === null) return null
    for (let index = at; index < next; index++) this.taken.add(index)
    this.taken.add(found.at)
    const isDistinct = this.items.slice(next, found.at).some((item) => item.kind === "distinct")
    const measures = heads.map((head) =>
      head.kind === "aggregate"
        ? heads.length > 1 && heads.some((one) => one.kind === "count")
          ? countOf(this.context, isDistinct, found.choices)
          : aggregateOf(this.context, head.of, found.choices)
        : head.kind === "count"
          ? countOf(this.context, head.distinct || isDistinct, found.choices)
          : ""
    )
    return { at: found.at, measures: [...new Map(measures.map((one) => [JSON.stringify(one), one])).values()] }
  }

  private measure(at: number): void {
    const read = this.readMeasures(at)
    if (read === null) {
      this.draft.unknown.push(this.items[at]?.text ?? "")
      return
    }
    for (const measure of read.measures) this.addMeasure(read.at, measure)
    // "What is the lowest and highest …" has its answer; a `rank` would ask for more.
  }

  private template(at: number, template: Choices): void {
    const found = this.measurable(at + 1)
    const number = found?.choices.number ?? null
    if (found === null || number === null || template.template === null) {
      this.draft.problems.push(`"${template.text}" needs a number to apply to`)
      return
    }
    this.taken.add(found.at)
    const sql = template.template.sql.replaceAll(/\{\w+\}/g, () => number.sql)
    this.addMeasure(found.at, {
      label: `${template.text} ${found.choices.text}`,
      tables: [...new Set([...number.tables, ...template.template.columns.map(({ table }) => table)])],
      of: { kind: "expression", sql, sensitive: true }
    })
  }

  // -------------------------------------------------------------------------------------------------------------------
  // ranking and ordering

  private rank(direction: Direction, count: number | null, target: Target | null): void {
    // "the revenue of the top 5 products": of each, or of all five?
    if (this.draft.measures.length > 0 && target === null && this.draft.rank === null && (count ?? 1) > 1) {
      this.draft.problems.push("a total over ranked rows needs two steps")
    }
    const known = this.draft.rank
    this.draft.rank = {
      direction: known?.direction ?? direction,
      count: known?.count ?? count,
      target: target ?? known?.target ?? null
    }
  }

  /** What rows are ranked by: `units sold`, `revenue`, `number of orders`, or the rows of a table. */
  private target(at: number): Target | null {
    const read = this.readMeasures(at)
    const [first] = read?.measures ?? []
    if (read !== null && first !== undefined) {
      if (typeof first !== "string") {
        this.measured.set(read.at, first)
        return { kind: "measure", measure: first }
      }
      this.draft.problems.push(first)
      return null
    }
    const choices = this.choices(at)
    if (choices === null || choices.problem !== null) return null
    if (choices.aggregate !== null) return { kind: "measure", measure: mappedMeasure(choices.text, choices.aggregate) }
    if (choices.number !== null) {
      if (choices.number.column !== null) return { kind: "column", column: choices.number.column }
      const measure = aggregateOf(this.context, "SUM", choices)
      return typeof measure === "string" ? null : { kind: "measure", measure }
    }
    if (choices.isDate && choices.column !== null) return { kind: "column", column: choices.column }
    return null
  }

  private superlative(at: number, direction: Direction): void {
    const item = this.items[at]
    if (this.items[at + 1]?.kind === "number") return this.top(at, direction)
    const before = this.items[at - 1]
    const count = before?.kind === "number" ? before.value : null
    const target = this.target(at + 1)
    if (target !== null) {
      this.taken.add(at + 1)
      this.draft.understood.push(`${item?.text} ${targetLabel(target)}`)
      return this.rank(direction, count, target)
    }
    if (item?.kind === "superlative" && item.property !== null) {
      this.rank(direction, count, { kind: "property", property: item.property })
      const choices = this.choices(at + 1)
      if (choices?.table != null) this.subject(at + 1, choices)
      return
    }
    const choices = this.choices(at + 1)
    const subject = this.draft.subject
    if (choices?.table != null && subject !== null && !(subject.kind === "table" && subject.table === choices.table)) {
      this.taken.add(at + 1)
      return this.rank(direction, count, { kind: "measure", measure: rowsOf(choices.table, choices.text) })
    }
    this.rank(direction, count, null)
    if (this.items[at + 1]?.kind === "trade" && this.choices(at + 2) !== null) {
      this.visit(at + 1, { kind: "trade", text: "selling" })
      this.taken.add(at + 1)
      const sold = this.choices(at + 2)
      if (sold !== null) this.subject(at + 2, sold)
    } else if (choices !== null) this.subject(at + 1, choices)
  }

  private top(at: number, direction: Direction): void {
    const next = this.items[at + 1]
    if (next?.kind !== "number") return this.superlative(at, direction)
    this.taken.add(at + 1)
    this.rank(direction, next.value, null)
    this.draft.understood.push(`${this.items[at]?.text} ${next.value}`)
    let after = at + 2
    // "top 5 best selling products", "top 3 most expensive products"
    const adjective = this.items[after]
    if (adjective?.kind === "superlative" || adjective?.kind === "top" || adjective?.kind === "trade") {
      this.taken.add(after)
      return adjective.kind === "trade" ? void this.subjectAt(after + 1) : this.superlative(after, direction)
    }
    while (this.narrows(after)) after++
    this.subjectAt(after)
  }

  /** Values and entities before the thing that is listed: "top 3 German customers". */
  private narrows(at: number): boolean {
    const item = this.items[at]
    const choices = this.choices(at)
    return (
      item?.kind === "entities" ||
      (choices !== null && choices.value !== null && choices.table === null && choices.column === null)
    )
  }

  private subjectAt(at: number): void {
    const choices = this.choices(at)
    if (choices !== null && choices.problem === null) this.subject(at, choices)
  }

  private number(at: number, value: number): void {
    const next = this.items[at + 1]
    if (next?.kind === "superlative" || next?.kind === "top") return
    let after = at + 1
    while (this.narrows(after)) after++
    const choices = this.choices(after)
    const isLimit =
      Number.isInteger(value) && value > 0 && this.draft.measures.length === 0 && this.draft.subject === null
    if (isLimit && choices !== null && choices.table !== null) this.draft.limit = value
    else this.draft.unknown.push(this.items[at]?.text ?? "")
  }

  private grouping(at: number, kind: "by" | "per"): void {
    let next = at + 1
    let found = 0
    for (;;) {
      const item = this.items[next]
      const target = kind === "by" ? this.target(next) : null
      if (target !== null) {
        this.taken.add(next)
        this.order(target)
      } else if (item?.kind === "grain") {
        this.taken.add(next)
        this.draft.dimensions.push({ kind: "grain", grain: item.grain })
        this.draft.understood.push(`by ${item.text}`)
      } else if (!this.dimension(next)) break
      found++
      next++
      while (this.taken.has(next)) next++
      if (this.items[next]?.kind !== "and" || !this.isGroupable(next + 1)) break
      next++
    }
    if (found === 0) this.draft.unknown.push(this.items[at]?.text ?? "")
  }

  private isGroupable(at: number): boolean {
    const choices = this.choices(at)
    return this.items[at]?.kind === "grain" || (choices !== null && choices.problem === null && choices.value === null)
  }

  private dimension(at: number): boolean {
    const choices = this.choices(at)
    if (choices === null) return false
    if (choices.problem !== null) {
      this.draft.problems.push(choices.problem)
      this.taken.add(at)
      return true
    }
    if (choices.isDate && choices.column !== null) {
      this.draft.dates.push(choices.column)
      this.draft.dimensions.push({ kind: "grain", grain: "day" })
    } else if (choices.table !== null) this.draft.dimensions.push({ kind: "table", table: choices.table, shown: [] })
    else if (choices.column !== null) this.draft.dimensions.push({ kind: "column", column: choices.column })
    else return false
    this.draft.understood.push(`by ${choices.text}`)
    this.taken.add(at)
    return true
  }

  /** "by revenue": ranks what was to be ranked, else orders. */
  private order(target: Target): void {
    this.draft.understood.push(`by ${targetLabel(target)}`)
    if (this.draft.rank !== null && this.draft.rank.target === null) this.rank("DESC", null, target)
    else this.draft.sort = { target, direction: this.draft.sort?.direction ?? null }
  }

  private sorting(at: number): void {
    const target = this.target(at + 1)
    const choices = this.choices(at + 1)
    if (target !== null) {
      this.taken.add(at + 1)
      this.draft.sort = { target, direction: this.draft.sort?.direction ?? null }
    } else if (choices?.column != null) {
      this.taken.add(at + 1)
      this.draft.sort = {
        target: { kind: "column", column: choices.column },
        direction: this.draft.sort?.direction ?? "ASC"
      }
    } else this.draft.unknown.push(this.items[at]?.text ?? "")
  }

  // -------------------------------------------------------------------------------------------------------------------
  // conditions

  private range(at: number, text: string, range: DateRange): void {
    // "price between 1000 and 2000" is about prices, although both could be years.
    const numbers = /^between (\d{4}) and (\d{4})$/i.exec(text)
    if (numbers !== null && this.choices(at - 1)?.number != null) {
      const write = (sql: string) => `${sql} BETWEEN ${numbers[1]} AND ${numbers[2]}`
      return this.compare(at, at + 1, null, write, 0, text)
    }
    const { from, label, to } = range
    const last = to === null ? null : shift(to, "day", -1)
    const span = [from === null ? [] : [`from ${from}`], last === null ? [] : [`to ${last}`]].flat().join(" ")
    this.draft.ranges.push({ label: `${label} (${span})`, name: label, write: rangeWriter(from, to) })
    this.draft.understood.push(`the time "${label}"`)
  }

  private addMatch(column: ColumnReference, values: Match["values"], label: string, entity: string | null): void {
    const match = { column, values, label, negated: this.negated, isAlternative: this.alternative, entity }
    this.draft.matches.push(match)
    this.draft.understood.push(`${this.negated ? "not " : ""}${label}`)
    this.lastMatch = match
    this.negated = false
    this.alternative = false
  }

  /** A listed value; the name of its own column beside it ("Audio category") adds nothing. */
  private value(at: number, column: ColumnReference, value: string): void {
    this.addMatch(column, [value], value, null)
    this.absorb(at, column)
  }

  /** The column's own name beside its value ("Audio category", "status cancelled") says nothing more. */
  private absorb(at: number, column: ColumnReference): void {
    const beside = this.choices(at + 1)
    if (beside !== null && beside.table === null && isSame(beside.column, column)) this.taken.add(at + 1)
    if (this.items[at - 1]?.kind === "name" && isSame(this.draft.projections.at(-1) ?? null, column)) {
      this.draft.projections.pop()
    }
  }

  private mention(at: number, mention: Mention): void {
    const { canonicalName, databaseReferences, members } = mention.resolution
    const { index, tables } = this.context
    const known = Object.entries(databaseReferences).flatMap(([text, value]) => {
      const column = parseReference(index, text)
      const values = Array.isArray(value) ? value : [value]
      return column === undefined || values.length === 0 || !values.every(isScalar) ? [] : [{ column, values }]
    })
    const spoken = known.find(({ column }) => tables.includes(column.table)) ?? known[0]
    if (spoken === undefined) {
      this.draft.problems.push(`"${mention.text}" is ${canonicalName}, but nothing says where the database keeps it`)
      return
    }
    // A category that a column of the same table lists as a value: the column says it better than its members' keys.
    const listed = members.length === 0 ? [] : [...listedAs(index, mention.text), ...listedAs(index, canonicalName)]
    const own = listed.find(({ column }) => column.table === spoken.column.table)
    const { column, values } = own === undefined ? spoken : { column: own.column, values: [own.value] }
    this.addMatch(column, values, canonicalName, canonicalName)
    this.absorb(at, column)
  }

  /** A quoted name: a listed value, else a value of the column or the name of the thing before it. */
  private literal(at: number, value: string): void {
    const beside = this.choices(at - 1) ?? this.choices(at + 1)
    const table = beside?.table == null ? undefined : tableOf(this.context.index, beside.table)
    const labels = table === undefined ? [] : labelColumns(table)
    const [label] = labels
    const listed = listedAs(this.context.index, value)
    const [only] = listed
    if (beside?.column != null && beside.table === null) this.addMatch(beside.column, [value], value, null)
    else if (listed.length === 1 && only !== undefined) this.addMatch(only.column, [only.value], value, null)
    else if (table !== undefined && label !== undefined && labels.length === 1) {
      this.addMatch({ table: table.name, column: label.name }, [value], value, null)
    } else this.draft.problems.push(`"${value}" is quoted, but nothing says which column it is a value of`)
  }

  private comparison(at: number, operator: Operator): void {
    const next = this.items[at + 1]
    // After "over", 2000 is a number although it could be a year.
    const year = next?.kind === "range" && /^\d{4}$/.test(next.text) ? Number(next.text) : undefined
    const value = next?.kind === "number" ? next.value : year
    if (value === undefined) {
      this.draft.unknown.push(this.items[at]?.text ?? "")
      return
    }
    this.taken.add(at + 1)
    let after = at + 2
    if (this.items[after]?.kind === "currency") this.taken.add(after++)
    this.compare(at, after, operator, (sql) => `${sql} ${operator} ${value}`, value, `${this.items[at]?.text} ${value}`)
  }

  private between(at: number): void {
    const [low, and, high] = [this.items[at + 1], this.items[at + 2], this.items[at + 3]]
    if (low?.kind !== "number" || and?.kind !== "and" || high?.kind !== "number") {
      // "Compare … between A and B" and the like: the word adds nothing there.
      if (this.draft.isComparison) return
      this.draft.unknown.push(this.items[at]?.text ?? "")
      return
    }
    for (const index of [1, 2, 3]) this.taken.add(at + index)
    const write = (sql: string) => `${sql} BETWEEN ${low.value} AND ${high.value}`
    this.compare(at, at + 4, null, write, low.value, `between ${low.value} and ${high.value}`)
  }

  /** Finds what is compared: the number before, the measure before, what is counted after, or the rows' amount. */
  private compare(
    at: number,
    after: number,
    operator: Operator | null,
    write: (sql: string) => string,
    value: number,
    label: string
  ): void {
    const { draft } = this
    const before = this.choices(at - 1)
    const measured = this.measured.get(at - 1)
    if (before?.number != null && measured === undefined) {
      const { sql, tables } = before.number
      draft.filters.push({ condition: { kind: "sql", sql: write(sql), tables }, label: `${before.text} ${label}` })
      draft.understood.push(`${before.text} ${label}`)
      return
    }
    if (measured !== undefined && measured.of.kind === "expression" && operator !== null) {
      draft.having.push({ measure: measured, operator, value })
      draft.understood.push(`${measured.label} ${label}`)
      return
    }
    const counted = this.choices(after)
    const isCounted = operator !== null && counted !== null && this.items[after]?.kind === "name"
    if (isCounted && (counted.aggregate !== null || (counted.table !== null && draft.subject !== null))) {
      const measure =
        counted.aggregate === null
          ? rowsOf(counted.table ?? "", counted.text)
          : mappedMeasure(counted.text, counted.aggregate)
      this.taken.add(after)
      draft.having.push({ measure, operator, value })
      draft.understood.push(`${label} ${counted.text}`)
      return
    }
    if (isCounted && counted.number !== null) {
      this.taken.add(after)
      const { sql, tables } = counted.number
      draft.filters.push({ condition: { kind: "sql", sql: write(sql), tables }, label: `${label} ${counted.text}` })
      return
    }
    this.amount(before?.table ?? null, write, label)
  }

  /** "orders over 1000": the rows' own amount, if they have just one. */
  private amount(beforeTable: string | null, write: (sql: string) => string, label: string): void {
    const { draft } = this
    const [first] = draft.measures
    const subject =
      draft.subject?.kind === "table" ? draft.subject.table : first?.of.kind === "rows" ? first.of.table : null
    const found = [beforeTable, subject].flatMap((name) => {
      const table = name === null ? undefined : tableOf(this.context.index, name)
      const columns = table === undefined ? [] : amountColumns(this.context.index, table)
      return table === undefined || columns.length === 0 ? [] : [{ table, columns }]
    })
    const [owner] = found
    const [column] = owner?.columns ?? []
    if (owner === undefined || column === undefined || owner.columns.length !== 1) {
      draft.problems.push(`"${label}" does not say of what`)
      return
    }
    const reference = { table: owner.table.name, column: column.name }
    draft.filters.push({
      condition: { kind: "sql", sql: write(sqlOf(this.context.dialect, reference)), tables: [owner.table.name] },
      label: `${column.name} ${label}`
    })
    draft.understood.push(`${owner.table.name}.${column.name} ${label}`)
  }
}

const rangeWriter =
  (from: string | null, to: string | null) =>
  (date: string): string =>
    [from === null ? [] : [`${date} >= '${from}'`], to === null ? [] : [`${date} < '${to}'`]].flat().join(" AND ")

const isSame = (one: ColumnReference | null, other: ColumnReference): boolean =>
  one !== null && one.table === other.table && one.column === other.column

const isScalar = (value: unknown): boolean =>
  typeof value === "string" || typeof value === "number" || typeof value === "boolean"

const targetLabel = (target: Target): string =>
  target.kind === "measure" ? target.measure.label : target.kind === "column" ? target.column.column : target.property

/** How a match is written. */
export const matchSql = (context: Context, match: Pick<Match, "column" | "values" | "negated">): string => {
  const column = columnOf(context.index, match.column)
  const written = match.values.map((value) =>
    typeof value === "number"
      ? String(value)
      : typeof value === "boolean"
        ? String(value).toUpperCase()
        : column !== undefined && isNumeric(column) && /^-?\d+(?:\.\d+)?$/.test(String(value))
          ? String(value)
          : SqlText.text(context.dialect, String(value))
  )
  const sql = sqlOf(context.dialect, match.column)
  const [first] = written
  if (written.length === 1 && first !== undefined) return `${sql} ${match.negated ? "<>" : "="} ${first}`
  return `${sql} ${match.negated ? "NOT IN" : "IN"} (${written.join(", ")})`
}
