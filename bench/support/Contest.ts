/** Clients that take turns, so that what else the machine does meets all of them alike. */
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import * as Child from "./Child.ts"
import { median, quantile } from "./Statistics.ts"

/** A client program and the servers it gathers from. */
export interface Entrant {
  readonly name: string
  readonly program: string
  readonly urls: ReadonlyArray<string>
}

export interface Effort {
  /** Times each connects. */
  readonly connects: number
  /** Gathers before the measured ones, and the measured ones. */
  readonly warmUps: number
  readonly rounds: number
  /** A client that has been measured for so long measures no more; one round it has in any case. */
  readonly budgetMs: number
  /** By name, who gathers on until it has so many, for its memory afterwards. */
  readonly gathers: { readonly [name: string]: number }
}

/** Milliseconds and megabytes (10^6). */
export interface Result {
  readonly name: string
  readonly connect: number
  readonly gather: number
  readonly p95: number
  readonly rounds: number
  readonly cpu: number
  readonly sockets: number
  readonly socketsPerServer: number
  readonly rssIdle: number
  readonly rssEnd: number
  /** Of all gathers, the first one too. */
  readonly gathers: number
}

const Usage = Schema.Struct({
  cpuMs: Schema.Finite,
  rssBytes: Schema.Int,
  sockets: Schema.Int,
  socketsPerServer: Schema.Int
})

/** Each in a process of its own. Fails if one does not gather `resources`. */
export const run = Effect.fnUntraced(
  function* (entrants: ReadonlyArray<Entrant>, resources: (entrant: Entrant) => number, effort: Effort) {
    const players = yield* Effect.forEach(entrants, (entrant) => prepare(entrant, resources(entrant)))
    for (let round = 0; round < effort.connects; round += 1) {
      for (const player of turned(players, round)) yield* player.connect
    }
    for (let round = 0; round < effort.warmUps; round += 1) {
      for (const player of turned(players, round)) if (player.spent() < effort.budgetMs) yield* player.warmUp
    }
    for (const player of players) yield* player.begin
    for (let round = 0; round < effort.rounds; round += 1) {
      for (const player of turned(players, round)) {
        if (round === 0 || player.spent() < effort.budgetMs) yield* player.measure
      }
    }
    for (const player of players) yield* player.end
    for (const player of players) {
      while (player.gathers() < (effort.gathers[player.name] ?? 0)) yield* player.warmUp
      // At once: a process that idles for seconds gives memory back.
      yield* player.last
    }
    return yield* Effect.forEach(players, (player) => player.result)
  },
  (effect) => Effect.scoped(effect)
)

/** Another one begins each round: whoever comes after a heavy one has its garbage to bear. */
const turned = <A>(players: ReadonlyArray<A>, round: number): ReadonlyArray<A> => {
  const start = round % players.length
  return [...players.slice(start), ...players.slice(0, start)]
}

const prepare = Effect.fnUntraced(function* ({ name, program, urls }: Entrant, resources: number) {
  const child = yield* Child.start(program)
  const usage = child.ask({ order: "usage" }, Usage)
  const connects: Array<number> = []
  const samples: Array<number> = []
  let spent = 0
  let gathers = 0
  let rssIdle = 0
  let before = yield* usage
  let after = before
  let last = before

  const gather = Effect.gen(function* () {
    const timed = yield* child.ask({ order: "gather" }, Child.Timed)
    gathers += 1
    spent += timed.ms
    if (timed.resources !== resources) {
      return yield* new Child.BenchError({
        message: `${name} gathered ${timed.resources} of ${resources} resources`
      })
    }
    return timed.ms
  })
  return {
    name,
    spent: () => spent,
    gathers: () => gathers,
    connect: Effect.gen(function* () {
      if (connects.length > 0) yield* child.ask({ order: "close" }, Child.Timed)
      connects.push((yield* child.ask({ order: "connect", urls }, Child.Timed)).ms)
      if (connects.length === 1) rssIdle = (yield* usage).rssBytes
    }),
    warmUp: Effect.asVoid(gather),
    begin: Effect.map(usage, (now) => {
      before = now
      spent = 0
    }),
    measure: Effect.map(gather, (ms) => void samples.push(ms)),
    end: Effect.map(usage, (now) => void (after = now)),
    last: Effect.map(usage, (now) => void (last = now)),
    result: Effect.sync((): Result => ({
      name,
      connect: median(connects),
      gather: median(samples),
      p95: quantile(samples, 0.95),
      rounds: samples.length,
      cpu: (after.cpuMs - before.cpuMs) / samples.length,
      sockets: last.sockets,
      socketsPerServer: last.socketsPerServer,
      rssIdle: rssIdle / 1e6,
      rssEnd: last.rssBytes / 1e6,
      gathers
    }))
  }
})
