/**
 * The runner's memory. Only the runner may decide it: V8's flags hold for the whole process. The runner begins with
 * `keepSmall`; a command that goes on until it is told to end calls `serve` first.
 */
import { nodeBuiltin } from "../NodeBuiltin.ts"

/**
 * For one command: keeps the heap small. What a gather leaves behind is garbage at once, and V8 would sooner take 200 MB more
 * than collect it. One gather takes no longer; hundreds in a row take about a third of the memory, and more CPU
 * (`docs/benchmarks.md`).
 */
export const keepSmall = (): void => {
  // The young generation does not grow, the old one by a fifth at most between two collections.
  set("--semi-space-growth-factor=1")
  set("--heap-growing-percent=20")
  // V8's compilers: their code, and the room they take to make it, outweigh what they save in a life this short. The one that
  // optimises most is there for whoever lives longer.
  set("--no-sparkplug")
  set("--no-maglev")
  set("--no-turbofan")
  setTimeout(optimise, shortLifeMs).unref()
  // One function of PostgreSQL's parser takes V8's optimising compiler 0.6 GB for a second, once, which ends a process in
  // a small container; its parses take 0.02 ms longer without.
  set("--no-wasm-dynamic-tiering")
  set("--no-wasm-tier-up")
}

/** For a command that computes more than it fetches: at once what others get when they turn out to live long. */
export const optimise = (): void => set("--turbofan")

/** Longer than a gather from ten servers takes, and short beside a gather of thousands of resources. */
const shortLifeMs = 1000

/** Bytes of the young generation, both halves, of a command that serves: it pays up to here, and is memory beyond. */
const youngBytes = 16 * 2 ** 20

/**
 * For a command that serves: it lives long enough for two compilers more (with the second one a gather takes three quarters of
 * the CPU, and 7 MB), and gathers often enough that a young generation of the smallest size would cost it as much CPU again.
 * V8 takes an upper bound only before the process starts, so that growing is let on and off; it shrinks by itself when
 * nothing happens.
 */
export const serve = (): void => {
  set("--sparkplug")
  set("--maglev")
  optimise()
  let grows = false
  setInterval(() => {
    const isSmall = youngSize() < youngBytes
    if (isSmall === grows) return
    grows = isSmall
    set(`--semi-space-growth-factor=${grows ? 2 : 1}`)
  }, 20).unref()
}

const youngSize = (): number =>
  v8.getHeapSpaceStatistics().find(({ space_name: name }) => name === "new_space")?.space_size ?? 0

const set = (flag: string): void => v8.setFlagsFromString(flag)

const v8 = nodeBuiltin("node:v8")
