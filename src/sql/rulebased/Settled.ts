/** What items are beside each other: rows of a table, two times of which more is asked, a time that lies behind, a longer name. */
import { phraseKeys, wordKey } from "../../grounding/NameWords.ts"
import type { Mention } from "../../resolution/ResolvedEntity.ts"
import { fold } from "../../text/Tokens.ts"
import { shift } from "./Days.ts"
import { timesAsked } from "./Often.ts"
import type { Item } from "./Reading.ts"

export const settle = (items: ReadonlyArray<Item>, today: string): ReadonlyArray<Item> => {
  const isAllPast = isOfPast(items)
  const bounded = items.map((item, at) =>
    isAllPast || isPast(items[at - 1]) || items.slice(0, at).some(isDeed) ? upTo(item, today) : item
  )
  return comparedOf(besideEntities(recordsOf(timesAsked(bounded))))
}

// ---------------------------------------------------------------------------------------------------------------------
// internals

/** "Did we sell more tickets in 2025 or in 2026?" compares them. */
const comparedOf = (items: ReadonlyArray<Item>): ReadonlyArray<Item> => {
  const more = items.findIndex(({ kind, text }) => kind === "unknown" && /^(?:more|fewer)$/i.test(text))
  const times = items.flatMap(({ kind }, at) => (kind === "range" ? [at] : []))
  const [first = -1, second = -1, ...others] = times
  const joint = items[first + 1]
  // "customers with more orders in 2026 than in 2025" are no two numbers of all.
  const isThan =
    joint?.kind === "unknown" && /^than$/i.test(joint.text) && !items.slice(0, Math.max(more, 0)).some(isTable)
  const isJoint = joint?.kind === "or" || isThan
  if (more < 0 || others.length > 0 || first < more || second !== first + 2 || !isJoint) return items
  return items.map((item, at) =>
    at === more ? { ...item, kind: "compare" } : at === first + 1 ? { ...item, kind: "and" } : item
  )
}

/** "sales records" are the rows of sales. */
const recordsOf = (items: ReadonlyArray<Item>): ReadonlyArray<Item> =>
  items.flatMap((item, at) => {
    const [last, next] = [items[at - 1], items[at + 1]]
    if (isRecords(item) && isTable(last)) return []
    return isTable(item) && isRecords(next)
      ? [{ ...item, text: `${item.text} ${next.text}`, tokens: [...item.tokens, ...next.tokens] }]
      : [item]
  })

const isRecords = (item: Item | undefined): item is Item =>
  item?.kind === "unknown" && item.before.length === 0 && /^(?:records?|rows|entries)$/i.test(item.text)

const isTable = (item: Item | undefined): item is Item & { readonly kind: "name" } =>
  item?.kind === "name" && item.meanings.some(({ kind }) => kind === "table")

/** "How many stays did we have each month this year?", "which have had none": what is planned is none yet. */
const isOfPast = (items: ReadonlyArray<Item>): boolean =>
  items.some(
    ({ before, kind, text }, at) =>
      kind === "with" &&
      /^ha(?:ve|s)$/i.test(text) &&
      (before.includes("did") || /^had\b/i.test(items[at + 1]?.text ?? ""))
  )

/** "that ended this year", "took place in 2026": what is still to come has not. */
const isPast = (item: Item | undefined): boolean =>
  (item?.kind === "verb" && /^(?:took place|taken place|happened|plays?)$/i.test(item.text)) ||
  (item?.kind === "name" &&
    item.isVerb === true &&
    !/ing$|^(?:scheduled|planned|expected|promised|estimated|required|requested|due|ends?|starts?|begins?|expires?|opens?|closes?|arrives?|departs?)\b/i.test(
      item.text
    ))

/** "patients admitted to Oncology this year": who is still to come has not been. */
const isDeed = (item: Item): boolean =>
  item.kind === "name" &&
  item.before.every((word) => !/^(?:be|to|are|is)$/.test(word)) &&
  /^(?:admitted|sold|bought|lent|borrowed|loaned|treated|hired|rented|delivered|visited|opened|started|ended|closed|operated|flown)$/i.test(
    item.text
  )

const upTo = (item: Item, today: string): Item => {
  const end = shift(today, "day", 1)
  const isOpenEnd =
    item.kind === "range" && (/^(?:before|by|until|till)\b/i.test(item.text) || (item.range.from ?? "") >= today)
  return item.kind === "range" &&
    !isOpenEnd &&
    (item.range.to === null || item.range.to > end) &&
    (item.range.from ?? "") < end
    ? { ...item, range: { ...item.range, to: end } }
    : item
}

/** "ember stove": a word of an entity's own name beside its alias belongs to it. */
const besideEntities = (items: ReadonlyArray<Item>): ReadonlyArray<Item> => {
  const joined: Array<Item> = []
  for (const item of items) {
    const last = joined.at(-1)
    if (
      last?.kind === "entities" &&
      item.kind === "unknown" &&
      isOwnWord(last.mention, item) &&
      item.before.length === 0
    ) {
      joined[joined.length - 1] = {
        ...last,
        text: `${last.text} ${item.text}`,
        tokens: [...last.tokens, ...item.tokens]
      }
    } else if (
      last?.kind === "unknown" &&
      item.kind === "entities" &&
      isOwnWord(item.mention, last) &&
      item.before.length === 0
    ) {
      joined[joined.length - 1] = {
        ...item,
        text: `${last.text} ${item.text}`,
        tokens: [...last.tokens, ...item.tokens],
        before: last.before
      }
    } else joined.push(item)
  }
  return joined
}

const isOwnWord = ({ resolution: { canonicalName, members } }: Mention, { text }: Item): boolean =>
  members.length === 0 && phraseKeys(canonicalName).includes(wordKey(fold(text)))
