/** Who did it by the verb of a role, what is used most, what was spent, who still works there, and what may be cancelled. */
import { assert, describe, it } from "@effect/vitest"
import { asking, column, date, key, refused, sqlOf, texts } from "./Asking.ts"

const tracker = asking(
  {},
  {
    schema: {
      tables: {
        users: { columns: [key("id"), texts("full_name", "Ada Quist")] },
        issues: {
          columns: [
            key("id"),
            column("title"),
            texts("kind", "bug", "task"),
            texts("status", "new", "done"),
            key("reporter_id", "users.id"),
            key("assignee_id", "users.id"),
            column("closed_at", "TIMESTAMP")
          ]
        },
        time_logs: {
          columns: [
            key("id"),
            key("issue_id", "issues.id"),
            key("user_id", "users.id"),
            column("hours", "REAL"),
            date("worked_on")
          ]
        },
        comments: { columns: [key("id"), key("issue_id", "issues.id"), key("author_id", "users.id"), column("body")] }
      }
    }
  }
)

describe("the verb of a role", () => {
  it("says which key is meant", () => {
    const joined: ReadonlyArray<readonly [string, string]> = [
      ["Who reported the most issues?", "users.id = issues.reporter_id"],
      ["How many issues has Ada Quist reported?", "users.id = issues.reporter_id"],
      ["How many issues are assigned to each user?", "users.id = issues.assignee_id"],
      ["Who wrote the most comments?", "users.id = comments.author_id"]
    ]
    for (const [question, join] of joined) assert.include(sqlOf(tracker, question), join, question)
    assert.include(
      sqlOf(tracker, "Which issues are assigned to Ada Quist?"),
      "issues.assignee_id IN (SELECT users.id FROM users WHERE users.full_name = 'Ada Quist')"
    )
  })

  it("says nothing that no key is called after", () => {
    refused(tracker, "Who closed the most issues?", "How many issues are there per user?")
  })
})

describe("what is open", () => {
  it("has not ended, whatever states there are that call nothing off", () => {
    assert.include(sqlOf(tracker, "open issues"), "issues.closed_at IS NULL")
    assert.include(sqlOf(tracker, "Open bugs"), "issues.closed_at IS NULL AND issues.kind = 'bug'")
  })
})

describe("hours that were logged", () => {
  it("are those of the time logs", () => {
    assert.include(sqlOf(tracker, "total hours logged in September 2026"), "SUM(time_logs.hours)")
    assert.include(sqlOf(tracker, "Who logged the most hours?"), "SUM(time_logs.hours)")
  })
})

const salon = asking(
  {},
  {
    schema: {
      tables: {
        salons: { columns: [key("id"), texts("name", "Stonegate")] },
        stylists: {
          columns: [key("id"), column("full_name"), key("salon_id", "salons.id"), date("hired_on"), date("left_on")]
        },
        clients: { columns: [key("id"), texts("first_name", "Grace"), texts("last_name", "Lambert")] },
        appointments: {
          columns: [
            key("id"),
            key("client_id", "clients.id"),
            key("salon_id", "salons.id"),
            column("starts_at", "TIMESTAMP"),
            texts("status", "booked", "completed", "cancelled"),
            column("amount", "REAL")
          ]
        },
        payments: {
          columns: [
            key("id"),
            key("client_id", "clients.id"),
            column("amount", "REAL"),
            column("method"),
            date("paid_on")
          ]
        }
      }
    }
  }
)

describe("who works somewhere", () => {
  it("has not left", () => {
    for (const question of [
      "Who works at Stonegate?",
      "Who works at Stonegate at the moment?",
      "How many stylists work at Stonegate?"
    ]) {
      assert.include(sqlOf(salon, question), "stylists.left_on IS NULL", question)
    }
  })
})

describe("what is still to come", () => {
  it("is shown with its state where that may be cancelled, and counted or asked of others without what was", () => {
    assert.include(sqlOf(salon, "appointments tomorrow"), "appointments.status")
    for (const question of [
      "Which clients have an appointment tomorrow?",
      "How many appointments are there next week?",
      "When is Grace Lambert's next appointment?"
    ])
      assert.match(
        sqlOf(salon, question),
        /appointments\.status (?:<>|NOT IN) .* OR appointments\.status IS NULL/,
        question
      )
    assert.include(sqlOf(salon, "How many booked appointments are there next week?"), "appointments.status = 'booked'")
  })
})

describe("what somebody spent", () => {
  it("is what the payments say", () => {
    for (const question of ["Which client has spent the most?", "How much has Grace Lambert spent this year?"]) {
      assert.include(sqlOf(salon, question), "SUM(payments.amount)", question)
    }
  })

  it("is no number of appointments", () => {
    refused(salon, "Which salons earned more from appointments this year than last year?")
  })
})

