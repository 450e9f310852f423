/** The same question in another order of words, and what is said of which of the things in it. */
import { assert, describe, it } from "@effect/vitest"
import { asking, column, date, key, number, refused, sqlOf, texts } from "./Asking.ts"

const clinic = asking(
  {
    terms: { "large gifts": "gifts.amount >= 1000" },
    doctors: [
      { name: "Ruth Adler", aliases: ["Dr Ruth"], database_references: { "doctors.id": 1 } },
      { name: "Sam Okafor", aliases: ["the Chief"], database_references: { "doctors.id": 2 } }
    ],
    ward_aliases: [{ name: "Cardiology A", aliases: ["Cardio"], database_references: { "wards.id": 1 } }]
  },
  {
    schema: {
      tables: {
        wards: {
          columns: [
            key("id"),
            texts("name", "Cardiology"),
            column("building"),
            key("head_doctor_id", "doctors.id"),
            date("opened_on")
          ]
        },
        doctors: {
          columns: [
            key("id"),
            column("first_name"),
            column("last_name"),
            texts("speciality", "Cardiology"),
            key("ward_id", "wards.id"),
            date("hired_on")
          ]
        },
        patients: {
          columns: [
            key("id"),
            column("first_name"),
            texts("last_name", "Winter"),
            date("birth_date"),
            date("registered_on"),
            key("doctor_id", "doctors.id")
          ]
        },
        visits: {
          columns: [
            key("id"),
            key("patient_id", "patients.id"),
            key("doctor_id", "doctors.id"),
            date("visited_on"),
            number("fee"),
            texts("status", "done", "cancelled", "planned")
          ]
        },
        devices: { columns: [key("id"), column("name"), texts("kind", "scanner", "pump"), number("price")] },
        fines: {
          columns: [key("id"), key("patient_id", "patients.id"), number("amount"), date("issued_on"), date("paid_on")]
        },
        lab_tests: { columns: [key("id"), key("patient_id", "patients.id"), date("taken_on")] },
        exhibitions: {
          columns: [
            key("id"),
            texts("title", "Salt"),
            date("opened_on"),
            date("closed_on"),
            texts("status", "open", "cancelled")
          ]
        },
        object_loans: {
          columns: [key("id"), key("exhibition_id", "exhibitions.id"), date("lent_on"), column("loan_status")]
        },
        donors: { columns: [key("id"), column("name"), date("first_gift_on")] },
        gifts: { columns: [key("id"), key("donor_id", "donors.id"), number("amount"), date("given_on")] }
      }
    }
  }
)

const same = (question: string, ...others: ReadonlyArray<string>) => {
  for (const other of others) assert.strictEqual(sqlOf(clinic, other), sqlOf(clinic, question), other)
}

describe("a question in another order", () => {
  it("may ask for the number last, or in the midst", () => {
    same(
      "How many scanners are there?",
      "Scanners, how many are there?",
      "Scanners: how many do we have?",
      "scanners - how many?"
    )
    same("How many visits has Winter?", "Winter has how many visits?")
    same("How many lab tests has Winter?", "Winter has how many lab tests?")
    same("How many visits in 2025 had Winter?", "Winter had how many visits in 2025?")
  })

  it("may say first what is left out, last, or around it", () => {
    same(
      "Visits per doctor, excluding cancelled ones",
      "Visits per doctor, cancelled ones left out",
      "Visits per doctor, the cancelled ones aside",
      "Visits per doctor, leaving cancelled ones out",
      "Visits per doctor, leaving aside the cancelled ones"
    )
    assert.include(sqlOf(clinic, "Visits per doctor, cancelled ones left out"), "visits.status <> 'cancelled'")
    refused(clinic, "Who was left out?")
  })

  it("may say the number behind both that are compared", () => {
    same(
      "Compare the number of visits of Dr Ruth and the Chief",
      "Compare Dr Ruth and the Chief by number of visits",
      "Compare Dr Ruth with the Chief: how many visits?"
    )
  })

  it("may say first what is left out", () =>
    assert.match(
      sqlOf(clinic, "Leaving out scanners, which device is the most expensive?"),
      /devices\.kind <> 'scanner' .* ORDER BY devices\.price DESC, devices\.id LIMIT 1$/
    ))

  it("may ask since when somebody has been there", () => {
    for (const question of ["Since when has Dr Ruth been with us?", "Since when has Dr Ruth been on the payroll?"])
      assert.match(sqlOf(clinic, question), /doctors\.hired_on FROM doctors WHERE doctors\.id = 1/)
    refused(clinic, "Since when has Dr Ruth been ill?")
  })
})

