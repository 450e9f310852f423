/**
 * Two years of orders up to a given day. Each day is generated from its own seed: the same day holds the same
 * orders whenever the demo is started, and every day has at least one, so "this month" is never empty.
 */
import { channels, customers, products } from "./DemoData.ts"

export interface OrderItem {
  readonly productId: number
  readonly quantity: number
  readonly unitPrice: number
}

export interface Order {
  readonly id: number
  readonly customerId: number
  /** ISO 8601 date. */
  readonly date: string
  readonly status: string
  readonly channel: string
  readonly items: ReadonlyArray<OrderItem>
}

/**
 * From the first day of the month 24 months before `today` up to `today`, oldest first.
 * `today` is an ISO 8601 date; orders of the last week are still pending.
 */
export const ordersUntil = (today: string): ReadonlyArray<Order> => {
  const last = epochDay(today)
  const first = firstDay(today)
  const orders: Array<Order> = []
  for (let day = first; day <= last; day++) {
    const next = random(day)
    // More before the winter holidays, so that the months differ visibly.
    const month = new Date(day * dayMs).getUTCMonth()
    const count = 1 + Math.floor(next() * (month >= 10 ? 5 : 3))
    for (let index = 0; index < count; index++) {
      orders.push(order(orders.length + 1, day, last - day, next))
    }
  }
  return orders
}

const dayMs = 86_400_000

const epochDay = (date: string): number => Math.floor(new Date(`${date}T00:00:00Z`).getTime() / dayMs)

const firstDay = (today: string): number => {
  const date = new Date(`${today}T00:00:00Z`)
  return Math.floor(Date.UTC(date.getUTCFullYear() - 2, date.getUTCMonth(), 1) / dayMs)
}

const order = (id: number, day: number, age: number, next: () => number): Order => {
  const items: Array<OrderItem> = []
  const wanted = 1 + Math.floor(next() * 3)
  for (let line = 0; line < wanted; line++) {
    // Squaring favours the front of the list: real shops have best sellers.
    const product = products[Math.floor(next() ** 1.5 * products.length)]
    if (product === undefined || items.some((item) => item.productId === product.id)) continue
    const discounted = next() < 0.1
    items.push({
      productId: product.id,
      quantity: 1 + Math.floor(next() ** 2 * 5),
      unitPrice: discounted ? Math.floor(product.price * 0.9 * 4) / 4 : product.price
    })
  }
  const cancelled = next() < 0.05
  return {
    id,
    customerId: 1 + Math.floor(next() * customers.length),
    date: new Date(day * dayMs).toISOString().slice(0, 10),
    status: cancelled ? "cancelled" : age < 7 ? "pending" : "completed",
    channel: channels[Math.floor(next() ** 2 * channels.length)] ?? "web",
    items
  }
}

/** Mulberry32 (Tommy Ettinger, public domain): small, and equal on every machine. */
const random = (seed: number): (() => number) => {
  let state = Math.imul(seed, 0x9e3779b1)
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
