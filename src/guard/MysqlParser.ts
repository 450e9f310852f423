/**
 * `sqlparser-rs` with its MySQL dialect, as WebAssembly (`@guanmingchiu/sqlparser-ts`).
 *
 * Two kilobytes of SQL can overflow its stack. The overflow is a trap, and after it that instance answers everything
 * with one. So the lexical wall caps the operators of a statement far below what overflows, the parser's own recursion
 * is limited below what takes it exponential time, and after a trap the instance is given up for a new one. The
 * package's own `init` gives no second instance; its generated module does, once for each URL it is imported by.
 */
import * as Effect from "effect/Effect"
import * as Predicate from "effect/Predicate"
import { readFile } from "node:fs/promises"
import { createRequire } from "node:module"
import { pathToFileURL } from "node:url"
import { loading, type ParserUnavailable } from "./Parsed.ts"
import { parserPackages } from "./ParserPackages.ts"
import { refuse, type SqlRefusal } from "./SqlRefusal.ts"

/** The list of statements that the parser reads, as its syntax trees; fails where it cannot parse. */
export const parseTree: (sql: string) => Effect.Effect<unknown, SqlRefusal | ParserUnavailable> = Effect.fnUntraced(
  function* (sql) {
    const parse = yield* loading(parserPackages.mysql, () => instances.current())
    return yield* Effect.try({
      try: () => parse(sql),
      catch: (cause) => {
        // What is wrong with a statement comes as a plain object; an error is a trap.
        if (cause instanceof Error) instances.giveUp(parse)
        const said = Predicate.hasProperty(cause, "message") && !(cause instanceof Error) ? String(cause.message) : ""
        return refuse("syntax", said === "" ? "MySQL's parser gave up" : said.replace(/^sql parser error: /, ""))
      }
    })
  }
)

// -----------------------------------------------------------------------------
// internals
// -----------------------------------------------------------------------------

type Parse = (sql: string) => unknown

/** At 16 the slowest statement known takes 0.2 s, at 20 0.8 s, at 25 more than 10; gold statements need fewer. */
const options = { recursionLimit: 16 }

/** The one instance of this process. It holds nothing of the statements that it has read. */
class Instances {
  #current: Promise<Parse> | null = null
  #latest: Parse | null = null
  #made = 0

  current(): Promise<Parse> {
    this.#current ??= this.#make().catch((cause: unknown) => {
      this.#current = null
      throw cause
    })
    return this.#current
  }

  /** The next statement gets a new instance, unless it has one already. */
  giveUp(parse: Parse): void {
    if (parse === this.#latest) this.#current = null
  }

  async #make(): Promise<Parse> {
    const entry = pathToFileURL(createRequire(import.meta.url).resolve(parserPackages.mysql))
    const module = await readFile(new URL("../wasm/sqlparser_rs_wasm_bg.wasm", entry))
    this.#made += 1
    const generated: unknown = await import(new URL(`../wasm/sqlparser_rs_wasm.js?${this.#made}`, entry).href)
    if (
      !Predicate.hasProperty(generated, "initSync") ||
      !Predicate.isFunction(generated.initSync) ||
      !Predicate.hasProperty(generated, "parse_sql_with_options") ||
      !Predicate.isFunction(generated.parse_sql_with_options)
    ) {
      throw new Error("it is not the version that this program needs")
    }
    generated.initSync({ module })
    const { parse_sql_with_options: parse } = generated
    this.#latest = (sql) => parse("mysql", sql, options)
    return this.#latest
  }
}

const instances = new Instances()
