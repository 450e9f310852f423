/** Which row belongs to which, where several ways lead from one thing to another. */
import { assert, describe, it } from "@effect/vitest"
import { Result } from "effect"
import { asking, column, refused, sqlOf } from "./Asking.ts"

const key = (name: string) => column(name, "INTEGER")

const people = {
  ada_stone: { canonical_name: "Ada Stone", aliases: ["ada"], database_references: { "patients.patient_id": 1 } },
  dr_moss: { canonical_name: "Ben Moss", aliases: ["Dr. Moss"], database_references: { "doctors.doctor_id": 7 } }
}

const surgery = asking(
  { aliases: people },
  {
    schema: {
      tables: {
        departments: { columns: [key("department_id"), column("department_name"), key("head_doctor_id")] },
        doctors: {
          columns: [key("doctor_id"), column("first_name"), column("last_name"), key("department_id")]
        },
        patients: {
          columns: [key("patient_id"), column("full_name"), column("phone"), key("primary_doctor_id")]
        },
        appointments: {
          columns: [key("appointment_id"), key("patient_id"), key("doctor_id"), column("scheduled_at", "DATETIME")]
        }
      }
    }
  }
)

const shelf = asking(
  {},
  {
    schema: {
      tables: {
        category: {
          columns: [
            key("category_id"),
            column("name", "TEXT", { values: ["Fiction", "Crime"] }),
            key("parent_category_id")
          ]
        },
        book: { columns: [key("book_id"), column("title"), key("category_id")] },
        author: { columns: [key("author_id"), column("author_name", "TEXT", { values: ["Ursula Hall"] })] },
        book_author: { columns: [key("book_id"), key("author_id")] },
        member: { columns: [key("member_id"), column("full_name"), column("phone"), column("email")] },
        book_copy: { columns: [key("copy_id"), key("book_id"), column("status", "TEXT", { values: ["lost"] })] },
        loan: {
          columns: [
            key("loan_id"),
            key("copy_id"),
            key("member_id"),
            column("loaned_on", "DATE"),
            column("due_on", "DATE"),
            column("returned_on", "DATE")
          ]
        }
      }
    }
  }
)

const school = asking(
  {},
  {
    schema: {
      tables: {
        lessons: { columns: [key("id"), column("title", "TEXT", { values: ["Painting"] })] },
        pupils: { columns: [key("id"), column("name"), column("email"), column("phone")] },
        bookings: {
          columns: [
            key("id"),
            key("pupil_id"),
            key("lesson_id"),
            column("booked_at", "DATETIME"),
            column("status", "TEXT", { values: ["booked", "cancelled"] })
          ]
        }
      }
    }
  }
)

const desk = asking(
  {},
  {
    schema: {
      tables: {
        agents: { columns: [key("id"), column("name"), column("is_active", "INTEGER")] },
        comments: { columns: [key("id"), key("ticket_id"), key("agent_id"), column("body")] },
        tickets: {
          columns: [
            key("id"),
            column("subject"),
            key("agent_id"),
            column("status", "TEXT", { values: ["open", "resolved", "closed"] }),
            column("paid", "CHAR(1)", { description: "Y or N" }),
            column("checked"),
            column("started_at", "DATETIME"),
            column("due_at", "DATETIME"),
            column("resolved_at", "DATETIME")
          ]
        }
      }
    }
  }
)

describe("of several ways", () => {
  it("the one over the rows that are spoken of is meant", () => {
    assert.match(
      sqlOf(surgery, "Which doctors has Ada Stone had an appointment with?"),
      /doctors\.doctor_id IN \(SELECT appointments\.doctor_id FROM appointments JOIN patients .* WHERE patients\.patient_id = 1\) LIMIT/
    )
    refused(surgery, "Which doctors did Ada Stone have an appointment with last week?")
  })

  it("none that leads over what both belong to", () => {
    const college = asking(
      {},
      {
        schema: {
          tables: {
            faculty: { columns: [key("id"), column("name")] },
            student: { columns: [key("id"), column("name"), key("faculty_id")] },
            lecturer: { columns: [key("id"), column("name", "TEXT", { values: ["Ada Brandt"] }), key("faculty_id")] }
          }
        }
      }
    )
    refused(college, "students taught by Ada Brandt", "How many students have lecturers?")
    assert.match(sqlOf(college, "Which faculty has the most lecturers?"), /GROUP BY faculty\.id/)
  })

  it("the one whose column is called as the other table is", () => {
    assert.match(sqlOf(surgery, "How many doctors are there per department?"), /= doctors\.department_id/)
    assert.match(sqlOf(surgery, "appointments by department"), /= doctors\.department_id/)
  })
})

