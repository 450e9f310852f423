/** Who is there now, what had been by today, and what counts although its state may say that it does not. */
import { assert, describe, it } from "@effect/vitest"
import { asking, column, date, key, number, refused, sqlOf, texts, time } from "./Asking.ts"

const hospital = asking(
  {},
  {
    schema: {
      tables: {
        departments: { columns: [key("id"), texts("name", "Surgery")] },
        nurses: {
          columns: [
            key("id"),
            texts("full_name", "Simon Clarke"),
            texts("grade", "senior", "junior"),
            key("department_id", "departments.id"),
            key("manager_id", "nurses.id"),
            column("salary", "REAL"),
            date("hired_on"),
            date("left_on")
          ]
        },
        shifts: {
          columns: [key("id"), key("nurse_id", "nurses.id"), date("shift_date"), texts("state", "planned", "done")]
        },
        patients: { columns: [key("id"), column("full_name"), date("birth_date")] },
        admissions: {
          columns: [
            key("id"),
            key("patient_id", "patients.id"),
            key("department_id", "departments.id"),
            date("admitted_on"),
            texts("status", "planned", "admitted", "discharged")
          ]
        },
        surgeries: {
          columns: [
            column("surgery_no", "TEXT", { primary_key: true, values: ["S011"] }),
            key("surgeon_id", "nurses.id"),
            date("held_on")
          ]
        },
        cars: { columns: [key("id"), column("name"), texts("colour", "red"), time("left_at")] },
        visits: { columns: [key("id"), key("department_id", "departments.id"), date("visit_date")] },
        invoices: {
          columns: [key("id"), column("amount", "REAL"), date("issued_on"), texts("status", "open", "paid", "void")]
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
        Title: { columns: [key("TitleID"), column("Name"), texts("Genre", "crime", "poetry")] },
        Copy: { columns: [key("CopyID"), key("TitleID", "Title.TitleID")] },
        Member: { columns: [key("MemberID"), column("Name"), column("Phone"), date("JoinedOn")] },
        Loan: {
          columns: [
            key("LoanID"),
            key("CopyID", "Copy.CopyID"),
            key("MemberID", "Member.MemberID"),
            time("LoanedAt"),
            date("DueDate"),
            date("ReturnDate")
          ]
        },
        Fee: {
          columns: [key("FeeID"), key("MemberID", "Member.MemberID"), number("Amount"), texts("Status", "open", "paid")]
        },
        Branch: { columns: [key("BranchID"), column("Name"), column("IsHub", "BOOLEAN")] },
        Visit: { columns: [key("VisitID"), key("BranchID", "Branch.BranchID"), date("VisitDate")] },
        Income: { columns: [key("IncomeID"), number("Amount"), date("IncomeDate"), column("IsForecast", "BOOLEAN")] }
      }
    }
  }
)

const isThere = "((nurses.left_on IS NULL) OR (nurses.left_on >= '2026-11-23'))"

describe("people who leave", () => {
  it("are there, where the question is about now", () => {
    for (const question of [
      "Number of nurses by grade",
      "How many nurses does each department have?",
      "Who does Simon Clarke manage?",
      "Which nurses have no planned shifts?",
      "List the senior nurses"
    ])
      assert.include(sqlOf(hospital, question), isThere, question)
  })

  it("are all of them, where it is about then, or says so", () => {
    for (const question of ["Which nurses were hired in 2025?", "Show all nurses", "Which nurses have left?"])
      assert.notInclude(sqlOf(hospital, question), isThere, question)
  })

  it("have done what they did", () => {
    const sql = sqlOf(hospital, "Who is the surgeon of S011?")
    assert.include(sql, "nurses.id IN (SELECT surgeries.surgeon_id FROM surgeries WHERE surgeries.surgery_no = 'S011')")
    assert.notInclude(sql, isThere)
  })

  it("are no cars that left a car park", () => {
    assert.notInclude(sqlOf(hospital, "How many red cars are there?"), "left_at")
  })

  it("are asked for, where a number may be of all", () => {
    refused(hospital, "What is the average salary by grade?")
    assert.notInclude(sqlOf(hospital, "What is the average salary of all nurses by grade?"), isThere)
    assert.include(sqlOf(hospital, "What is the average salary of current nurses by grade?"), isThere)
  })
})

describe("what is planned", () => {
  it("has not been by today", () => {
    assert.include(sqlOf(hospital, "How many visits did we have each month this year?"), "visit_date < '2026-11-23'")
    assert.include(sqlOf(hospital, "Which departments have had no visits this year?"), "visit_date < '2026-11-23'")
    assert.include(sqlOf(hospital, "How many visits are there this year?"), "visit_date < '2027-01-01'")
  })

  it("is no admission, and what is void bills nothing", () => {
    for (const question of [
      "How many admissions are there per year?",
      "Which departments had more admissions in 2026 than in 2025?"
    ])
      assert.include(sqlOf(hospital, question), "admissions.status IN ('admitted', 'discharged')", question)
    assert.match(sqlOf(hospital, "How much did we bill last month?"), /status <> 'void' OR \w+\.status IS NULL/)
    assert.include(sqlOf(hospital, "How many admissions were there last month?"), "admitted_on >= '2026-10-01'")
    assert.include(sqlOf(hospital, "How many planned admissions are there?"), "admissions.status = 'planned'")
  })

  it("is in the month to come", () => {
    assert.include(sqlOf(hospital, "Which nurses have a planned shift in December?"), "shift_date >= '2026-12-01'")
  })
})

describe("a loan", () => {
  it("is of the day on which it was lent, and not of its return", () => {
    assert.include(sqlOf(library, "How many loans were there last month?"), "Loan.LoanedAt >= '2026-10-01'")
  })

  it("makes a genre the one that is borrowed most often", () => {
    for (const question of ["Which genre is borrowed most often?", "Which genre is borrowed the most?"]) {
      assert.match(sqlOf(library, question), /GROUP BY Title.Genre ORDER BY number_of_loans? DESC/i, question)
    }
  })
})

describe("what is asked for", () => {
  it("is no number of what is the highest, no flag, no phone number and no forecast", () => {
    refused(
      library,
      "Who has the highest open fees?",
      "How many visits are there at each hub?",
      "Which members borrowed by phone?",
      "Total income amount per month"
    )
  })
})