describe("the highest of what somebody had", () => {
  it("is an amount, and no number of them", () => {
    assert.include(sqlOf(salon, "Which client had the highest payment?"), "MAX(payments.amount)")
  })
})

describe("what is used most often", () => {
  it("is what most rows tell", () => {
    const sql = sqlOf(salon, "Which payment method is used most often?")
    assert.include(sql, "GROUP BY payments.method")
    assert.include(sql, "COUNT(*)")
  })
})

describe("payments that failed", () => {
  it("are no money", () => {
    const bank = asking(
      {},
      {
        schema: {
          tables: {
            payments: {
              columns: [key("id"), column("amount", "REAL"), column("method"), texts("status", "paid", "failed")]
            }
          }
        }
      }
    )
    for (const question of ["total payments by method", "total payments"])
      assert.include(sqlOf(bank, question), "payments.status = 'paid'")
    assert.include(sqlOf(bank, "total paid payments"), "payments.status = 'paid'")
    assert.include(sqlOf(bank, "total payments by status"), "GROUP BY payments.status")
  })
})

describe("where something goes", () => {
  it("is none of whom it is for", () => {
    const freight = asking(
      {},
      {
        schema: {
          tables: {
            ports: { columns: [key("id"), texts("name", "Bremerhaven")] },
            customers: { columns: [key("id"), column("name"), texts("city", "Hamburg")] },
            shipments: {
              columns: [
                key("id"),
                key("customer_id", "customers.id"),
                key("origin_port_id", "ports.id"),
                key("destination_port_id", "ports.id"),
                date("booked_on")
              ]
            }
          }
        }
      }
    )
    refused(freight, "How many shipments to Hamburg are there?")
    assert.include(sqlOf(freight, "How many shipments go to Bremerhaven?"), "shipments.destination_port_id IN")
    assert.include(sqlOf(freight, "How many shipments leave from Bremerhaven?"), "shipments.origin_port_id IN")
  })
})

describe("how long something lasts", () => {
  it("lies between when it began and when it ended", () => {
    const video = asking(
      {},
      {
        schema: {
          tables: {
            rentals: { columns: [key("id"), date("rented_on"), date("due_on"), date("returned_on")] },
            outages: { columns: [key("id"), column("started_at", "TIMESTAMP"), column("ended_at", "TIMESTAMP")] },
            operations: {
              columns: [
                key("id"),
                column("starts_at", "TIMESTAMP"),
                column("ends_at", "TIMESTAMP"),
                texts("status", "planned", "completed", "cancelled")
              ]
            }
          }
        }
      }
    )
    assert.include(
      sqlOf(video, "How many days does a rental last on average?"),
      "AVG(julianday(rentals.returned_on) - julianday(rentals.rented_on))"
    )
    assert.include(
      sqlOf(video, "How long does an outage last on average, in hours?"),
      "AVG((julianday(outages.ended_at) - julianday(outages.started_at)) * 24)"
    )
    refused(video, "How many minutes does an operation take on average?")
  })
})

const hospital = asking(
  {},
  {
    schema: {
      tables: {
        wards: { columns: [key("id"), texts("name", "Maple")] },
        patients: {
          columns: [key("id"), texts("first_name", "Olga"), texts("last_name", "Brandt"), column("insurance_provider")]
        },
        admissions: {
          columns: [
            key("id"),
            key("patient_id", "patients.id"),
            key("ward_id", "wards.id"),
            date("admitted_on"),
            date("discharged_on")
          ]
        },
        operations: {
          columns: [
            key("id"),
            key("patient_id", "patients.id"),
            column("starts_at", "TIMESTAMP"),
            texts("status", "scheduled", "completed", "cancelled")
          ]
        },
        fines: { columns: [key("id"), key("patient_id", "patients.id"), column("amount", "REAL"), date("paid_on")] },
        invoices: {
          columns: [
            key("id"),
            key("patient_id", "patients.id"),
            date("due_date"),
            date("paid_date"),
            column("total", "REAL")
          ]
        },
        tasks: { columns: [key("id"), column("title"), key("created_by_id", "patients.id")] },
        rooms: { columns: [key("id"), column("name"), key("ward_id", "wards.id")] },
        employees: { columns: [key("id"), column("full_name"), date("left_on"), texts("role", "nurse")] }
      }
    }
  }
)

describe("what is asked of now", () => {
  it("is not told by what was ever so", () => {
    refused(hospital, "Which ward has the most patients?", "How many patients are in each ward?")
    for (const question of ["How many employees do we have?", "How many nurses do we have?"])
      assert.include(sqlOf(hospital, question), "employees.left_on IS NULL", question)
    assert.include(sqlOf(hospital, "How many current employees do we have?"), "employees.left_on IS NULL")
    assert.include(sqlOf(hospital, "How many employees are there?"), "COUNT(*)")
  })
})

