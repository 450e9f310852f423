/** From what is told of a gather and a question to the progress of MCP: one number that only grows. */
import type { ProgressEvent } from "../resources/Progress.ts"
import type { QueryStep } from "../query/QueryEvents.ts"

/** The steps of a question after its gather. */
export const querySteps = 3

/**
 * Listeners that tell `servers + steps` in all: one for each server that was gathered, and one for each step. A server's
 * share grows with what has come in; it is told by hundredths, since there may be thousands of resources. A server that is
 * started over, or a statement that is written again, is not told twice.
 */
export const make = (
  servers: number,
  steps: number,
  tell: (progress: number, total: number, message: string) => void
): { readonly gather: (event: ProgressEvent) => void; readonly step: (step: QueryStep) => void } => {
  const shares = new Map<string, number>()
  const total = servers + steps
  let told = 0
  const report = (progress: number, message: string) => {
    const rounded = Math.round(progress * 100) / 100
    if (rounded <= told) return
    told = rounded
    tell(rounded, total, message)
  }
  return {
    gather: (event) => {
      const share = Math.max(shareOf(event), shares.get(event.server) ?? 0)
      shares.set(event.server, share)
      report(
        [...shares.values()].reduce((sum, one) => sum + one, 0),
        `${event.server}: ${wordsOf(event)}`
      )
    },
    step: (step) => report(servers + stepOf[step._tag], stepWords(step))
  }
}

// -----------------------------------------------------------------------------
// internals

/** Of one server's part. */
const shareOf = (event: ProgressEvent): number => {
  switch (event._tag) {
    case "Connected":
      return 0.1
    case "Listed":
      return 0.2
    case "Read":
      return 0.2 + (0.7 * event.done) / Math.max(1, event.total)
    case "Introspected":
      return 0.95
    case "Gathered":
      return 1
  }
}

const wordsOf = (event: ProgressEvent): string => {
  switch (event._tag) {
    case "Connected":
      return "connected"
    case "Listed":
      return `${counted(event.resources, "resource")} listed`
    case "Read":
      return `${event.done} of ${event.total} resources read`
    case "Introspected":
      return counted(event.tables, "table")
    case "Gathered":
      return `gathered in ${event.durationMs} ms`
  }
}

const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? "" : "s"}`

const stepOf: { readonly [Tag in QueryStep["_tag"]]: number } = {
  Resolved: 1,
  SqlGenerated: 2,
  SqlRejected: 2,
  SqlFailed: 2,
  Executed: querySteps
}

const stepWords = (step: QueryStep): string => {
  switch (step._tag) {
    case "Resolved":
      return `${counted(step.mentions.length, "name")} recognised`
    case "SqlGenerated":
      return `statement written by ${step.generator}`
    case "SqlRejected":
      return "statement refused"
    case "SqlFailed":
      return "statement failed"
    case "Executed":
      return `${counted(step.rowCount, "row")} from ${step.server}`
  }
}
