/** Durations as texts that may stand in the configuration file. Pure. */
import * as Duration from "effect/Duration"

/** In the largest unit that leaves a whole number: "5 seconds", "1 minute", "1500 millis". */
export const from = (duration: Duration.Duration): string => {
  for (const [unit, convert] of units) {
    const amount = convert(duration)
    if (amount >= 1 && Number.isInteger(amount)) return `${amount} ${amount === 1 ? unit.slice(0, -1) : unit}`
  }
  return `${Duration.toMillis(duration)} millis`
}

const units = [
  ["days", Duration.toDays],
  ["hours", Duration.toHours],
  ["minutes", Duration.toMinutes],
  ["seconds", Duration.toSeconds]
] as const
