/** From where to where: what origins and destinations are called, and a place that is the one or the other. */
import { nameWords } from "../../grounding/NameWords.ts"
import { stepsTo } from "./Paths.ts"
import type { Item } from "./Reading.ts"
import { isLabel, type SchemaIndex } from "./SchemaIndex.ts"

export type Direction = "from" | "to"

const directions: Readonly<Record<Direction, ReadonlySet<string>>> = {
  from: new Set("from departure origin source sender start".split(" ")),
  to: new Set("to arrival destination target receiver end".split(" "))
}

export const isDirection = (word: string | undefined): word is Direction => word === "from" || word === "to"

/** Whether the words that a column is called by say that it is where something comes from, or goes to. */
export const saysDirection = (words: ReadonlyArray<string>, direction: Direction): boolean =>
  words.some((word) => directions[direction].has(word))

const nounBefore = (items: ReadonlyArray<Item>, at: number): string | undefined =>
  items
    .slice(0, at)
    .flatMap((one) =>
      one.kind === "name" ? one.meanings.flatMap((meaning) => (meaning.kind === "table" ? [meaning.table] : [])) : []
    )
    .at(-1)

/** "admissions to Oncology": the department of that name, and not those whose doctor has such a specialty. */
export const withPlaces = (index: SchemaIndex, items: ReadonlyArray<Item>): ReadonlyArray<Item> =>
  items.map((item, at) => {
    const isInside = item.before.some((word) => /^(?:in|to|at|on)$/.test(word))
    if (item.kind !== "name" || !isInside || item.meanings.length < 2) return item
    const noun = nounBefore(items, at)
    if (noun === undefined) return item
    const columns = item.meanings.flatMap((one) => (one.kind === "value" ? [one.column] : []))
    const isOwn = columns.some(({ table }) => table === noun)
    const named = item.meanings.filter(
      (one) =>
        one.kind === "value" && isLabel(index, one.column) && stepsTo(index, noun, one.column.table)?.length === 1
    )
    const labels = columns.filter((one) => isLabel(index, one))
    const isOnly = columns.length === item.meanings.length && labels.length === 1 && named.length === 1
    return isOnly && !isOwn ? { ...item, meanings: named } : item
  })

/** "flights from Oslo to Bergen", of an origin_city and a destination_city: each is a value of the one that is said. */
export const withDirections = (index: SchemaIndex, items: ReadonlyArray<Item>): ReadonlyArray<Item> =>
  items.map((item, at) => {
    const direction = item.before.find(isDirection)
    if (direction === undefined || item.kind !== "name") return item
    const noun = nounBefore(items, at)
    const places = item.meanings.filter(
      (one) =>
        one.kind === "value" &&
        noun !== undefined &&
        (one.column.table === noun || stepsTo(index, noun, one.column.table) !== null)
    )
    const isPair = (["from", "to"] as const).every((side) =>
      places.some((one) => one.kind === "value" && saysDirection(nameWords(one.column.column), side))
    )
    const said = places.filter((one) => one.kind === "value" && saysDirection(nameWords(one.column.column), direction))
    return isPair && said.length === 1 ? { ...item, meanings: said } : item
  })
