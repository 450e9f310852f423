/** The few statistics of the benchmarks. Pure. */

/** The middle of the values; NaN for none. */
export const median = (values: ReadonlyArray<number>): number => quantile(values, 0.5)

/** The value that `share` (0–1) of the values do not exceed; interpolated, NaN for none. */
export const quantile = (values: ReadonlyArray<number>, share: number): number => {
  const sorted = values.toSorted((one, other) => one - other)
  const position = (sorted.length - 1) * share
  const below = sorted[Math.floor(position)] ?? Number.NaN
  const above = sorted[Math.ceil(position)] ?? Number.NaN
  return below + (above - below) * (position - Math.floor(position))
}
