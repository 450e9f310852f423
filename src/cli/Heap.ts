/** The runner's memory. Only the runner may decide it: V8's flags hold for the whole process. */
import { nodeBuiltin } from "../NodeBuiltin.ts"

/**
 * Keeps the heap small: what a gather leaves behind is garbage at once, and V8 would sooner take 200 MB more than
 * collect it. One gather takes no longer; hundreds in a row take about a third of the memory, and more CPU
 * (`docs/benchmarks.md`).
 */
export const keepSmall = (): void => {
  const { setFlagsFromString } = nodeBuiltin("node:v8")
  // The young generation does not grow, the old one by a fifth at most between two collections.
  setFlagsFromString("--semi-space-growth-factor=1")
  setFlagsFromString("--heap-growing-percent=20")
  // Two of V8's four compilers: their code outweighs what it saves in a life this short.
  setFlagsFromString("--no-sparkplug")
  setFlagsFromString("--no-maglev")
  // One function of PostgreSQL's parser takes V8's optimising compiler 0.6 GB for a second, once, which ends a process in
  // a small container; its parses take 0.02 ms longer without.
  setFlagsFromString("--no-wasm-dynamic-tiering")
  setFlagsFromString("--no-wasm-tier-up")
}
