/** Questions that readers found answered wrongly, over schemas of their own; each for its kind. */
import { assert, describe, it } from "@effect/vitest"
import { asking, column, date, key, refused, sqlOf, texts } from "./Asking.ts"

const gym = asking(
  {},
  {
    schema: {
      tables: {
        trainers: {
          columns: [
            key("trainer_id"),
            column("title"),
            column("full_name"),
            key("mentor_id", "trainers.trainer_id"),
            date("hired_on")
          ]
        },
        members: {
          columns: [
            key("member_id"),
            texts("first_name", "Ben", "Ada"),
            texts("last_name", "Castro", "Stone"),
            column("company"),
            column("email"),
            date("joined_on"),
            date("birth_date")
          ]
        },
        coaches: {
          columns: [
            key("coach_id"),
            texts("first_name", "Ben", "Eve"),
            texts("last_name", "Castro", "Ross"),
            column("phone")
          ]
        },
        clubs: {
          columns: [key("club_id"), texts("club_name", "Chess Club"), key("trainer_id", "trainers.trainer_id")]
        },
        club_members: {
          columns: [key("club_id", "clubs.club_id"), key("member_id", "members.member_id"), date("joined_on")]
        },
        classes: {
          columns: [
            key("class_id"),
            texts("discipline", "yoga", "boxing"),
            key("trainer_id", "trainers.trainer_id"),
            key("min_fee"),
            key("max_fee"),
            key("fee"),
            key("beds")
          ]
        },
        bookings: {
          columns: [
            key("booking_id"),
            key("class_id", "classes.class_id"),
            key("member_id", "members.member_id"),
            texts("booking_status", "booked", "attended"),
            date("booked_at"),
            date("next_visit_on")
          ]
        }
      }
    }
  }
)

const office = asking(
  {},
  {
    schema: {
      tables: {
        department: {
          columns: [key("dept_id"), texts("dept_name", "Operations", "Legal"), key("parent_id", "department.dept_id")]
        },
        employee: { columns: [key("emp_id"), texts("full_name", "Anna Becker"), key("dept_id", "department.dept_id")] },
        leave_request: {
          columns: [
            key("request_id"),
            key("emp_id", "employee.emp_id"),
            texts("status", "pending", "approved", "rejected"),
            key("approver_id", "employee.emp_id"),
            date("requested_on")
          ]
        },
        fault: {
          columns: [
            key("fault_id"),
            key("reported_by", "employee.emp_id"),
            date("reported_at"),
            date("fixed_at"),
            column("out_of_service", "BOOLEAN")
          ]
        },
        tool: { columns: [key("tool_id"), column("tool_name"), key("ward_id", "ward.ward_id"), date("service_due")] },
        ward: { columns: [key("ward_id"), texts("ward_name", "Oncology", "Surgery")] },
        complaint: {
          columns: [
            key("complaint_id"),
            texts("state", "open", "answered", "closed"),
            date("received_on"),
            date("answered_on"),
            texts("reason", "late", "lost")
          ]
        }
      }
    }
  }
)

describe("the date of others", () => {
  it("is none of those that are asked about", () => {
    refused(
      gym,
      "trainers born before 1990",
      "classes that started in 2025",
      "trainers who registered in 2020 or later"
    )
    assert.match(sqlOf(gym, "trainers who joined in 2020"), /trainers\.hired_on >= '2020-01-01'/)
    assert.match(sqlOf(gym, "members who joined in 2020"), /members\.joined_on >= '2020-01-01'/)
  })

  it("nor is one that is still to come, or when something is due", () => {
    assert.match(sqlOf(gym, "bookings in 2026"), /bookings\.booked_at >= '2026-01-01'/)
    refused(office, "oldest tool", "newest tool")
  })
})

describe("who did it", () => {
  it("is not known where only another role is", () => {
    refused(office, "Who fixed fault 7?", "faults fixed by Anna Becker", "Who rejected the most requests?")
    refused(office, "faults reported by employees")
    refused(gym, "Who is in the Chess Club?", "Who belongs to the Chess Club?")
  })

  it("approved what has been approved", () => {
    assert.match(
      sqlOf(office, "requests approved by Anna Becker"),
      /approver_id IN .*leave_request\.status = 'approved'/
    )
  })

  it("is above or below, as it is said", () => {
    const below = /trainers\.mentor_id IN \(SELECT trainers\.trainer_id/
    const above = /trainers\.trainer_id IN \(SELECT trainers\.mentor_id/
    const people = asking(
      {},
      {
        schema: {
          tables: {
            trainers: {
              columns: [key("trainer_id"), texts("full_name", "Ada Stone"), key("mentor_id", "trainers.trainer_id")]
            }
          }
        }
      }
    )
    assert.match(sqlOf(people, "Which trainers does Ada Stone mentor?"), below)
    assert.match(sqlOf(people, "Which trainer mentors Ada Stone?"), above)
    refused(people, "trainers who are nobody's mentor")
  })

  it("is one person, of a table that has both names", () => {
    refused(gym, "phone of Ben Castro", "bookings of Ben Castro", "email of Eve Stone")
  })

  it("is called by a name, and not by a title", () => {
    assert.match(sqlOf(gym, "trainers hired in 2020"), /^SELECT trainers\.full_name FROM/)
    assert.match(sqlOf(office, "employees per department"), /^SELECT department\.dept_name, COUNT/)
  })
})

describe("the opposite", () => {
  it("is never answered for what is asked", () => {
    refused(office, "faults in service", "faults not in service", "complaints still to be answered")
    refused(gym, "Which classes do we still offer?", "trainers still with us")
    assert.match(sqlOf(office, "How many complaints are still open?"), /state = 'open'/)
  })

  it("holds of what has none, too", () => {
    assert.match(
      sqlOf(office, "tools not in Oncology"),
      /LEFT JOIN ward .* WHERE \(ward\.ward_name <> 'Oncology' OR ward\.ward_name IS NULL\)/
    )
    assert.match(sqlOf(office, "complaints whose reason is not late"), /\(complaint\.reason <> 'late' OR .* IS NULL\)/)
  })
})

describe("what happened", () => {
  it("is told by its date, and not by the state of now", () => {
    assert.match(
      sqlOf(office, "What percentage of complaints were answered?"),
      /CASE WHEN complaint\.answered_on IS NOT NULL/
    )
    refused(gym, "members who have never booked a yoga class", "members who have booked a yoga class")
    refused(office, "complaints received and answered in October")
  })

  it("has a beginning before its end", () => {
    refused(gym, "How many days does it take on average to book a class?")
    refused(office, "How many days does it take on average to report a fault?")
    assert.match(
      sqlOf(office, "How many days does it take on average to fix a fault?"),
      /julianday\(fault\.fixed_at\) - julianday\(fault\.reported_at\)/
    )
  })

  it("in the last year was since that day a year ago", () => {
    assert.match(sqlOf(gym, "members who joined in the last year"), /joined_on >= '2025-11-22'/)
    assert.match(sqlOf(gym, "members who joined last year"), /joined_on >= '2025-01-01' AND .* < '2026-01-01'/)
  })
})

describe("numbers", () => {
  it("may be bounds, divisors or of others", () => {
    refused(gym, "maximum fee per discipline", "average minimum fee", "classes per bed")
  })

  it("and texts of rows that share them are not those rows", () => {
    refused(gym, "companies with bookings", "members with both an email and a company")
  })
})