describe("what is done to somebody now", () => {
  it("has no end yet", () => {
    for (const question of ["Which patients are currently admitted?", "How many patients are admitted?"]) {
      assert.include(
        sqlOf(hospital, question),
        "patients.id IN (SELECT admissions.patient_id FROM admissions WHERE admissions.discharged_on IS NULL AND admissions.admitted_on < '2026-11-23')",
        question
      )
    }
  })
})

describe("what is counted for each", () => {
  it("is 0 where there is none, unless it was done", () => {
    const sql = sqlOf(hospital, "How many rooms does each ward have?")
    assert.include(sql, "SUM((SELECT COUNT(*) FROM rooms WHERE rooms.ward_id = wards.id))")
    assert.include(sqlOf(hospital, "number of rooms by ward"), "JOIN wards")
  })
})

describe("what somebody owes", () => {
  it("has not been paid", () => {
    for (const question of [
      "How much does Olga Brandt owe in fines?",
      "How much does Olga Brandt owe in unpaid fines?"
    ]) {
      assert.include(sqlOf(hospital, question), "fines.paid_on IS NULL", question)
    }
    refused(hospital, "How much does Olga Brandt owe?")
  })
})

describe("two dates of one row", () => {
  it("are compared by their names", () => {
    assert.include(
      sqlOf(hospital, "Which invoices were paid after the due date?"),
      "invoices.paid_date > invoices.due_date"
    )
  })

  it("leave out what has been paid of what is due", () => {
    assert.include(sqlOf(hospital, "invoices due next week"), "invoices.paid_date IS NULL")
  })
})

describe("what takes place at a time", () => {
  it("was cancelled or is planned for it", () => {
    assert.include(
      sqlOf(hospital, "How many operations were cancelled in 2025?"),
      "operations.starts_at >= '2025-01-01'"
    )
    assert.include(
      sqlOf(hospital, "Which operations are scheduled for next week?"),
      "operations.status = 'scheduled' AND operations.starts_at >= '2026-11-23'"
    )
  })
})

describe("who created a row", () => {
  it("is not whose it is", () => refused(hospital, "Which patient has the most tasks?", "tasks of Olga Brandt"))
})

describe("a text that is missing", () => {
  it("may be called by its first word", () => {
    assert.include(sqlOf(hospital, "Which patients have no insurance?"), "patients.insurance_provider IS NULL")
  })
})

describe("what may be several", () => {
  it("is refused", () => {
    refused(
      hospital,
      "patients whose operations are all cancelled",
      "What is the average total of invoices for Olga and for Brandt?",
      "patients by number of times admitted"
    )
  })
})

describe("from one place to another", () => {
  it("is told by the columns that are called so", () => {
    const air = asking(
      {},
      {
        schema: {
          tables: {
            routes: {
              columns: [key("id"), texts("origin_city", "Oslo", "Bergen"), texts("destination_city", "Oslo", "Bergen")]
            },
            flights: {
              columns: [key("id"), column("number"), key("route_id", "routes.id"), column("departs_at", "TIMESTAMP")]
            },
            pilots: { columns: [key("id"), column("full_name"), texts("base_city", "Oslo"), date("birth_date")] }
          }
        }
      }
    )
    for (const question of ["flights from Oslo to Bergen", "routes that go from Oslo to Bergen"]) {
      const sql = sqlOf(air, question)
      assert.include(sql, "routes.origin_city = 'Oslo'", question)
      assert.include(sql, "routes.destination_city = 'Bergen'", question)
    }
    assert.include(sqlOf(air, "pilots from Oslo"), "pilots.base_city = 'Oslo'")
    refused(air, "Which pilots fly to Oslo?", "Which pilots go to Oslo?")
  })
})

describe("a place that others are called after, too", () => {
  it("is the one that rows refer to by its name", () => {
    const clinic = asking(
      {},
      {
        schema: {
          tables: {
            departments: { columns: [key("id"), texts("name", "Oncology")] },
            doctors: {
              columns: [
                key("id"),
                column("full_name"),
                texts("specialty", "Oncology"),
                key("department_id", "departments.id")
              ]
            },
            stays: {
              columns: [
                key("id"),
                key("department_id", "departments.id"),
                key("doctor_id", "doctors.id"),
                date("began_on")
              ]
            }
          }
        }
      }
    )
    for (const question of ["How many stays in Oncology were there?", "number of stays in Oncology in 2025"]) {
      assert.include(sqlOf(clinic, question), "departments.name = 'Oncology'", question)
    }
    refused(clinic, "Which doctors work in Oncology?", "doctors in Oncology")
  })
})

describe("what rows are called", () => {
  it("is the order in which they are listed, and no group", () => {
    assert.include(sqlOf(hospital, "List the patients by last name"), "ORDER BY patients.last_name ASC")
  })
})
