/** Times that a question leaves open, and words and ways that are not what they look like. */
import { assert, describe, it } from "@effect/vitest"
import { asking, column, date, key, number, refused, sqlOf, texts, time } from "./Asking.ts"

const warehouse = asking(
  {},
  {
    schema: {
      tables: {
        dim_date: { columns: [key("date_key"), date("full_date"), number("year"), number("quarter"), number("month")] },
        dim_plane: {
          columns: [
            key("id"),
            column("plane_name"),
            column("registration"),
            column("type_name"),
            date("in_service_date")
          ]
        },
        dim_passenger: {
          columns: [key("id"), column("full_name"), texts("loyalty_tier", "none", "silver", "gold")]
        },
        dim_route: { columns: [key("id"), texts("route_code", "LHR-CDG"), texts("haul_type", "short", "long")] },
        dim_hangar: { columns: [key("id"), number("bays"), date("in_service_date")] },
        fact_flight: {
          columns: [
            key("id"),
            key("hangar_id", "dim_hangar.id"),
            key("date_key", "dim_date.date_key"),
            key("plane_id", "dim_plane.id"),
            texts("status", "flown", "cancelled")
          ]
        },
        fact_booking: {
          columns: [
            key("id"),
            key("flight_id", "fact_flight.id"),
            key("passenger_id", "dim_passenger.id"),
            key("booking_date_key", "dim_date.date_key"),
            key("travel_date_key", "dim_date.date_key"),
            column("fare", "REAL")
          ]
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
        flights: { columns: [key("id"), texts("flight_number", "VE501"), time("scheduled_departure")] },
        bookings: {
          columns: [key("id"), key("flight_id", "flights.id"), time("booked_at"), number("bags"), column("seat")]
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
        branches: { columns: [key("id"), texts("name", "East")] },
        books: { columns: [key("id"), column("title"), number("published_year"), date("added_on")] },
        copies: {
          columns: [key("id"), key("book_id", "books.id"), key("branch_id", "branches.id"), column("barcode")]
        },
        borrowers: {
          columns: [
            key("id"),
            column("first_name"),
            texts("last_name", "Lee"),
            date("birth_date"),
            key("home_branch_id", "branches.id"),
            texts("account_status", "active", "blocked")
          ]
        },
        checkouts: {
          columns: [
            key("id"),
            key("copy_id", "copies.id"),
            key("borrower_id", "borrowers.id"),
            time("checked_out_at"),
            date("due_date"),
            date("return_date"),
            texts("status", "out", "returned")
          ]
        },
        fines: { columns: [key("id"), key("borrower_id", "borrowers.id"), column("amount", "REAL")] }
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
        nurses: { columns: [key("id"), column("name"), key("ward_id", "wards.id")] },
        doctors: { columns: [key("id"), texts("name", "Raj Singh")] },
        patients: { columns: [key("id"), texts("name", "Liam Ash"), date("birth_date")] },
        admissions: {
          columns: [
            key("id"),
            key("patient_id", "patients.id"),
            key("ward_id", "wards.id"),
            key("doctor_id", "doctors.id"),
            time("admitted"),
            time("discharged"),
            column("room"),
            column("diagnosis")
          ]
        },
        procedures: {
          columns: [key("id"), key("admission_id", "admissions.id"), key("surgeon_id", "doctors.id"), column("kind")]
        }
      }
    }
  }
)

const league = asking(
  {},
  {
    schema: {
      tables: {
        coaches: { columns: [key("id"), column("name")] },
        teams: { columns: [key("id"), texts("name", "Inter"), key("coach_id", "coaches.id"), number("capacity")] },
        players: { columns: [key("id"), column("name"), key("team_id", "teams.id")] },
        rents: {
          columns: [key("id"), column("paid_amount", "REAL"), column("charged", "REAL"), column("fine_paid", "BOOLEAN")]
        }
      }
    }
  }
)

describe("of two dates", () => {
  it("none is taken, and least of all one of something else", () => {
    refused(warehouse, "How many bookings were made this year?", "Total fare last year", "Bookings per month")
    assert.include(sqlOf(warehouse, "How many flights were there in 2025?"), "dim_date.full_date >= '2025-01-01'")
  })

  it("a book's year is the one that is said", () => {
    refused(library, "Books from 1982", "Which books are from before 1900?")
    assert.include(sqlOf(library, "Which books were published before 1900?"), "books.published_year < 1900")
    assert.include(sqlOf(library, "Which books were added in 2025?"), "books.added_on >= '2025-01-01'")
  })
})

describe("a day behind a name", () => {
  it("is that of what is named", () => {
    for (const question of [
      "How many bags were on flight VE501 on 12 October 2026?",
      "Show the bookings of flight VE501 on 12 October 2026"
    ]) {
      assert.include(sqlOf(airline, question), "flights.scheduled_departure >= '2026-10-12'", question)
    }
    assert.include(sqlOf(airline, "How many bookings for flight VE501 in October 2026?"), "bookings.booked_at >=")
  })
})

describe("a calendar", () => {
  it("has its quarters by number in one year, and the same months in every year", () => {
    assert.include(sqlOf(warehouse, "How many flights are there per quarter in 2025?"), "GROUP BY dim_date.quarter")
    refused(warehouse, "Which month had the most flights?")
  })
})

describe("what is not done yet", () => {
  it("may have been done before", () => {
    refused(hospital, "Which patients have not been discharged yet?")
  })

  it("is due, and has not come back", () => {
    for (const question of ["Which checkouts are due today?", "Which checkouts are due this week?"]) {
      assert.include(sqlOf(library, question), "checkouts.return_date IS NULL", question)
    }
  })
})

describe("a word that belongs to the one before it", () => {
  it("is no value by itself", () => {
    refused(library, "Which copies have never been checked out?")
    refused(warehouse, "How long is the route LHR-CDG?", "Passengers with no show bookings")
  })

  it("is no state of whoever has the thing", () => {
    refused(library, "Active checkouts", "How many active checkouts are there?")
    assert.include(sqlOf(library, "How many active borrowers are there?"), "borrowers.account_status = 'active'")
  })

  it("is no value where the column has one that says none", () => {
    refused(warehouse, "Passengers without a loyalty tier")
  })

  it("asks for something else at the end, and for all of them", () => {
    refused(hospital, "What was Liam Ash admitted for?")
  })

  it("is no age behind which something else stands", () => {
    refused(library, "Borrowers with more than 10 in fines")
  })
})

describe("a column", () => {
  it("is no flag, no year and no size of what it does not say", () => {
    refused(
      league,
      "Rents with a fine",
      "Rents charged this year",
      "Which team has the largest squad?",
      "Show the squad of Inter"
    )
    assert.include(sqlOf(league, "Which team has the largest capacity?"), "ORDER BY teams.capacity DESC")
  })
})

describe("a way", () => {
  it("is by the key of what was done, and not over what both belong to", () => {
    refused(library, "Which books were borrowed by Lee?", "Checkouts of borrowers of East")
    refused(hospital, "Patients who had a procedure by Raj Singh")
  })

  it("is gone more than once by some", () => {
    refused(hospital, "Doctors with more than 10 patients", "Patients with more than one ward")
  })
})

describe("rows of each", () => {
  it("are named and not counted where they are asked for", () => {
    refused(hospital, "Which nurses does each ward have?", "List the nurses of each ward")
    assert.include(sqlOf(hospital, "How many nurses does each ward have?"), "COUNT(*)")
  })

  it("are of a type, and not of one of those that have it", () => {
    refused(warehouse, "Which plane type has the most flights?")
  })

  it("of now are told by what has no end", () => {
    refused(hospital, "Which room is Liam Ash in?")
  })
})

describe("what is shown", () => {
  it("is the registration of a plane, too", () => {
    assert.match(sqlOf(warehouse, "List all planes"), /^SELECT dim_plane\.plane_name, dim_plane\.registration FROM/)
  })

  it("is whoever plays, and not who coaches", () => {
    assert.include(sqlOf(league, "Who plays for Inter?"), "SELECT players.name")
  })
})
