/** Whose a column, a deed or a condition is: never somebody else's who is merely related. */
import { assert, describe, it } from "@effect/vitest"
import { asking, column, date, key, refused, sqlOf, texts } from "./Asking.ts"

const practice = asking(
  {},
  {
    schema: {
      tables: {
        towns: { columns: [key("town_id"), texts("town_name", "Hull")] },
        doctors: {
          columns: [
            key("doctor_id"),
            texts("doctor_name", "Ada Stone"),
            key("supervisor_id", "doctors.doctor_id"),
            key("town_id", "towns.town_id"),
            column("fee", "REAL")
          ]
        },
        patients: {
          columns: [
            key("patient_id"),
            texts("patient_name", "Ben Moss"),
            column("phone"),
            key("doctor_id", "doctors.doctor_id"),
            date("birth_date"),
            date("member_since")
          ]
        },
        stays: {
          columns: [
            key("stay_id"),
            key("patient_id", "patients.patient_id"),
            key("attending_id", "doctors.doctor_id"),
            date("admitted_on"),
            column("bed_no", "INTEGER"),
            column("score", "REAL")
          ]
        },
        bills: {
          columns: [
            key("bill_id"),
            key("stay_id", "stays.stay_id"),
            column("amount", "REAL"),
            texts("status", "open", "paid"),
            date("issued_on"),
            date("due_on"),
            date("paid_on")
          ]
        },
        reservations: { columns: [key("reservation_id"), date("booked_at"), date("reserved_for")] }
      }
    }
  }
)

describe("a column, a deed and a name", () => {
  it("are not those of whoever is related", () => {
    refused(
      practice,
      "phone of Ada Stone",
      "When was Ada Stone admitted?",
      "Who admitted Ben Moss?",
      "average doctor score",
      "doctor with the oldest patient"
    )
    assert.match(sqlOf(practice, "phone of Ben Moss"), /patients\.phone FROM patients WHERE patients\.patient_name/)
    assert.match(sqlOf(practice, "Who is Ben Moss?"), /patients\.patient_name = 'Ben Moss'/)
  })

  it("stay with what they stand behind, whatever clause follows", () => {
    assert.match(
      sqlOf(practice, "doctors in Hull with patients"),
      /JOIN towns ON towns\.town_id = doctors\.town_id WHERE towns\.town_name = 'Hull' AND doctors\.doctor_id IN/
    )
  })
})

describe("by", () => {
  it("says who did it, and not whose it is", () => {
    refused(practice, "bills paid by Ada Stone")
    assert.match(sqlOf(practice, "stays of Ben Moss"), /patients\.patient_name = 'Ben Moss'/)
  })
})

describe("and", () => {
  it("goes on with what stands before it, or is refused", () => {
    refused(
      practice,
      "doctors without a supervisor and patients",
      "doctors without a supervisor and a town",
      "patients with a phone and a doctor"
    )
    assert.match(sqlOf(practice, "doctors without a supervisor"), /supervisor_id IS NULL/)
  })
})

describe("a time", () => {
  it("that is still to come is on no date that lies behind", () => {
    refused(practice, "bills next week", "upcoming bills", "reservations tomorrow")
    assert.match(sqlOf(practice, "bills due next week"), /due_on >= '2026-11-23'/)
  })

  it("of a state is that state's own, where it has one", () => {
    refused(practice, "paid bills per month")
    assert.match(sqlOf(practice, "bills paid per month"), /bills\.paid_on IS NOT NULL GROUP BY/)
  })

  it("since when somebody is a member is not when they were born", () => {
    assert.match(sqlOf(practice, "patients born after 1990"), /birth_date >= '1991-01-01'/)
    assert.match(sqlOf(practice, "patients since 1990"), /member_since >= '1990-01-01'/)
  })
})

it("the largest is none by a fee or a number on a door", () => {
  refused(practice, "largest doctor", "largest stay")
  assert.match(sqlOf(practice, "largest bill"), /ORDER BY bills\.amount DESC/)
})

describe("a name behind a table that only joins", () => {
  const library = (joining: string) =>
    asking(
      {},
      {
        schema: {
          tables: {
            books: { columns: [key("id"), column("title")] },
            authors: { columns: [key("id"), texts("first_name", "Ada"), texts("last_name", "Quist")] },
            [joining]: { columns: [key("book_id", "books.id"), key("author_id", "authors.id")] }
          }
        }
      }
    )

  it("is that of who made it, where the table is called by both", () => {
    for (const question of ["Books by Ada Quist", "What books do we have by Ada Quist?", "Books of Ada Quist"]) {
      const sql = sqlOf(library("book_authors"), question)
      assert.include(sql, "authors.first_name = 'Ada' AND authors.last_name = 'Quist'", question)
      assert.include(sql, "books.id IN (SELECT book_authors.book_id", question)
    }
    refused(library("favourites"), "Books by Ada Quist")
  })
})
