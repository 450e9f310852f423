/**
 * The runner's memory. Only the runner may decide it: V8's flags hold for the whole process. The runner begins with
 * `keepSmall`; a command that goes on until it is told to end calls `serve` first.
 */

/**
 * For one command: keeps the heap small. What a gather leaves behind is garbage at once, and V8 would sooner take 200 MB more
 * than collect it. One gather takes no longer; hundreds in a row take about a third of the memory, and more CPU
 * (`docs/benchmarks.md`).
 */
export const keepSmall = (): void => {
  // The young generation does not grow, the old one by a fifth at most between two collections.
  set("--semi-space-growth-factor=1", "--heap-growing-percent=20")
  // Two of V8's four compilers: their code outweighs what it saves in a life this short.
  set("--no-sparkplug", "--no-maglev")
}

/** For a command that serves: it lives long enough for all compilers, and for a young generation that grows. */
export const serve = (): void => {
  set("--semi-space-growth-factor=2", "--heap-growing-percent=50")
  set("--sparkplug", "--maglev")
}

const set = (...flags: ReadonlyArray<string>): void => {
  const { setFlagsFromString } = process.getBuiltinModule("node:v8")
  for (const flag of flags) setFlagsFromString(flag)
}
