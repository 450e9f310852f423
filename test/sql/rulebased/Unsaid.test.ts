/** What a question leaves unsaid: roles on the way, the time of what was recorded, and states that were passed through. */
import { assert, describe, it } from "@effect/vitest"
import { asking, column, date, key, refused, sqlOf, texts, time } from "./Asking.ts"

const library = asking(
  {},
  {
    schema: {
      tables: {
        authors: { columns: [key("id"), texts("name", "Ina Moss")] },
        books: { columns: [key("id"), texts("title", "The Long Road")] },
        book_authors: {
          columns: [key("book_id", "books.id"), key("author_id", "authors.id"), texts("role", "author", "translator")]
        },
        copies: { columns: [key("id"), key("book_id", "books.id"), column("barcode"), texts("state", "here", "lost")] },
        loans: { columns: [key("id"), key("copy_id", "copies.id"), date("loaned_on")] },
        members: {
          columns: [key("id"), column("name"), texts("membership_type", "adult", "child", "senior")]
        }
      }
    }
  }
)

const airline = asking(
  {},
  {
    schema: {
      tables: {
        airports: { columns: [key("id"), column("name"), column("country")] },
        flights: {
          columns: [
            key("id"),
            column("number"),
            texts("status", "scheduled", "departed", "landed", "cancelled"),
            time("scheduled_departure"),
            time("actual_departure")
          ]
        },
        passengers: { columns: [key("id"), column("full_name"), time("created_at")] },
        tickets: { columns: [key("id"), key("passenger_id", "passengers.id"), time("checked_in_at")] },
        crew: { columns: [key("id"), texts("name", "Fiona First"), column("manager_no", "INTEGER")] },
        jobs: { columns: [key("id"), column("lead_mechanic", "INTEGER"), date("started_on")] }
      }
    }
  }
)

const hospital = asking(
  {},
  {
    schema: {
      tables: {
        departments: { columns: [key("id"), texts("name", "Pediatrics")] },
        doctors: { columns: [key("id"), column("name"), key("department_id", "departments.id")] },
        patients: {
          columns: [key("id"), column("first_name"), texts("last_name", "Weber"), key("family_doctor_id", "doctors.id")]
        },
        diagnoses: { columns: [key("id"), key("patient_id", "patients.id"), column("name")] },
        bills: {
          columns: [
            key("id"),
            key("patient_id", "patients.id"),
            column("total_amount", "REAL"),
            column("paid_amount", "REAL"),
            date("paid_on")
          ]
        },
        medicines: { columns: [key("id"), column("name"), column("stock", "INTEGER")] },
        customers: { columns: [key("id"), column("name"), texts("status", "active", "closed")] },
        meters: {
          columns: [key("id"), key("customer_id", "customers.id"), column("status"), date("next_calibration_on")]
        }
      }
    }
  }
)

describe("a role on the way", () => {
  it("is not passed over", () => {
    refused(
      library,
      "Who wrote The Long Road?",
      "Which books did Ina Moss write?",
      "Which author has the most books?",
      "Which books have more than one author?"
    )
    refused(hospital, "How many patients are in Pediatrics?")
  })

  it("is no person where it is a number", () => {
    refused(airline, "List all mechanics", "Who are the managers?", "Who is the manager of Fiona First?")
  })
})

describe("things that were lent", () => {
  it("may be counted once or as often as they were", () => {
    refused(library, "How many books were borrowed in 2026?", "How many books did we lend in 2026?")
  })
})

describe("several kinds", () => {
  it("are counted each, and two of them together or each", () => {
    const sql = sqlOf(library, "How many adult, child and senior members are there?")
    assert.include(sql, "GROUP BY members.membership_type")
    refused(library, "How many adult and child members are there?")
  })

  it("are counted once each where they are different", () => {
    assert.include(sqlOf(hospital, "How many different diagnoses are there?"), "COUNT(DISTINCT diagnoses.name)")
  })
})

describe("a time", () => {
  it("is that of what was done, and not when it was planned", () => {
    assert.include(sqlOf(airline, "Which flights departed today?"), "flights.actual_departure >=")
    assert.include(sqlOf(airline, "Which flights depart today?"), "flights.scheduled_departure >=")
  })

  it("is not when something was used or recorded", () => {
    refused(
      airline,
      "How many tickets did we sell this year?",
      "How many passengers did we carry this year?",
      "How many passengers did we have last month?"
    )
  })

  it("is asked for by when", () => {
    const sql = sqlOf(hospital, "When is the meter due for calibration?")
    assert.include(sql, "SELECT meters.next_calibration_on FROM meters")
  })
})

describe("a state", () => {
  it("that is passed through is no state of all that were in it", () => {
    refused(airline, "How many flights have departed?")
  })

  it("of others is not that of rows whose own lists no values", () => {
    refused(hospital, "How many active meters are there?")
    assert.include(sqlOf(hospital, "How many active customers are there?"), "customers.status = 'active'")
  })
})

const league = asking(
  {},
  {
    schema: {
      tables: {
        clubs: { columns: [key("id"), column("name", "TEXT", { values: ["Eastbay"] })] },
        coaches: { columns: [key("id"), column("name"), key("club_id", "clubs.id"), date("dismissed_on")] },
        matches: {
          columns: [key("id"), time("kickoff"), texts("status", "played", "postponed"), key("club_id", "clubs.id")]
        },
        cards: {
          columns: [
            key("id"),
            key("match_id", "matches.id"),
            texts("colour", "yellow", "red"),
            column("rescinded", "BOOLEAN")
          ]
        }
      }
    }
  }
)

describe("what each has one of", () => {
  it("is no number to go by", () => {
    refused(league, "Which coach has had the most clubs?")
  })
})

describe("a share", () => {
  it("of some is not the share that they are of all", () => {
    refused(library, "What percentage of lost copies had loans?")
    assert.include(sqlOf(library, "percentage of lost copies"), "CASE WHEN copies.state = 'lost' THEN 100.0")
  })
})

describe("what does not count any more", () => {
  it("is told before it is counted, averaged or named", () => {
    refused(league, "How many yellow cards are there?", "average number of cards per match")
    assert.include(sqlOf(league, "How many coaches do we have?"), "IS NULL")
    assert.include(sqlOf(league, "Who is the coach of Eastbay?"), "IS NULL")
    assert.include(sqlOf(league, "How many cards are rescinded?"), "cards.rescinded")
  })
})

describe("what is dropped", () => {
  it("would change what is asked", () => {
    refused(airline, "Which countries do we fly to?", "Which airports do we fly from?")
    refused(hospital, "What is our stock worth?", "How much did Weber pay?")
  })
})
