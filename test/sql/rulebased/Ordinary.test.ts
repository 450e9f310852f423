/** What people ask in other words than the schema's, each kind on one schema. */
import { assert, describe, it } from "@effect/vitest"
import { asking, column, refused, sqlOf } from "./Asking.ts"

const school = asking(
  {},
  {
    schema: {
      tables: {
        teachers: { columns: [column("id", "INTEGER"), column("name"), column("hourly_rate", "REAL")] },
        lessons: {
          columns: [
            column("id", "INTEGER"),
            column("title"),
            column("subject", "TEXT", { values: ["music", "painting"] }),
            column("length_min", "INTEGER"),
            column("weight_kg", "REAL"),
            column("teacher_id", "INTEGER"),
            column("start_date", "DATE"),
            column("end_date", "DATE")
          ]
        },
        pupils: {
          columns: [
            column("id", "INTEGER"),
            column("name"),
            column("town", "TEXT", { values: ["York", "Hull"] }),
            column("email"),
            column("insured", "BOOLEAN"),
            column("joined_on", "DATE")
          ]
        },
        bookings: {
          columns: [
            column("id", "INTEGER"),
            column("pupil_id", "INTEGER"),
            column("lesson_id", "INTEGER"),
            column("price", "REAL"),
            column("booked_at", "DATETIME"),
            column("status", "TEXT", { values: ["booked", "cancelled"] })
          ]
        }
      },
      relationships: [
        { from: "lessons.teacher_id", to: "teachers.id" },
        { from: "bookings.pupil_id", to: "pupils.id" },
        { from: "bookings.lesson_id", to: "lessons.id" }
      ]
    }
  }
)

describe("what cannot be one step is refused", () => {
  it("the average of a number of rows", () => {
    refused(school, "Average number of bookings per pupil", "maximum number of bookings per pupil")
    assert.match(sqlOf(school, "total number of bookings"), /COUNT\(\*\)/)
  })

  it("several that are both grouped by and narrowed", () => {
    refused(school, "Total price of bookings by pupils from York")
    assert.match(sqlOf(school, "Total price of bookings by pupil in York"), /GROUP BY/)
  })

  it("a verb that is a status, too", () => {
    refused(school, "Which pupils have never booked a lesson?")
  })
})

it("words that only say that it is so by now, or whose it is, add nothing", () => {
  assert.match(sqlOf(school, "pupils with their email"), /^SELECT pupils\.name, pupils\.email FROM pupils LIMIT/)
  assert.match(sqlOf(school, "How many bookings are still cancelled?"), /status = 'cancelled'/)
})

it("a unit is no part of a column's name, and a preposition no column", () => {
  assert.match(sqlOf(school, "Total weight of lessons"), /SUM\(lessons\.weight_kg\)/)
  assert.match(sqlOf(school, "How many bookings are there on each lesson?"), /COUNT\(\*\) .*GROUP BY/)
})

describe("the verb of a date", () => {
  it("says which date a time is of", () => {
    assert.match(sqlOf(school, "How many pupils joined in 2025?"), /pupils\.joined_on >= '2025-01-01'/)
    assert.match(
      sqlOf(school, "Which lessons ended last month?"),
      /end_date >= '2026-10-01' AND .*end_date < '2026-11-01'/
    )
    assert.match(sqlOf(school, "lessons starting between March and June 2026"), /lessons\.start_date >= '2026-03-01'/)
    assert.match(sqlOf(school, "How many pupils joined each year?"), /%Y., pupils\.joined_on\).* GROUP BY/)
  })

  it("may be a value, too", () => {
    assert.match(
      sqlOf(school, "How many bookings were booked in 2026?"),
      /status = 'booked' AND bookings\.booked_at >= '2026-01-01'/
    )
  })

  it("is of one time only, and says nothing without one", () => {
    refused(school, "pupils who joined in 2025 in March", "Which lessons ended?", "pupils that paused in 2025")
  })
})
