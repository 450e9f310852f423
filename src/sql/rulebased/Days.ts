/** Days as ISO 8601 dates, and calendar arithmetic on them. */
import type { Unit } from "./Calendar.ts"

export const pad = (value: number): string => String(value).padStart(2, "0")

const iso = (date: Date): string => date.toISOString().slice(0, 10)

const utc = (date: string): Date => new Date(`${date}T00:00:00Z`)

/** 2026-02-31 is not a day. */
export const isDay = (date: string): boolean => !Number.isNaN(utc(date).getTime()) && iso(utc(date)) === date

export const startOf = (date: string, unit: Unit): string => {
  const month = Number(date.slice(5, 7))
  if (unit === "day") return date
  if (unit === "week") return shift(date, "day", -((utc(date).getUTCDay() + 6) % 7))
  if (unit === "month") return `${date.slice(0, 7)}-01`
  return unit === "quarter" ? `${date.slice(0, 5)}${pad(month - ((month - 1) % 3))}-01` : `${date.slice(0, 4)}-01-01`
}

/** Months that are shorter end earlier: one month before 31 March is 28 February. */
export const shift = (date: string, unit: Unit, count: number): string => {
  const start = utc(date)
  if (unit === "day" || unit === "week") {
    return iso(new Date(start.getTime() + count * (unit === "day" ? 1 : 7) * 86_400_000))
  }
  const months = count * (unit === "month" ? 1 : unit === "quarter" ? 3 : 12)
  const first = new Date(Date.UTC(start.getUTCFullYear(), start.getUTCMonth() + months, 1))
  const lastDay = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate()
  first.setUTCDate(Math.min(start.getUTCDate(), lastDay))
  return iso(first)
}

export const calendar = (start: string, unit: Unit): { readonly from: string; readonly to: string } => ({
  from: start,
  to: shift(start, unit, 1)
})

/** How many days a period has; without end where one of its ends is open. */
export const daysOf = ({ from, to }: { readonly from: string | null; readonly to: string | null }): number =>
  from === null || to === null ? Number.POSITIVE_INFINITY : (Date.parse(to) - Date.parse(from)) / 86_400_000
