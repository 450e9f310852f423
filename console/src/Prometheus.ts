/** Reads what this process says of itself at `/metrics`, and estimates quantiles from its buckets. */

export interface Sample {
  readonly name: string
  readonly labels: { readonly [label: string]: string }
  readonly value: number
}

export const samples = (text: string): ReadonlyArray<Sample> =>
  text.split("\n").flatMap((line) => {
    const [, name, labels = "", value] = /^([\w:]+)(?:\{(.*)\})? (\S+)$/.exec(line) ?? []
    if (name === undefined || value === undefined) return []
    const pairs = [...labels.matchAll(/([\w.]+)="((?:[^"\\]|\\.)*)"/g)]
    return [
      {
        name,
        labels: Object.fromEntries(pairs.map(([, key = "", text = ""]) => [key, text.replaceAll(/\\(.)/g, "$1")])),
        value: value === "+Inf" ? Infinity : Number(value)
      }
    ]
  })

/** The sum of a metric by one of its labels, largest first. */
export const sumBy = (
  all: ReadonlyArray<Sample>,
  name: string,
  label: string
): ReadonlyArray<readonly [string, number]> => {
  const sums = new Map<string, number>()
  for (const { labels, name: found, value } of all) {
    const key = labels[label]
    if (found === name && key !== undefined && key !== "") sums.set(key, (sums.get(key) ?? 0) + value)
  }
  return [...sums].toSorted(([, one], [, other]) => other - one)
}

export const total = (all: ReadonlyArray<Sample>, name: string): number =>
  all.reduce((sum, sample) => (sample.name === name ? sum + sample.value : sum), 0)

/**
 * Seconds under which the share `quantile` of observations lies, linear inside a bucket as Prometheus'
 * `histogram_quantile`; `null` without observations. The last bucket has no end: its beginning is given.
 */
export const quantile = (
  buckets: ReadonlyArray<readonly [upTo: number, count: number]>,
  share: number
): number | null => {
  const sorted = buckets.toSorted(([one], [other]) => one - other)
  const count = sorted.at(-1)?.[1] ?? 0
  if (count === 0) return null
  const rank = share * count
  let lower = 0
  let below = 0
  for (const [upTo, cumulative] of sorted) {
    if (cumulative >= rank) {
      if (upTo === Infinity) return lower
      return lower + (upTo - lower) * (cumulative === below ? 1 : (rank - below) / (cumulative - below))
    }
    lower = upTo
    below = cumulative
  }
  return lower
}

/** The cumulative buckets of a histogram whose label has that value, its other labels summed. */
export const bucketsOf = (all: ReadonlyArray<Sample>, name: string, label: string, value: string) => {
  const sums = new Map<number, number>()
  for (const sample of all) {
    const { le } = sample.labels
    if (sample.name !== `${name}_bucket` || le === undefined || sample.labels[label] !== value) continue
    const upTo = le === "+Inf" ? Infinity : Number(le)
    sums.set(upTo, (sums.get(upTo) ?? 0) + sample.value)
  }
  return [...sums]
}
