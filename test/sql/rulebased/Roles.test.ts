/** In what role somebody is named, whose day and whose place is meant, and how often something was done. */
import { assert, describe, it } from "@effect/vitest"
import { asking, column, date, key, number, refused, sqlOf, texts } from "./Asking.ts"

const library = asking(
  { terms: { veterans: "members.joined_on < '2000-01-01'", "open holds": "holds.status = 'waiting'" } },
  {
    schema: {
      tables: {
        branches: {
          columns: [
            key("id"),
            texts("name", "Central", "Riverside"),
            number("floor"),
            date("opened_on"),
            date("closed_on")
          ]
        },
        members: {
          columns: [
            key("id"),
            column("first_name"),
            texts("last_name", "Keller", "Hughes"),
            texts("category", "adult", "child"),
            key("home_branch_id", "branches.id"),
            date("joined_on")
          ]
        },
        books: {
          columns: [
            key("id"),
            texts("title", "Dune", "Emma"),
            texts("genre", "Children"),
            number("year_published"),
            date("acquired_on")
          ]
        },
        copies: { columns: [key("id"), key("book_id", "books.id"), key("branch_id", "branches.id")] },
        loans: {
          columns: [
            key("id"),
            key("copy_id", "copies.id"),
            key("member_id", "members.id"),
            key("return_branch_id", "branches.id"),
            date("loaned_on"),
            date("returned_on"),
            number("days_late")
          ]
        },
        holds: {
          columns: [
            key("id"),
            key("book_id", "books.id"),
            key("member_id", "members.id"),
            date("placed_on"),
            texts("status", "waiting", "cancelled")
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
        airports: { columns: [key("id"), texts("name", "Oslo", "Faro"), date("opened_on")] },
        routes: {
          columns: [key("id"), key("origin_airport_id", "airports.id"), key("destination_airport_id", "airports.id")]
        },
        aircraft: { columns: [key("id"), texts("name", "Puffin", "Heron"), key("base_airport_id", "airports.id")] },
        flights: {
          columns: [
            key("id"),
            key("route_id", "routes.id"),
            key("aircraft_id", "aircraft.id"),
            date("scheduled_departure"),
            number("delay_minutes"),
            texts("status", "landed", "cancelled")
          ]
        },
        bookings: { columns: [key("id"), key("flight_id", "flights.id"), date("booked_on"), number("fare")] },
        doctors: { columns: [key("id"), column("first_name"), column("last_name")] },
        passengers: { columns: [key("id"), column("first_name"), texts("last_name", "Hughes")] }
      }
    }
  }
)

describe("a role", () => {
  it("is said behind whoever has it", () => {
    for (const question of [
      "Which members have Riverside as their home branch?",
      "members with Riverside as home branch"
    ])
      assert.include(
        sqlOf(library, question),
        "members.home_branch_id IN (SELECT branches.id FROM branches WHERE branches.name = 'Riverside')"
      )
  })

  it("is where somebody is based", () => {
    assert.include(
      sqlOf(airline, "Which aircraft are based at Oslo?"),
      "aircraft.base_airport_id IN (SELECT airports.id FROM airports WHERE airports.name = 'Oslo')"
    )
  })

  it("of what is brought back is not that of the loan", () => {
    assert.notInclude(sqlOf(library, "How many loans per branch?"), "return_branch_id")
    const returned = sqlOf(library, "How many loans were returned to Central in 2025?")
    assert.include(returned, "loans.return_branch_id IN")
    assert.include(returned, "loans.returned_on >= '2025-01-01'")
    refused(library, "How many copies were returned to Central?")
  })

  it("from where or to where may be that of the route", () => {
    for (const question of ["flights from Oslo to Faro in 2025", "flights out of Oslo into Faro in 2025"]) {
      const sql = sqlOf(airline, question)
      assert.include(sql, "routes.origin_airport_id IN (SELECT airports.id FROM airports WHERE airports.name = 'Oslo')")
      assert.include(
        sql,
        "routes.destination_airport_id IN (SELECT airports.id FROM airports WHERE airports.name = 'Faro')"
      )
    }
  })
})

describe("how often", () => {
  it("counts what the verb records", () => {
    for (const question of ["How often has Dune been borrowed?", "How many times was Dune borrowed?"])
      assert.match(
        sqlOf(library, question),
        /^SELECT COUNT\(\*\) .* FROM loans JOIN copies .* WHERE books\.title = 'Dune'/
      )
    refused(library, "How often do members borrow?")
  })

  it("may be asked at the end", () => {
    assert.match(sqlOf(library, "loans of Dune in 2025 - how many?"), /^SELECT COUNT\(\*\) .* FROM loans/)
  })
})

describe("a term of the users", () => {
  it("is a noun by itself where it is said of many", () => {
    assert.match(sqlOf(library, "How many veterans do we have?"), /^SELECT COUNT\(\*\) .* FROM members/)
    assert.match(sqlOf(library, "List the veterans"), /^SELECT members\.first_name/)
  })

  it("tells the state that is asked for", () => {
    assert.match(
      sqlOf(library, "How many open holds are there right now?"),
      /^SELECT COUNT\(\*\) .* WHERE \(holds\.status = 'waiting'\)/
    )
  })
})

describe("the oldest", () => {
  it("was made first, and did not come first", () => {
    assert.include(sqlOf(library, "Which book is the oldest?"), "ORDER BY books.year_published ASC")
    assert.include(sqlOf(library, "Which book was acquired earliest?"), "ORDER BY books.acquired_on ASC")
    refused(library, "Which is the newest book?", "books older than 100 years")
  })

  it("is as old as its year says", () => {
    assert.include(sqlOf(library, "When was Dune published?"), "books.year_published")
  })
})

describe("a time", () => {
  it("is not that of another thing", () => {
    refused(airline, "When did Puffin open?", "Bookings on flights in December 2026")
  })

  it("of what was done ends today, whatever stands between", () => {
    assert.include(sqlOf(library, "members who borrowed Dune this year"), "loans.loaned_on < '2026-11-23'")
    assert.include(sqlOf(library, "branches opened since 2000"), "branches.opened_on < '2026-11-23'")
    refused(library, "loans made and returned in 2026")
  })

  it("of what is open begins before today", () => {
    assert.include(sqlOf(library, "How many branches are open?"), "branches.opened_on < '2026-11-23'")
  })
})

describe("what is left open", () => {
  it("is the worst of what is ill, several on one floor, and children among books", () => {
    refused(
      airline,
      "Worst delay in 2026",
      "Aircraft with the best average delay",
      "Which passengers are called Dr Hughes?"
    )
    assert.match(
      sqlOf(airline, "Aircraft that flew no flights in 2026"),
      /NOT IN \(SELECT flights\.aircraft_id FROM flights WHERE .*flights\.status = 'landed'/
    )
    assert.include(sqlOf(airline, "Which passengers are called Hughes?"), "passengers.last_name = 'Hughes'")
    refused(library, "branches on the top floor", "How many children do we have?")
  })

  it("is nothing that both sides of vs compare", () => {
    assert.match(sqlOf(airline, "Landed flights: Puffin vs. Heron"), /GROUP BY aircraft\.name|GROUP BY aircraft\.id/)
  })
})