describe("rows that belong to others of their own table", () => {
  it("are those below it", () => {
    assert.match(
      sqlOf(shelf, "Which categories belong to Fiction?"),
      /category\.parent_category_id IN \(SELECT category\.category_id FROM category WHERE category\.name = 'Fiction'\)/
    )
  })

  it("are refused where nothing says which is above another", () => {
    refused(surgery, "Which patients belong to Ada Stone?", "Which doctors belong to Dr. Moss?")
    refused(shelf, "Which category does Crime belong to?")
    assert.match(
      sqlOf(surgery, "What is the phone number of Ada Stone?"),
      /SELECT DISTINCT patients\.phone FROM .* = 1/
    )
  })
})

it("a key that is called after the last word of its table is referred to by that name", () => {
  assert.match(sqlOf(shelf, "How many loans are there per book?"), /book_copy\.copy_id = loan\.copy_id/)
})

it("the date that bears the name of the table as a verb says when there was one", () => {
  assert.match(sqlOf(shelf, "How many loans were there in 2026?"), /loan\.loaned_on >= '2026-01-01'/)
})

describe("a verb", () => {
  it("that goes with the name of a table says over what two things are related", () => {
    assert.match(
      sqlOf(shelf, "books written by Ursula Hall"),
      /book\.book_id IN \(SELECT book_author\.book_id FROM book_author JOIN author .*author_name = 'Ursula Hall'\)/
    )
    assert.match(sqlOf(shelf, "Which books have never been borrowed?"), /book\.book_id NOT IN \(.* JOIN loan/)
    assert.match(
      sqlOf(shelf, "members who borrowed lost copies"),
      /member\.member_id IN \(SELECT loan\.member_id .*'lost'/
    )
  })

  it("is about other rows than those that are counted for each", () => {
    refused(desk, "Which agent commented on the most tickets?", "Who commented on the most tickets?")
  })

  it("is not what is asked for", () => {
    refused(shelf, "What has been borrowed?", "What was written by Ursula Hall?", "books read by Ursula Hall")
  })
})

it("a table that is called after another may be called by its last word", () => {
  assert.match(
    sqlOf(shelf, "How many copies are lost?"),
    /^SELECT COUNT\(\*\) .* FROM book_copy WHERE book_copy\.status/
  )
})

it("a phone is a phone number, and an email an email address", () => {
  assert.match(sqlOf(shelf, "members without an email address"), /member\.email IS NULL/)
  assert.match(sqlOf(shelf, "List the phone numbers of members"), /member\.phone/)
})

describe("what is done, or not yet", () => {
  it("is told by its date, whatever the status says", () => {
    assert.match(sqlOf(shelf, "How many loans have not been returned?"), /loan\.returned_on IS NULL/)
    assert.match(sqlOf(shelf, "returned loans"), /loan\.returned_on IS NOT NULL/)
    assert.match(sqlOf(desk, "Which tickets are not resolved yet?"), /WHERE tickets\.resolved_at IS NULL/)
    assert.match(sqlOf(desk, "unresolved tickets"), /WHERE tickets\.resolved_at IS NULL/)
    assert.match(sqlOf(desk, "resolved tickets"), /WHERE tickets\.status = 'resolved'/)
  })

  it("is told by a flag", () => {
    assert.match(sqlOf(desk, "inactive agents"), /agents\.is_active = 0/)
    assert.match(sqlOf(desk, "Which agents are no longer active?"), /agents\.is_active = 0/)
    assert.match(sqlOf(desk, "unpaid tickets"), /tickets\.paid = 'N'/)
  })

  it("is refused of other things, of plans, and of texts that nobody explains", () => {
    refused(shelf, "unreturned members", "Which members have not been returned?")
    refused(desk, "Which tickets have not started?", "started tickets", "checked tickets", "unchecked tickets")
  })
})

it("now says nothing more of a state, and is refused of everything else", () => {
  assert.match(sqlOf(desk, "How many open tickets are there right now?"), /status = 'open'/)
  assert.match(sqlOf(desk, "Which agents are currently active?"), /is_active = 1/)
  refused(shelf, "How many loans are there currently?", "members with loans right now")
})

describe("a row by its number", () => {
  it("is the one with that key", () => {
    assert.match(sqlOf(desk, "What is the subject of ticket 1042?"), /tickets\.subject .*WHERE tickets\.id = 1042/)
    assert.match(sqlOf(desk, "Show all comments on ticket 1015"), /FROM comments JOIN tickets .*tickets\.id = 1015/)
  })

  it("is no amount, and nothing that is counted", () => {
    refused(desk, "tickets 12", "ticket 5 comments", "comments on ticket 7 days")
  })
})

describe("overdue", () => {
  it("is what was due, and is not done", () => {
    assert.match(sqlOf(shelf, "overdue loans"), /loan\.due_on < '2026-11-22' AND loan\.returned_on IS NULL/)
    assert.match(
      sqlOf(desk, "How many tickets are overdue?"),
      /tickets\.due_at < '2026-11-22' AND tickets\.resolved_at IS NULL/
    )
  })

  it("is refused where nothing is due, or nothing says that it was done", () => {
    refused(desk, "overdue comments", "Which agents are overdue?")
    refused(shelf, "overdue books")
  })
})

describe("who", () => {
  it("asks for the people nearest to what is spoken of", () => {
    assert.match(
      sqlOf(school, "Who has a cancelled booking?"),
      /^SELECT pupils\.name FROM pupils WHERE pupils\.id IN \(SELECT bookings\.pupil_id .* 'cancelled'\)/
    )
    assert.match(sqlOf(school, "Who has the most bookings?"), /GROUP BY pupils\.id.* LIMIT 1$/)
    assert.match(sqlOf(school, "Who are our pupils?"), /^SELECT pupils\.name FROM pupils LIMIT/)
  })

  it("is refused where it may be of two kinds of people, or asks for more", () => {
    refused(surgery, "Who has an appointment next week?", "Who has an appointment?")
    refused(school, "Which pupils have bookings, and in which lesson?", "Who is in Painting?")
  })
})

const depot = asking(
  {},
  {
    schema: {
      tables: {
        suppliers: { columns: [key("supplier_id"), column("supplier_name", "TEXT", { values: ["Northpeak"] })] },
        plans: {
          columns: [key("plan_id"), column("plan_name"), column("unit_price", "REAL"), key("supplier_id")]
        },
        customers: { columns: [key("customer_id"), column("full_name"), column("status", "TEXT")] },
        rentals: {
          columns: [key("rental_id"), key("customer_id"), key("plan_id"), column("rented_on", "DATE"), column("status")]
        }
      }
    }
  }
)

it("what is said behind rows that there are none of is said of them", () => {
  const sql = sqlOf(depot, "how many customers that never had rentals supplied by Northpeak")
  assert.match(sql, /customer_id NOT IN \(SELECT rentals\.customer_id FROM rentals JOIN .*'Northpeak'/)
  assert.notMatch(sql, /\) AND /)
})

it("what stands behind a column may be its value, and no verb", () => {
  refused(depot, "Which rentals are there with status live in March 2026?")
})

it("who is named in a role is one of the entities that were used", () => {
  const answer = Result.getOrThrow(surgery("patients whose primary doctor is Dr. Moss"))
  assert.match(answer.sql, /patients\.primary_doctor_id IN/)
  assert.deepStrictEqual(answer.usedEntities, ["Ben Moss"])
})
