/** Ordinary ways to say things: what somebody did complete, what is allowed, when something ends, loans of last month. */
import { assert, describe, it } from "@effect/vitest"
import { asking, column, date, key, refused, sqlOf, texts, time } from "./Asking.ts"

const flag = (name: string) => column(name, "BOOLEAN")

const clinic = asking(
  {},
  {
    schema: {
      tables: {
        doctors: { columns: [key("id"), column("name"), flag("accepts_new_patients")] },
        patients: { columns: [key("id"), column("first_name"), column("last_name"), date("born_on")] },
        appointments: {
          columns: [
            key("id"),
            key("doctor_id", "doctors.id"),
            date("appointment_date"),
            texts("status", "booked", "completed", "missed")
          ]
        },
        admissions: {
          columns: [key("id"), key("patient_id", "patients.id"), time("admitted_at"), time("discharged_at")]
        },
        bills: {
          columns: [
            key("id"),
            key("patient_id", "patients.id"),
            key("admission_id", "admissions.id"),
            column("amount", "REAL"),
            date("period_start"),
            date("period_end"),
            date("issued_on"),
            date("due_on"),
            date("paid_on")
          ]
        },
        wards: { columns: [key("id"), column("name"), column("bed_count", "INTEGER")] },
        crew: { columns: [key("id"), column("name"), texts("rank", "captain", "steward")] }
      }
    }
  }
)

const lending = asking(
  {},
  {
    schema: {
      tables: {
        members: { columns: [key("id"), column("name", "TEXT", { values: ["Emily Watts"] })] },
        contracts: { columns: [key("id"), key("member_id", "members.id"), date("start_date"), date("end_date")] },
        loans: {
          columns: [
            key("id"),
            key("member_id", "members.id"),
            time("checked_out_at"),
            date("due_on"),
            date("returned_on")
          ]
        },
        properties: { columns: [key("id"), column("address"), flag("pets_allowed")] },
        tanks: { columns: [key("id"), column("name"), column("capacity_m3", "INTEGER"), date("last_cleaned_on")] },
        work_logs: { columns: [key("id"), key("member_id", "members.id"), column("hours", "REAL"), date("worked_on")] },
        repairs: {
          columns: [key("id"), column("title"), texts("status", "reported", "done"), date("reported_on")]
        }
      }
    }
  }
)

describe("behind did", () => {
  it("a verb without its ending is the state that it leaves", () => {
    const sql = sqlOf(clinic, "How many appointments did each doctor complete in October 2026?")
    assert.include(sql, "appointments.status = 'completed'")
    assert.include(sqlOf(lending, "How many hours did each member log in 2026?"), "SUM(work_logs.hours)")
  })
})

describe("what began", () => {
  it("is all of it, whatever has become of it", () => {
    assert.include(sqlOf(lending, "Which repairs were reported?"), "repairs.reported_on IS NOT NULL")
    assert.include(sqlOf(lending, "reported repairs"), "repairs.status = 'reported'")
  })
})

describe("what is true or false", () => {
  it("is said by its verb", () => {
    assert.include(sqlOf(clinic, "Which doctors accept new patients?"), "WHERE doctors.accepts_new_patients")
    assert.include(sqlOf(lending, "Which properties allow pets?"), "WHERE properties.pets_allowed")
  })
})

describe("the time of rows", () => {
  it("is when a loan was checked out and a bill was issued", () => {
    assert.include(sqlOf(lending, "How many loans were there last month?"), "loans.checked_out_at >= '2026-10-01'")
    assert.include(sqlOf(clinic, "average bill amount this year"), "bills.issued_on >= '2026-01-01'")
  })

  it("is that of the record of people", () => {
    const sql = sqlOf(clinic, "Which patients were discharged last month?")
    assert.include(sql, "SELECT admissions.patient_id FROM admissions WHERE admissions.discharged_at >= '2026-10-01'")
    refused(clinic, "Which patients discharged this year have not been billed?")
  })

  it("is asked for by when", () => {
    assert.include(sqlOf(lending, "When does the contract of Emily Watts end?"), "SELECT contracts.end_date")
  })

  it("is none where something was never done", () => {
    assert.include(sqlOf(lending, "Which tanks have never been cleaned?"), "tanks.last_cleaned_on IS NULL")
  })
})

describe("how many", () => {
  it("are those that a count of them adds up to", () => {
    assert.include(sqlOf(clinic, "How many beds are there in total?"), "SUM(wards.bed_count)")
  })

  it("are members of the crew", () => {
    assert.include(sqlOf(clinic, "How many crew members are there by rank?"), "GROUP BY crew.")
  })

  it("have a size without its unit", () => {
    assert.include(sqlOf(lending, "average capacity of the tanks"), "AVG(tanks.capacity_m3)")
  })
})
