/** What is called by a number and takes place on many days, and what is still to be done, or was done in vain. */
import { assert, describe, it } from "@effect/vitest"
import { asking, column, date, key, number, refused, sqlOf, texts, time } from "./Asking.ts"

const airline = asking(
  {},
  {
    schema: {
      tables: {
        timetable: {
          columns: [column("flight_no", "TEXT", { primary_key: true, values: ["XL501"] }), date("valid_from")]
        },
        flights: {
          columns: [
            key("id"),
            column("flight_no", "TEXT", { foreign_key: "timetable.flight_no" }),
            date("flight_date"),
            texts("delay_reason", "weather", "crew"),
            texts("status", "scheduled", "landed", "cancelled")
          ]
        },
        crew_members: {
          columns: [
            key("id"),
            column("first_name"),
            texts("last_name", "Ruiz"),
            texts("role", "captain", "purser"),
            column("salary", "REAL"),
            date("hired_on")
          ]
        },
        crew_assignments: {
          columns: [key("id"), key("flight_id", "flights.id"), key("crew_member_id", "crew_members.id")]
        },
        tickets: {
          columns: [
            key("id"),
            key("flight_id", "flights.id"),
            date("booking_date"),
            number("bags"),
            texts("status", "confirmed", "no_show")
          ]
        },
        payments: {
          columns: [
            key("id"),
            key("ticket_id", "tickets.id"),
            column("amount", "REAL"),
            texts("status", "paid", "failed")
          ]
        },
        clerks: { columns: [key("id"), column("name"), column("salary", "REAL"), date("hired_on"), date("left_on")] }
      }
    }
  }
)

const hospital = asking(
  {},
  {
    schema: {
      tables: {
        hospitals: { columns: [key("id"), texts("name", "Northgate")] },
        patients: { columns: [key("id"), texts("name", "Ada Novak"), date("birth_date")] },
        stays: {
          columns: [
            key("id"),
            key("hospital_id", "hospitals.id"),
            key("patient_id", "patients.id"),
            time("admitted_at"),
            time("discharged_at")
          ]
        },
        bills: { columns: [key("id"), key("patient_id", "patients.id"), column("amount", "REAL"), date("paid_on")] }
      }
    }
  }
)

describe("a day behind a number", () => {
  it("is the day of what is nearest to the number, and not of what was recorded of it", () => {
    const sql = sqlOf(airline, "How many bags were on XL501 on 4 December 2025?")
    assert.include(sql, "flights.flight_date >= '2025-12-04' AND flights.flight_date < '2025-12-05'")
    assert.notInclude(sql, "booking_date")
  })

  it("is that of one of them, whose state does not matter", () => {
    const sql = sqlOf(airline, "Who is the captain of flight XL501 on 4 December 2026?")
    assert.include(sql, "flights.flight_date >= '2026-12-04'")
  })

  it("is no month", () => {
    assert.include(sqlOf(airline, "How many tickets for flight XL501 in October 2025?"), "tickets.booking_date >=")
  })
})

describe("the crew", () => {
  it("are the crew_members, and neither a reason nor where they are assigned", () => {
    const sql = sqlOf(airline, "How many crew does flight XL501 have?")
    assert.include(sql, "FROM crew_members WHERE crew_members.id IN (SELECT crew_assignments.crew_member_id")
    assert.notInclude(sql, "delay_reason")
  })
})

describe("the best paid", () => {
  it("has the highest salary", () => {
    assert.include(sqlOf(airline, "Who is the best paid crew member?"), "ORDER BY crew_members.salary DESC")
    assert.include(sqlOf(airline, "Who is the lowest paid captain?"), "ORDER BY crew_members.salary ASC")
  })

  it("is none of those who have left", () => {
    assert.include(sqlOf(airline, "Who is the best paid clerk?"), "clerks.left_on IS NULL")
  })
})

describe("what did not come to pass", () => {
  it("was not paid where a payment failed", () => {
    refused(airline, "Which tickets have not been paid yet?", "Which tickets have never been paid?")
  })

  it("is of the day of the flight", () => {
    refused(airline, "How many no-shows did we have each year?", "How many no-shows were there in October 2025?")
    assert.include(sqlOf(airline, "How many no-shows did we have?"), "tickets.status = 'no_show'")
  })

  it("is still to be paid", () => {
    refused(
      hospital,
      "How much does Ada Novak still have to pay?",
      "How much does Ada Novak have to pay?",
      "How much does Ada Novak need to pay?",
      "How much has Ada Novak yet to pay?"
    )
    assert.include(sqlOf(hospital, "How much did Ada Novak pay?"), "bills.paid_on IS NOT NULL")
  })

  it("is none of what is asked for as well", () => {
    refused(hospital, "Which patients have never had a hospital stay?")
    assert.include(sqlOf(hospital, "Which patients have never had a stay?"), "patients.id NOT IN")
  })
})
