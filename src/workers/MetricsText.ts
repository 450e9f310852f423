/** The metrics of several processes as one text, in Prometheus' text format: every series with the worker it is of. */

/** The text of each worker, by its number. A family's help and type are said once, and its series stand together. */
export const merge = (texts: ReadonlyArray<readonly [worker: number, text: string]>): string => {
  const families = new Map<string, { readonly head: Array<string>; readonly series: Array<string> }>()
  for (const [worker, text] of texts) {
    let current = ""
    for (const line of text.split("\n")) {
      if (line === "") continue
      const named = /^# (?:HELP|TYPE) (\S+)/.exec(line)?.[1]
      if (named !== undefined) current = named
      const family = families.get(current) ?? { head: [], series: [] }
      families.set(current, family)
      if (!line.startsWith("#")) family.series.push(labelled(line, worker))
      else if (!family.head.includes(line)) family.head.push(line)
    }
  }
  return [...families.values()].flatMap(({ head, series }) => [...head, ...series, ""]).join("\n")
}

// -----------------------------------------------------------------------------
// internals

/** `name{a="b"} 1` and `name 1` with the label first. A name has no brace and no space in it. */
const labelled = (line: string, worker: number): string => {
  const end = line.search(/[{ ]/)
  const rest = line.slice(end)
  const label = `worker="${worker}"`
  return line.slice(0, end) + (rest.startsWith("{") ? `{${label},${rest.slice(1)}` : `{${label}}${rest}`)
}
