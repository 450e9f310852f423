/** What is not counted, added up or ranked by, although the words of a question would allow it. */
import { assert, describe, it } from "@effect/vitest"
import { asking, column, date, key, refused, sqlOf, texts, time } from "./Asking.ts"

const league = asking(
  {},
  {
    schema: {
      tables: {
        clubs: { columns: [key("id"), texts("name", "Eastbay")] },
        managers: {
          columns: [
            key("id"),
            texts("name", "Ina Moss"),
            column("nationality"),
            key("club_id", "clubs.id"),
            date("start_date"),
            date("end_date")
          ]
        },
        players: { columns: [key("id"), column("name"), key("club_id", "clubs.id")] },
        referees: { columns: [key("id"), column("name")] },
        matches: {
          columns: [
            key("id"),
            key("home_club_id", "clubs.id"),
            key("away_club_id", "clubs.id"),
            key("referee_id", "referees.id"),
            date("match_date"),
            texts("status", "scheduled", "played", "postponed")
          ]
        },
        goals: {
          columns: [
            key("id"),
            key("match_id", "matches.id"),
            key("player_id", "players.id"),
            texts("goal_type", "open play", "own goal")
          ]
        },
        cards: {
          columns: [
            key("id"),
            key("match_id", "matches.id"),
            key("player_id", "players.id"),
            texts("color", "yellow", "red")
          ]
        }
      }
    }
  }
)

const library = asking(
  {},
  {
    schema: {
      tables: {
        authors: { columns: [key("id"), column("name")] },
        books: { columns: [key("id"), column("title"), key("author_id", "authors.id"), column("price", "REAL")] },
        copies: {
          columns: [
            key("id"),
            key("book_id", "books.id"),
            column("barcode"),
            date("acquired_on"),
            texts("status", "here", "lost"),
            column("price_paid", "REAL")
          ]
        },
        members: {
          columns: [key("id"), column("name"), texts("kind", "adult", "child", "senior"), column("age", "INTEGER")]
        },
        loans: {
          columns: [key("id"), key("copy_id", "copies.id"), key("member_id", "members.id"), date("loan_date")]
        },
        fines: {
          columns: [key("id"), key("member_id", "members.id"), column("amount", "REAL"), column("waived", "BOOLEAN")]
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
        aircraft: { columns: [key("id"), column("tail_number"), column("model"), date("bought_on")] },
        flights: {
          columns: [
            key("id"),
            column("number"),
            key("aircraft_id", "aircraft.id"),
            time("departure"),
            column("delay_minutes", "INTEGER")
          ]
        },
        passengers: { columns: [key("id"), column("name")] },
        bookings: {
          columns: [key("id"), column("reference"), key("passenger_id", "passengers.id"), column("price", "REAL")]
        },
        payments: { columns: [key("id"), key("booking_id", "bookings.id"), date("paid_on"), column("status")] }
      }
    }
  }
)

const hospital = asking(
  {},
  {
    schema: {
      tables: {
        departments: { columns: [key("id"), column("name")] },
        doctors: { columns: [key("id"), column("name"), key("department_id", "departments.id")] },
        patients: { columns: [key("id"), column("name"), key("primary_doctor_id", "doctors.id")] },
        admissions: {
          columns: [key("id"), key("patient_id", "patients.id"), date("admitted_on"), date("discharged_on")]
        }
      }
    }
  }
)

describe("goals", () => {
  it("are none of the scorer's own where they are own ones, also where there are none or so many", () => {
    for (const question of ["Which players have never scored a goal?", "Which players scored more than one goal?"]) {
      assert.include(sqlOf(league, question), "goals.goal_type <> 'own goal'", question)
    }
  })

  it("may be so many of one match, or of all", () => {
    refused(league, "Which players have scored two or more goals in a single match?")
  })
})

describe("what has not taken place", () => {
  it("had neither goals nor cards, and is not meant", () => {
    refused(league, "Which matches had no goals?", "How many matches had no cards?")
  })
})

describe("whoever was something for a time", () => {
  it("is it no more when that has ended", () => {
    const sql = sqlOf(league, "Who is the manager of Eastbay?")
    assert.include(sql, "managers.start_date < '2026-11-23'")
    assert.include(sql, "managers.end_date IS NULL")
    refused(league, "Which clubs have no manager?", "Which clubs have an Italian manager?")
  })
})

describe("the most of something for each of something else", () => {
  it("is refused where each of these has one alone", () => {
    refused(league, "Which referee has the most cards per match?")
    refused(library, "Which author has the most copies per book?")
  })

  it("is not counted over what each row has one of", () => {
    refused(airline, "How many passengers per booking?")
  })
})

describe("two kinds", () => {
  it("are one number or two, also of averages and for each", () => {
    refused(library, "What is the average age of adult and senior members?")
    refused(league, "How many yellow and red cards per player?")
    assert.include(sqlOf(league, "How many red cards per player?"), "cards.color = 'red'")
  })
})

describe("what was bought", () => {
  it("is that by its own date, and not by when it was lent", () => {
    assert.include(sqlOf(library, "How many copies were bought in 2021?"), "copies.acquired_on >= '2021-01-01'")
    refused(library, "Which members bought copies?")
    refused(league, "Which clubs sold players?")
  })

  it("did not fly then, and was there before", () => {
    refused(airline, "Which aircraft flew in November 2026?", "How many aircraft did we have in 2023?")
    assert.include(sqlOf(airline, "Which aircraft were bought in 2023?"), "aircraft.bought_on >= '2023-01-01'")
  })
})

describe("a delay", () => {
  it("is no length of what was late", () => {
    refused(
      airline,
      "What is the longest flight?",
      "Which flights are longer than 60 minutes?",
      "Total minutes per aircraft"
    )
    assert.include(sqlOf(airline, "Which flights were delayed by more than 60 minutes?"), "flights.delay_minutes > 60")
  })
})

describe("what somebody earns or spends", () => {
  it("is what payments say, and not a price beside them", () => {
    refused(airline, "Which passenger spent the most money?")
  })
})

describe("a fine", () => {
  it("that was waived is none", () => {
    refused(library, "Which members have a fine?")
  })
})

describe("what is lost", () => {
  it("was not lost by whoever borrowed it once", () => {
    refused(library, "Which member lost a copy?", "Which members lost copies?")
    assert.include(sqlOf(library, "Which copies are lost?"), "copies.status = 'lost'")
  })
})

describe("different ones", () => {
  it("are told by their keys, and not by their names", () => {
    assert.notInclude(sqlOf(library, "How many different members borrowed a copy in 2026?"), "DISTINCT members.name")
  })
})

describe("a number", () => {
  it("is compared with another, and not with itself", () => {
    refused(library, "Which copies cost more than their book price?")
  })
})

describe("patients of a department", () => {
  it("are not those whose family doctor works there", () => {
    refused(hospital, "Number of patients per department", "Which department has the most patients?")
  })

  it("are in the hospital until they are discharged", () => {
    for (const question of [
      "How many patients are in the hospital?",
      "Which patients are in the hospital right now?"
    ]) {
      assert.include(sqlOf(hospital, question), "admissions.discharged_on IS NULL", question)
    }
    assert.notInclude(sqlOf(hospital, "How many doctors are in the hospital?"), "WHERE")
  })
})
