/** Of rows that may have been called off or are only planned, which are meant, where all of their states are known. */
import { assert, describe, it } from "@effect/vitest"
import { asking, column, date, key, number, refused, sqlOf, texts } from "./Asking.ts"

const school = asking(
  { teachers: [{ name: "Ada Winter", aliases: ["Madame"], database_references: { "teachers.id": 1 } }] },
  {
    schema: {
      tables: {
        teachers: { columns: [key("id"), column("name")] },
        rooms: { columns: [key("id"), column("name")] },
        lessons: {
          columns: [
            key("id"),
            key("teacher_id", "teachers.id"),
            key("room_id", "rooms.id"),
            date("given_on"),
            texts("status", "held", "cancelled", "planned")
          ]
        },
        appointments: {
          columns: [
            key("id"),
            key("teacher_id", "teachers.id"),
            date("scheduled_for"),
            texts("status", "completed", "no_show")
          ]
        },
        stays: {
          columns: [
            key("id"),
            key("room_id", "rooms.id"),
            date("arrived_on"),
            texts("status", "admitted", "discharged", "planned")
          ]
        },
        tours: {
          columns: [
            key("id"),
            key("teacher_id", "teachers.id"),
            date("tour_date"),
            texts("status", "done", "cancelled", "odd")
          ]
        },
        courses: { columns: [key("id"), texts("title", "Welding")] },
        enrolments: {
          columns: [
            key("id"),
            key("student_id", "students.id"),
            key("course_id", "courses.id"),
            date("enrolled_on"),
            texts("status", "active", "dropped", "completed")
          ]
        },
        students: { columns: [key("id"), column("name"), date("birth_date")] },
        payments: {
          columns: [key("id"), number("amount"), date("paid_on"), texts("status", "paid", "failed", "pending")]
        },
        fees: { columns: [key("id"), number("amount"), date("due_on"), texts("status", "paid", "open")] },
        invoices: {
          columns: [
            key("id"),
            number("amount"),
            date("issued_on"),
            date("due_on"),
            date("paid_on"),
            texts("status", "sent", "paid", "void")
          ]
        },
        bills: {
          columns: [key("id"), number("amount"), date("issued_on"), texts("status", "sent", "draft", "written off")]
        },
        refunds: { columns: [key("id"), number("amount"), date("made_on"), texts("status", "sent")] }
      }
    }
  }
)

describe("what took place", () => {
  it("is what a question means that says so", () => {
    for (const question of [
      "How many lessons did Madame give in 2026?",
      "How many lessons has Madame given in 2026?",
      "How many lessons of Madame took place in 2026?",
      "How many lessons of Madame were actually held in 2026?"
    ])
      assert.include(sqlOf(school, question), "lessons.status = 'held'", question)
    assert.include(
      sqlOf(school, "Which teachers have never given a lesson?"),
      "teachers.id NOT IN (SELECT lessons.teacher_id FROM lessons WHERE lessons.status = 'held'"
    )
  })

  it("is not asked for by its plain number, or beside what did not", () => {
    for (const question of ["How many lessons were there in 2026?", "How many lessons had Madame in 2026?"])
      assert.notInclude(sqlOf(school, question), "status", question)
    assert.include(sqlOf(school, "How many cancelled lessons did Madame give?"), "lessons.status = 'cancelled'")
  })

  it("is all that there is of an appointment, and not of a stay", () => {
    assert.notInclude(sqlOf(school, "Which teachers have had an appointment?"), "status")
    assert.include(
      sqlOf(school, "Which room had the most stays in 2025?"),
      "stays.status IN ('admitted', 'discharged')"
    )
  })

  it("is left open where a state says neither", () => refused(school, "How many tours has Madame given?"))
})

describe("what is told of all", () => {
  it("is so by state, and as a share", () => {
    for (const question of ["total payments by status", "total amount of invoices by status"])
      assert.notInclude(sqlOf(school, question), "WHERE", question)
    assert.notInclude(sqlOf(school, "How many lessons did Madame give by status?"), "= 'held'")
    refused(school, "What share of the lessons took place?")
  })
})

describe("what was not called off", () => {
  it("is what comes next, or is still to come", () => {
    const kept = "(appointments.status <> 'no_show' OR appointments.status IS NULL)"
    assert.include(sqlOf(school, "How many appointments are there tomorrow?"), kept)
    assert.include(sqlOf(school, "Which teachers have an appointment tomorrow?"), kept)
    assert.include(sqlOf(school, "When is the next appointment of Madame?"), kept)
  })

  it("is what is overdue, unpaid or billed", () => {
    const kept = "(invoices.status <> 'void' OR invoices.status IS NULL)"
    for (const question of [
      "Which invoices are overdue?",
      "unpaid invoices",
      "total amount invoiced in 2025",
      "total amount of invoices in 2025"
    ])
      assert.include(sqlOf(school, question), kept, question)
    assert.notInclude(sqlOf(school, "How many invoices were issued in 2025?"), "status")
  })

  it("is left open where what was billed was written off", () => refused(school, "total amount of bills in 2025"))
})

describe("what is so now", () => {
  it("is what the state of a belonging says, where none is named and the present is asked for", () => {
    const now = "enrolments.status = 'active'"
    assert.include(sqlOf(school, "Which students are enrolled in Welding?"), now)
    assert.include(sqlOf(school, "Who is the youngest student enrolled in Welding?"), now)
    assert.notInclude(sqlOf(school, "Which students have an enrolment in a course?"), "status")
    assert.notInclude(sqlOf(school, "Which students were enrolled in Welding?"), "active")
  })
})

describe("money that was paid", () => {
  it("is what came in", () => assert.include(sqlOf(school, "How much was paid in 2025?"), "payments.status = 'paid'"))

  it("may be said to be that which did not", () =>
    assert.include(sqlOf(school, "total amount of failed payments"), "payments.status = 'failed'"))
})
