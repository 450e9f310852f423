/** Generated configurations, in the shape of the file, and texts made from them. */
import { Arbitrary, Schema } from "effect"

const word = Schema.String.check(Schema.isPattern(/^[a-z][a-z0-9_]{0,8}$/u))
const sentence = Schema.String.check(Schema.isPattern(/\S/u), Schema.isMaxLength(20))
const amount = Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 60 }))
const duration = Schema.Struct({ amount, unit: Schema.Literals(["millis", "seconds", "minutes"]) })

const Server = Schema.Struct({
  id: word,
  name: sentence,
  host: word,
  query: Schema.Boolean,
  domains: Schema.Array(sentence).check(Schema.isMinLength(1), Schema.isMaxLength(3)),
  capabilities: Schema.Array(word).check(Schema.isMinLength(1), Schema.isMaxLength(2)),
  header: Schema.optionalKey(Schema.String.check(Schema.isPattern(/^[\t\x20-\x7e]{0,12}$/u))),
  enabled: Schema.optionalKey(Schema.Boolean),
  connect_timeout: Schema.optionalKey(duration),
  max_concurrency: Schema.optionalKey(amount),
  rate: Schema.optionalKey(Schema.NullOr(amount))
})

const Generated = Schema.Struct({
  servers: Schema.Array(Server).check(Schema.isMinLength(1), Schema.isMaxLength(6)),
  log_level: Schema.optionalKey(Schema.Literals(["DEBUG", "info", "Warning"])),
  gather_timeout: Schema.optionalKey(duration),
  fuzzy: Schema.optionalKey(Schema.Boolean),
  attempts: Schema.optionalKey(amount),
  pages: Schema.optionalKey(amount),
  dialect: Schema.optionalKey(Schema.Literals(["sqlite", "postgres", "mysql"])),
  shuffle: Schema.Int
})
type Generated = typeof Generated.Type

export type Table = { readonly [key: string]: unknown }

export interface GeneratedDocument {
  /** Valid: ids and priorities are unique, the first server is enabled. */
  readonly document: { readonly mcp_servers: { readonly [id: string]: Table }; readonly orchestration: Table }
  /** For whatever else is to be random. */
  readonly seed: number
}

const text = ({ amount, unit }: typeof duration.Type) => `${amount} ${unit}`

const present = (table: Table): Table =>
  Object.fromEntries(Object.entries(table).filter(([, value]) => value !== undefined))

const toDocument = (generated: Generated): GeneratedDocument => ({
  document: {
    mcp_servers: Object.fromEntries(
      generated.servers.map((server, index) => [
        `${server.id}_${index}`,
        present({
          name: server.name.toWellFormed(),
          url: `http://${server.host}.example/sse${server.query ? "?page=1" : ""}`,
          priority: 1 + ((index * 37 + Math.abs(generated.shuffle % 900)) % 999),
          domains: server.domains.map((domain) => domain.toWellFormed()),
          capabilities: server.capabilities,
          transport: "sse",
          headers: server.header === undefined ? undefined : { "X-Header": server.header },
          enabled: index === 0 ? undefined : server.enabled,
          connect_timeout: server.connect_timeout && text(server.connect_timeout),
          max_concurrency: server.max_concurrency,
          rate_limit: typeof server.rate === "number" ? { requests: server.rate, per: "1 second" } : server.rate
        })
      ])
    ),
    orchestration: present({
      log_level: generated.log_level,
      gather_timeout: generated.gather_timeout && text(generated.gather_timeout),
      resolution: generated.fuzzy === undefined ? undefined : { fuzzy: generated.fuzzy },
      retry: generated.attempts === undefined ? undefined : { attempts: generated.attempts },
      limits: generated.pages === undefined ? undefined : { pages: generated.pages },
      query: generated.dialect === undefined ? undefined : { dialect: generated.dialect }
    })
  },
  seed: generated.shuffle
})

export const documents = Arbitrary.map(Arbitrary.schema(Generated), toDocument)

/** Numbers from 0 to `limit - 1`, the same for the same seed. */
export const random = (seed: number) => {
  let state = (seed ^ 0x9e3779b9) >>> 0
  return (limit: number): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 2 ** 32) * limit)
  }
}

export const shuffled = <A>(items: ReadonlyArray<A>, next: (limit: number) => number): ReadonlyArray<A> => {
  const keyed = items.map((item) => ({ item, key: next(1_000_000) }))
  return keyed.toSorted((a, b) => a.key - b.key).map(({ item }) => item)
}

const marks = [
  "{",
  "}",
  "[",
  "]",
  ":",
  "-",
  "#",
  "&",
  "*",
  "!",
  "|",
  ">",
  "'",
  '"',
  "%",
  "@",
  "`",
  "?",
  ",",
  "\t",
  "\n",
  " ",
  "${",
  "<<",
  "---\n"
]

/** The text with one mistake such as people make: something lost, put in, doubled, moved or indented wrongly. */
export const mistaken = (original: string, next: (limit: number) => number): string => {
  const lines = original.split("\n")
  const line = next(lines.length)
  const at = next(original.length)
  switch (next(6)) {
    case 0:
      return original.slice(0, at) + original.slice(at + 1 + next(3))
    case 1:
      return original.slice(0, at) + (marks[next(marks.length)] ?? "") + original.slice(at)
    case 2:
      return lines.toSpliced(line, 0, lines[line] ?? "").join("\n")
    case 3:
      return lines.toSpliced(line, 1).join("\n")
    case 4:
      return lines.with(line, `${" ".repeat(1 + next(3))}${lines[line] ?? ""}`).join("\n")
    default:
      return lines.with(line, (lines[line] ?? "").replace(/^ {1,3}/, "")).join("\n")
  }
}
