/** What came later than it should, what is still open, and in which order rows are listed. */
import { assert, describe, it } from "@effect/vitest"
import { asking, column, date, key, refused, sqlOf, texts } from "./Asking.ts"

const railway = asking(
  {},
  {
    schema: {
      tables: {
        lines: { columns: [key("id"), column("name"), texts("kind", "business", "commuter"), column("fare", "REAL")] },
        trips: {
          columns: [
            key("id"),
            key("line_id", "lines.id"),
            column("scheduled_departure", "TIMESTAMP"),
            column("actual_departure", "TIMESTAMP"),
            column("delay_minutes", "INTEGER"),
            texts("status", "planned", "completed", "cancelled")
          ]
        },
        incidents: { columns: [key("id"), column("title"), date("reported_on"), date("resolved_on")] },
        people: { columns: [key("id"), column("first_name"), column("last_name")] }
      }
    }
  }
)

describe("a delay", () => {
  it("is compared however it is said", () => {
    for (const question of [
      "trips more than 10 minutes late",
      "trips that were delayed by more than 10 minutes",
      "trips over 10 minutes late in 2026"
    ]) {
      assert.include(sqlOf(railway, question), "trips.delay_minutes > 10", question)
    }
    assert.include(sqlOf(railway, "trips that were over an hour late"), "trips.delay_minutes > 60")
  })

  it("is of nothing that has none", () => {
    refused(railway, "incidents more than 10 minutes late", "trips more than 10 kilos late", "trips delayed by 10")
  })
})

describe("a time that was planned, and when it was", () => {
  it("is the one that also those have that did not take place", () => {
    assert.include(
      sqlOf(railway, "How many trips were cancelled last month?"),
      "trips.scheduled_departure >= '2026-10-01' AND trips.scheduled_departure < '2026-11-01'"
    )
  })
})

describe("what is open", () => {
  it("has no date at which it was resolved", () => {
    for (const question of ["open incidents", "Which incidents are still open?"]) {
      assert.include(sqlOf(railway, question), "WHERE incidents.resolved_on IS NULL", question)
    }
  })

  it("is not told of what has a state", () => {
    refused(railway, "open trips")
  })
})

describe("an order that is said by itself", () => {
  it("is by the one name, date or price that rows have", () => {
    assert.include(sqlOf(railway, "business lines in alphabetical order"), "ORDER BY lines.name ASC")
    assert.include(sqlOf(railway, "business lines, cheapest first"), "ORDER BY lines.fare ASC")
    assert.include(sqlOf(railway, "incidents, newest first"), "ORDER BY incidents.reported_on DESC")
  })

  it("is refused where there are several, or none", () => {
    refused(railway, "people in alphabetical order", "people, newest first", "Which lines, in order?")
  })
})
