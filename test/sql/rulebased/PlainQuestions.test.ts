/** What people ask a clinic and its school in the words that come first, over tables that are named as warehouses name them. */
import { assert, describe, it } from "@effect/vitest"
import { asking, column, date, key, number, refused, sqlOf, texts } from "./Asking.ts"

const house = asking(
  {
    terms: { "overdue stays": "stays.due_dt < '2026-11-22' AND stays.stat = 'IN'" },
    doctors: [
      { name: "Edward Finch", aliases: ["old Finch"], database_references: { "doctors.id": 9 } },
      { name: "Ruth Adler", aliases: ["Dr Ruth"], database_references: { "doctors.id": 1 } }
    ],
    drugs: [{ name: "Acetylsalicylic Acid", aliases: ["aspirin"], database_references: { "drugs.id": 1 } }]
  },
  {
    schema: {
      tables: {
        doctors: { columns: [key("id"), column("FName"), column("LName"), date("hired_on")] },
        patients: { columns: [key("id"), column("first_nm"), texts("last_nm", "Ellis"), date("birth_dt")] },
        drugs: { columns: [key("id"), texts("drug_nm", "Warfarin"), number("price")] },
        prescriptions: {
          columns: [
            key("id"),
            key("patient_id", "patients.id"),
            key("doctor_id", "doctors.id"),
            key("drug_id", "drugs.id"),
            date("prescribed_on")
          ]
        },
        lessons: { columns: [key("id"), key("teacher_id", "doctors.id"), date("held_on"), column("lesson_status")] },
        houses: { columns: [key("id"), column("house_nm"), column("ctry")] },
        stays: {
          columns: [
            key("id"),
            key("house_id", "houses.id"),
            date("due_dt"),
            number("fee_amt"),
            texts("stat", "IN", "OUT")
          ]
        }
      }
    }
  }
)

describe("names written short", () => {
  it("are what rows are called by", () => {
    assert.match(sqlOf(house, "How many stays are there per house?"), /^SELECT houses\.house_nm, COUNT/)
    assert.match(
      sqlOf(house, "How many prescriptions has each doctor?"),
      /^SELECT doctors\.FName, doctors\.LName, .*COUNT/
    )
  })

  it("are said in full", () => {
    assert.match(sqlOf(house, "total fee amount per country"), /SUM\(stays\.fee_amt\).* GROUP BY houses\.ctry/)
    assert.include(sqlOf(house, "birth date of Ellis"), "patients.birth_dt FROM patients WHERE")
  })

  it("may still be said short", () => {
    assert.include(sqlOf(house, "total fee amt"), "SUM(stays.fee_amt)")
    assert.match(sqlOf(house, "number of houses per ctry"), / GROUP BY houses\.ctry/)
  })
})

describe("what is asked for", () => {
  it("may be said last", () =>
    assert.include(
      sqlOf(house, "Overdue stays: which houses?"),
      "FROM houses WHERE houses.id IN (SELECT stays.house_id"
    ))

  it("is not the day on which it was done", () => refused(house, "What did old Finch prescribe?"))

  it("is those who are called so", () => refused(house, "Which of the Ellises has prescriptions of aspirin?"))

  it("may be both of two, of which one is an alias", () => {
    assert.match(
      sqlOf(house, "Which patients have prescriptions of both aspirin and warfarin?"),
      /drugs\.id = 1\) AND patients\.id IN .*drugs\.drug_nm = 'Warfarin'\)/
    )
    refused(house, "How many prescriptions of aspirin and warfarin are there?")
  })

  it("is not who has done what may not have taken place", () =>
    refused(house, "Which doctors have never given a lesson?"))
})
