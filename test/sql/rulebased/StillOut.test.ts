/** What still goes on, where only its end is kept: loans that have not come back, stays without a discharge. */
import { assert, describe, it } from "@effect/vitest"
import { asking, column, date, key, refused, sqlOf, texts } from "./Asking.ts"

const library = asking(
  {},
  {
    schema: {
      tables: {
        books: { columns: [key("id"), texts("title", "The Long Road")] },
        members: { columns: [key("id"), texts("name", "Ada Moss")] },
        loans: {
          columns: [
            key("id"),
            key("book_id", "books.id"),
            key("member_id", "members.id"),
            date("borrowed_on"),
            date("due_on"),
            date("returned_on")
          ]
        },
        checkouts: {
          columns: [
            key("id"),
            key("book_id", "books.id"),
            date("checked_out_on"),
            date("due_date"),
            date("returned_on")
          ]
        },
        leases: {
          columns: [key("id"), key("book_id", "books.id"), date("returned_on"), texts("status", "open", "cancelled")]
        }
      }
    }
  }
)

const hospital = asking(
  {},
  {
    schema: {
      tables: {
        wards: { columns: [key("id"), texts("name", "Oak")] },
        patients: { columns: [key("id"), column("name"), date("born_on")] },
        admissions: {
          columns: [
            key("id"),
            key("patient_id", "patients.id"),
            key("ward_id", "wards.id"),
            date("admitted_on"),
            date("discharged_on")
          ]
        },
        bills: {
          columns: [
            key("id"),
            key("patient_id", "patients.id"),
            key("admission_id", "admissions.id"),
            column("total", "REAL")
          ]
        }
      }
    }
  }
)

it("overdue checkouts are those that are due and not back, whatever day they went out", () => {
  assert.include(
    sqlOf(library, "How many checkouts are overdue right now?"),
    "WHERE checkouts.due_date < '2026-11-22' AND checkouts.returned_on IS NULL"
  )
})

describe("What still goes on", () => {
  const open = "loans.returned_on IS NULL AND loans.borrowed_on < '2026-11-23'"
  const inside = "admissions.discharged_on IS NULL AND admissions.admitted_on < '2026-11-23'"

  it("is on loan what has not come back, whoever has it", () => {
    for (const question of [
      "What books does Ada Moss have on loan?",
      "Which books are out on loan?",
      "List the books on loan"
    ]) {
      assert.include(sqlOf(library, question), open)
    }
    assert.include(sqlOf(library, "What books does Ada Moss have on loan?"), "members.name = 'Ada Moss'")
    refused(library, "Which books are on lease?", "Which books were on loan in May?")
  })

  it("is admitted who has come and has not left, also where the ward is said", () => {
    for (const question of [
      "Which patients are currently admitted?",
      "How many admitted patients are there?",
      "Which patients are admitted in Oak?",
      "How many patients are admitted per ward?"
    ]) {
      assert.include(sqlOf(hospital, question), inside, question)
    }
    assert.notInclude(sqlOf(hospital, "How many patients were admitted in May?"), "discharged_on IS NULL")
  })

  it("refuses bills of admitted patients, which are not those of their stay", () => {
    refused(hospital, "What is the average bill of admitted patients?")
  })
})