describe("the second of a ranking", () => {
  it("is the one behind the first", () => {
    assert.match(
      sqlOf(clinic, "the second oldest patient"),
      /ORDER BY patients\.birth_date ASC, patients\.id LIMIT 1 OFFSET 1$/
    )
    assert.match(
      sqlOf(clinic, "Which doctor has the third most visits?"),
      /ORDER BY number_of_visits DESC, .* LIMIT 1 OFFSET 2$/
    )
    assert.match(
      sqlOf(clinic, "the second-most expensive device"),
      /ORDER BY devices\.price DESC, devices\.id LIMIT 1 OFFSET 1$/
    )
  })

  it("is one, and of a thing", () => {
    refused(
      clinic,
      "the second oldest patients",
      "the second highest fee",
      "the second most expensive device of each kind",
      "top 3 second oldest patients"
    )
  })
})

describe("what is said behind a number of things", () => {
  it("is said of those", () => {
    const sql = sqlOf(clinic, "Which patients have more than 2 visits with Dr Ruth?")
    assert.include(
      sql,
      "FROM patients WHERE (SELECT COUNT(*) FROM visits JOIN doctors ON doctors.id = visits.doctor_id"
    )
    assert.include(sql, "visits.patient_id = patients.id AND doctors.id = 1) > 2")
  })

  it("is not what stands before it", () => {
    refused(clinic, "patients with cancelled visits and more than 2 visits")
    assert.include(
      sqlOf(clinic, "Which patients of Dr Ruth have more than 2 visits?"),
      "doctors.id = patients.doctor_id"
    )
  })
})

describe("what is said", () => {
  it("of the patients is not said of their visits", () =>
    refused(clinic, "How many visits do patients of Dr Ruth have?"))

  it("of what a term calls so is not said of others", () => refused(clinic, "donors of large gifts since 2025"))

  it("of any device is said of all", () => {
    for (const question of ["What does a scanner device cost on average?", "What does a device cost on average?"])
      assert.match(sqlOf(clinic, question), /^SELECT AVG\(devices\.price\) AS average_cost FROM devices/)
  })

  it("of money that came in is not said of what was issued", () =>
    refused(clinic, "How much fine money came in during March 2026?"))

  it("of one thing is a column of its", () =>
    assert.match(sqlOf(clinic, "speciality of Dr Ruth"), /doctors\.speciality FROM doctors WHERE doctors\.id = 1/))

  it("of a ward's head is not said of those who work there", () => {
    for (const question of ["Who is the head of Cardiology?", "the head of Cardiology"])
      assert.include(
        sqlOf(clinic, question),
        "doctors.id IN (SELECT wards.head_doctor_id FROM wards WHERE wards.name = 'Cardiology')"
      )
  })

  it("of today is not said of when it began", () => {
    refused(clinic, "Which wards are there today?", "wards in building B today")
    assert.include(sqlOf(clinic, "wards opened today"), "wards.opened_on >= '2026-11-22'")
  })

  it("to have opened or been lent is not said of what was called off", () =>
    refused(clinic, "How many exhibitions opened in 2025?", "exhibitions lent in 2025"))

  it("to have really been is not said of what was cancelled", () =>
    refused(clinic, "Which patients have really had more than 2 visits?"))

  it("of one who is left out is not said of others of his first name", () =>
    assert.include(
      sqlOf(clinic, "visits per doctor, Sam Okafor left out").replaceAll(/ OR \S+ IS NULL/g, ""),
      "doctors.id <> 2"
    ))

  it("of a person's column is not said of those who have it", () =>
    refused(clinic, "birth date of Dr Ruth", "Dr Ruth has how many doctors?"))

  it("of the thing of another thing is not said of the other", () =>
    refused(clinic, "Who is the head of the ward with the most visits?"))

  it("of those to whom it is done is not said of those who do it", () => refused(clinic, "Who was visited in 2025?"))

  it("not to have been cancelled is told by the state", () =>
    assert.include(sqlOf(clinic, "visits that were not cancelled"), "visits.status <> 'cancelled'"))
})
