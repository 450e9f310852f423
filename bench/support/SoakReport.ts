/** From a soak's record to its figures. Pure. */
import { machine, table } from "./Document.ts"
import type { Drops } from "./Drops.ts"
import type { Load } from "./FakeServers.ts"
import { figureTable, rounded, type Figure } from "./Figures.ts"
import type { GatherError } from "./SoakClient.ts"
import { median } from "./Statistics.ts"

/** How one gather went. */
export interface Outcome {
  readonly ms: number
  /** The server that was told to restart meanwhile. */
  readonly restarted: string | null
  /** A session was lost in the course of it. */
  readonly met: boolean
  /** 0 when it failed. */
  readonly resources: number
  readonly error: GatherError | null
}

/** What was held between two gathers. */
export interface Look {
  readonly sessions: number
  readonly sockets: number
  readonly heapMb: number
  readonly rssMb: number
}

export interface Soak {
  readonly gathers: Array<Outcome>
  readonly looks: Array<Look>
  /** The last gathers, and those of a young process that took turns with them, ms. */
  readonly late: Array<number>
  readonly control: Array<number>
}

export const progress = (gathers: number, { heapMb, rssMb, sessions, sockets }: Look): string =>
  `${gathers} gathers: ${sessions} sessions, ${sockets} sockets, heap ${rounded(heapMb)} MB, RSS ${rounded(rssMb)} MB`

/**
 * The figures to reach. A short run (`drops` is `null`) is a check for any machine: of its time much is spent while code
 * is still being compiled, which takes memory, so that its bounds are wider; and it has no absolute times.
 */
export const figures = (
  { control, gathers, late, looks }: Soak,
  drops: Drops | null,
  load: Load
): ReadonlyArray<Figure> => {
  const bounds = drops === null ? { heap: 1.4, time: 1.25 } : { heap: 1.1, time: 1.1 }
  const wrong = gathers.filter((outcome, index) => !isRight(outcome, gathers[index - 1], load))
  const sessions = looks.map((look) => look.sessions)
  const sockets = looks.map((look) => look.sockets)
  // Until then code is still being compiled.
  const settled = looks.slice(Math.ceil(looks.length / 5))
  const growth = (of: (look: Look) => number) => {
    const few = Math.max(1, Math.floor(settled.length / 4))
    return median(settled.slice(-few).map(of)) / median(settled.slice(0, few).map(of))
  }
  return [
    {
      what: "gathers neither complete nor one typed error that names the restarted server",
      atMost: 0,
      measured: wrong.length
    },
    { what: "sessions open, at most", atMost: load.servers, measured: Math.max(...sessions) },
    { what: "sessions open, at least", atLeast: load.servers, measured: Math.min(...sessions) },
    { what: "sockets to a server, on average, at most", atMost: 10, measured: Math.max(...sockets) / load.servers },
    {
      what: "heap after a collection, last quarter ÷ first",
      atMost: bounds.heap,
      measured: growth((look) => look.heapMb)
    },
    { what: "RSS after a collection, last quarter ÷ first", atMost: 1.2, measured: growth((look) => look.rssMb) },
    {
      what: `last ${late.length} gathers ÷ gathers 100–200 of a young process`,
      atMost: bounds.time,
      measured: median(late) / median(control)
    },
    ...(drops === null
      ? []
      : [
          { what: "a dropped stream fails what waits, p95", atMost: 50, measured: drops.failed, unit: " ms" },
          { what: "a session is there again, p95", atMost: 100, measured: drops.healed, unit: " ms" }
        ])
  ]
}

/** The whole section. */
export const document = (soak: Soak, all: ReadonlyArray<Figure>): string => {
  const { control, gathers, late } = soak
  const times = (from: number, to: number) => median(gathers.slice(from, to).map(({ ms }) => ms))
  const failed = gathers.filter(({ error }) => error !== null)
  return [
    "## Soak",
    "`npm run soak`",
    `Machine: ${machine()}.`,
    `Method: gathers one after another from 10 servers × 50 resources × 2 kB; in one of twenty a server chosen at random drops all its connections and forgets its sessions at a random moment.
Every 50 gathers the sessions and sockets are counted at the servers, and the memory after a garbage collection. The last 100 take turns with the gathers 100 to 200 of
a process that has just begun.`,
    figureTable(all),
    table(
      ["gathers", ""],
      [
        ["all", String(gathers.length)],
        ["told a server to restart", String(gathers.filter(({ restarted }) => restarted !== null).length)],
        ["met a lost session and healed", String(gathers.filter(({ error, met }) => met && error === null).length)],
        ["failed with one typed error", String(failed.length)],
        ["median of 100–200", `${rounded(times(100, 200))} ms`],
        [`median of the last ${late.length}`, `${rounded(median(late))} ms`],
        ["median of the young process beside them", `${rounded(median(control))} ms`]
      ]
    )
  ].join("\n\n")
}

/** Complete; or failed because of a server that restarted in this gather, or too late for the one before. */
const isRight = (outcome: Outcome, before: Outcome | undefined, { resources, servers }: Load): boolean =>
  outcome.error === null
    ? outcome.resources === resources * servers
    : [outcome.restarted, before?.restarted].includes(outcome.error.server)
