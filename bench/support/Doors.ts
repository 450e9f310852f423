/** What `bench/serve.ts` and the servers that it starts tell each other. */
import { fileURLToPath } from "node:url"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import * as Child from "./Child.ts"

/**
 * What listens: Node's own server; `serve` over an orchestrator that answers at once; or `serve` as it is, over servers of
 * which the first one has a database.
 */
export type Given =
  | { readonly kind: "bare" }
  | { readonly kind: "empty" }
  | {
      readonly kind: "serve"
      readonly urls: ReadonlyArray<string>
      readonly orchestration: { readonly [key: string]: unknown }
    }

const Usage = Schema.Struct({ port: Schema.Int, cpuMs: Schema.Finite, rssBytes: Schema.Int })
export type Usage = typeof Usage.Type

export interface Listening {
  readonly url: string
  /** CPU since its start; resident memory now, after a garbage collection. */
  readonly usage: Effect.Effect<Usage, Child.BenchError>
}

/** In a process of its own, which ends with the scope. */
export const open = Effect.fnUntraced(function* (program: string, given: Given) {
  const child = yield* Child.start(program, [JSON.stringify(given)])
  const usage = child.ask({ order: "usage" }, Usage)
  const { port } = yield* usage
  const listening: Listening = { url: `http://127.0.0.1:${port}`, usage }
  return listening
})

/** Autocannon's own figures: milliseconds of latency. */
const Shot = Schema.fromJsonString(
  Schema.Struct({
    latency: Schema.Struct({ p50: Schema.Finite, p97_5: Schema.Finite, p99: Schema.Finite }),
    requests: Schema.Struct({ total: Schema.Int }),
    errors: Schema.Int,
    timeouts: Schema.Int,
    non2xx: Schema.Int
  })
)

/** Installed apart from this project's own dependencies, with what else others ask the API with. */
const cannon = `${fileURLToPath(new URL("../../test/http/generated/", import.meta.url))}node_modules/autocannon/autocannon.js`

/** So many POSTs of this body over so many connections, by autocannon, a process of its own. */
export const shoot = (url: string, body: object, load: { readonly connections: number; readonly requests: number }) =>
  Effect.flatMap(
    Child.output(cannon, [
      "--json",
      "-m",
      "POST",
      "-H",
      "content-type=application/json",
      "-b",
      JSON.stringify(body),
      "-c",
      String(load.connections),
      "-a",
      String(load.requests),
      "-t",
      "120",
      url
    ]),
    (output) => Effect.orDie(Schema.decodeEffect(Shot)(output))
  )
