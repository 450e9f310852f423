/** How things are written. */

/** `1.5 MB`, powers of ten. */
export const bytes = (count: number): string => {
  const power = count < 1000 ? 0 : Math.min(4, Math.floor(Math.log10(count) / 3))
  const amount = count / 1000 ** power
  return `${power === 0 ? count : amount.toFixed(amount < 10 ? 1 : 0)} ${["B", "kB", "MB", "GB", "TB"][power] ?? "B"}`
}

/** `12 ms`, `1.2 s` */
export const duration = (milliseconds: number): string =>
  milliseconds < 1000 ? `${Math.round(milliseconds)} ms` : `${(milliseconds / 1000).toFixed(1)} s`

/** `1,234,567`. As `toLocaleString` has it, whose first call takes milliseconds of the first view to load its data. */
export const grouped = (count: number): string => String(count).replaceAll(/\B(?=(?:\d{3})+$)/g, ",")

/** `1 table`, `2 tables` */
export const counted = (count: number, one: string, many = `${one}s`): string =>
  `${grouped(count)} ${count === 1 ? one : many}`

/** `1,234 names, the first 500 are shown` */
export const cut = (count: number, one: string, most: number): string =>
  count > most ? `${counted(count, one)}, the first ${most} are shown` : counted(count, one)

/** A value as one line of text. */
export const shown = (value: unknown): string =>
  typeof value === "string" ? value : typeof value === "bigint" ? String(value) : toJson(value)

/** JSON in which an integer beyond 2^53 keeps its digits as text. */
export const toJson = (value: unknown, indent?: number): string =>
  JSON.stringify(value, (_, part: unknown) => (typeof part === "bigint" ? String(part) : part), indent) ?? ""

export const isRecord = (value: unknown): value is { readonly [key: string]: unknown } =>
  typeof value === "object" && value !== null && !Array.isArray(value)

export const isNumber = (value: unknown): value is number | bigint =>
  typeof value === "number" || typeof value === "bigint"
