/** What a time, a state and a negation are said of, over schemas with several of each. */
import { assert, describe, it } from "@effect/vitest"
import { asking, column, date, key, refused, sqlOf, texts } from "./Asking.ts"

const parcels = asking(
  {},
  {
    schema: {
      tables: {
        contacts: { columns: [key("id"), column("name"), date("birth_date"), date("known_since")] },
        couriers: { columns: [key("id"), column("full_name"), column("rating", "REAL")] },
        shipments: {
          columns: [
            key("id"),
            texts("shipment_no", "SN-7005"),
            key("sender_id", "contacts.id"),
            key("receiver_id", "contacts.id"),
            key("courier_id", "couriers.id"),
            texts("status", "shipped", "delivered", "cancelled"),
            date("registered_on"),
            date("shipped_on"),
            date("delivered_on"),
            column("rating", "REAL"),
            column("insured", "TEXT", { description: "Y or N" })
          ]
        },
        scans: { columns: [key("id"), key("shipment_id", "shipments.id"), date("scanned_on")] },
        claims: {
          columns: [
            key("id"),
            key("shipment_id", "shipments.id"),
            texts("state", "open"),
            date("made_on"),
            date("due_on")
          ]
        },
        invoices: {
          columns: [
            key("id"),
            key("shipment_id", "shipments.id"),
            column("total", "REAL"),
            texts("currency", "EUR", "CHF"),
            date("invoice_date")
          ]
        }
      }
    }
  }
)

const clinic = asking(
  {},
  {
    schema: {
      tables: {
        patients: {
          columns: [
            key("patient_id"),
            column("first_name"),
            column("last_name"),
            column("patient_no"),
            column("sex", "TEXT", { description: "F = female, M = male" }),
            date("birth_date"),
            date("registered_on"),
            date("deceased_on"),
            column("year", "INTEGER")
          ]
        },
        doctors: {
          columns: [
            key("doctor_id"),
            column("doctor_name"),
            texts("specialty", "surgeon"),
            column("floor"),
            column("full_time", "TEXT", { description: "Y or N" })
          ]
        },
        visits: {
          columns: [
            key("visit_id"),
            column("urgency", "INTEGER", { description: "1 = urgent, 2 = normal, 3 = routine" }),
            texts("paid_by", "card", "cash"),
            key("patient_id", "patients.patient_id"),
            key("doctor_id", "doctors.doctor_id"),
            date("visit_date"),
            column("fee", "REAL"),
            column("outstanding", "REAL")
          ]
        },
        rooms: {
          columns: [key("room_id"), column("room_name"), column("floor", "INTEGER"), column("capacity", "INTEGER")]
        },
        ingredients: {
          columns: [
            key("ingredient_id"),
            column("name"),
            column("unit"),
            column("in_stock", "REAL"),
            column("cost_per_unit", "REAL")
          ]
        }
      }
    }
  }
)

describe("a time", () => {
  it("with what was done then is of its own date, and of no state of now", () => {
    for (const question of ["shipments shipped in October", "shipments registered in October"]) {
      assert.match(sqlOf(parcels, question), /WHERE shipments\.(?:shipped|registered)_on >= '2026-10-01'/, question)
    }
    assert.match(sqlOf(parcels, "shipped shipments"), /WHERE shipments\.status = 'shipped'/)
    assert.match(sqlOf(parcels, "shipments delivered per month"), /delivered_on IS NOT NULL GROUP BY/)
  })

  it("is open where only one of several deeds sounds like the thing", () => {
    refused(parcels, "shipments this month", "cancelled shipments in October", "shipments per month")
  })

  it("of persons is neither when they were registered nor when they died", () => {
    refused(clinic, "patients this month", "patients in 2026", "patients sorted by date")
    assert.match(sqlOf(clinic, "patients registered in 2026"), /registered_on >= '2026-01-01'/)
  })

  it("is none of a column that says how much of the day", () => {
    refused(clinic, "doctors this month")
    assert.match(sqlOf(clinic, "full time doctors"), /full_time = 'Y'/)
  })

  it("in years is not the year that something else is in", () => {
    assert.match(sqlOf(clinic, "visits per year"), /visits\.visit_date/)
    assert.match(sqlOf(clinic, "total fee per year"), /visits\.visit_date/)
  })

  it("is none of what there is now", () => {
    refused(clinic, "total outstanding per month")
  })

  it("of birth comes every year", () => {
    refused(clinic, "patients born this month")
  })
})

describe("what is still to come, or due", () => {
  it("is of the one date of the rows, or of the one that is called so", () => {
    assert.match(sqlOf(clinic, "upcoming visits"), /visits\.visit_date >= '2026-11-22'/)
    assert.match(sqlOf(parcels, "claims due this month"), /claims\.due_on >= '2026-11-01'/)
    assert.match(sqlOf(parcels, "contacts since 2024"), /contacts\.known_since >= '2024-01-01'/)
    refused(parcels, "upcoming shipments", "contacts in 2024")
  })

  it("comes first where it can be ordered by a date alone", () => {
    refused(parcels, "shipments shipped per month, newest first")
  })
})

describe("two deeds", () => {
  it("with one time are each at its own, or open", () => {
    refused(parcels, "shipments shipped and delivered in October", "shipments shipped but not delivered")
  })
})

it("things that a value names are counted for a group", () => {
  assert.match(sqlOf(clinic, "surgeons per floor"), /COUNT\(\*\).*specialty = 'surgeon' GROUP BY doctors\."?floor/)
})

describe("neither of two", () => {
  it("is without the one and without the other", () => {
    const sql = sqlOf(parcels, "shipments without scans and claims")
    assert.strictEqual(sql.match(/NOT IN/g)?.length, 2, sql)
    refused(parcels, "shipments without open claims and scans", "shipments without scans and claims in 2026")
  })

  it("is a state that they are not in", () => {
    assert.match(sqlOf(parcels, "scans of shipments that have not been cancelled"), /status <> 'cancelled'/)
  })

  it("is no number that somebody has", () => {
    assert.match(sqlOf(clinic, "patients with no visits"), /NOT IN/)
    refused(parcels, "shipments not delivered by Ada")
  })
})

describe("what is asked for", () => {
  it("is whom two keys name, and no third", () => {
    refused(parcels, "Who sent SN-7005?", "Who delivered SN-7005?")
    assert.match(sqlOf(parcels, "sender of SN-7005"), /SELECT contacts\.name .*shipments\.sender_id/)
  })

  it("is open where the group has a number of the same name", () => {
    refused(parcels, "average rating per courier", "courier with the highest average rating")
  })

  it("is a yes or no that a description names the texts of", () => {
    assert.match(sqlOf(parcels, "insured shipments"), /insured = 'Y'/)
    assert.match(sqlOf(parcels, "shipments that are not insured"), /insured = 'N'/)
  })

  it("in a currency is open where rows have several", () => {
    refused(parcels, "invoices over 500 euros", "invoices over €500")
    assert.match(sqlOf(clinic, "visits with a fee over $500"), /fee > 500/)
  })

  it("per unit or in stock is no longer column's end", () => {
    assert.match(sqlOf(clinic, "ingredients per unit"), /GROUP BY ingredients\.unit/)
    assert.match(sqlOf(clinic, "ingredients in stock"), /in_stock > 0/)
  })
})

describe("what is said of rows", () => {
  it("is a code that only a description says the meaning of", () => {
    assert.match(sqlOf(clinic, "female patients"), /patients\.sex = 'F'/)
    assert.match(sqlOf(clinic, "How many visits were urgent?"), /visits\.urgency = 1/)
    assert.match(sqlOf(clinic, "visits by urgency"), /GROUP BY visits\.urgency/)
    refused(clinic, "average urgency")
  })

  it("is just so much, or so many", () => {
    assert.match(sqlOf(clinic, "rooms on floor 2"), /rooms\.floor = 2/)
    assert.match(sqlOf(clinic, "visits with a fee of exactly 20"), /visits\.fee = 20/)
    assert.match(sqlOf(clinic, "patients with 3 visits"), /COUNT\(\*\).*= 3/)
  })

  it("is how large, by what it holds", () => {
    assert.match(sqlOf(clinic, "largest room"), /ORDER BY rooms\.capacity DESC/)
  })

  it("is when it was done", () => {
    assert.match(sqlOf(parcels, "When was SN-7005 delivered?"), /SELECT shipments\.delivered_on .*'SN-7005'/)
    assert.match(sqlOf(parcels, "When was scan 7 scanned?"), /scans\.scanned_on FROM scans WHERE scans\.id = 7/)
    refused(clinic, "When was patient 7?", "When was patient 7 cured?")
  })

  it("is said of all but those that have none", () => {
    assert.match(sqlOf(parcels, "shipments with scans but no claims"), /NOT IN .* IN \(SELECT scans/)
    assert.match(sqlOf(parcels, "shipments not insured"), /insured = 'N'/)
  })
})

describe("the first of several dates", () => {
  const desk = asking(
    {},
    {
      schema: {
        tables: {
          agents: { columns: [key("agent_id"), column("agent_name")] },
          tickets: {
            columns: [
              key("ticket_id"),
              column("subject"),
              key("assignee_id", "agents.agent_id"),
              texts("channel", "phone", "web"),
              texts("status", "open", "closed"),
              column("created_at", "TIMESTAMP"),
              column("due_at", "TIMESTAMP"),
              column("resolved_at", "TIMESTAMP")
            ]
          },
          invoices: {
            columns: [key("invoice_id"), column("amount", "REAL"), date("issued_on"), date("due_on"), date("paid_on")]
          },
          fines: {
            columns: [key("fine_id"), column("amount", "REAL"), column("pages", "INTEGER"), date("fined_on")]
          },
          claims: { columns: [key("claim_id"), date("incident_date"), date("reported_on"), date("settled_on")] },
          loans: { columns: [key("loan_id"), date("borrowed_on"), date("due_on"), date("returned_on")] },
          projects: { columns: [key("project_id"), column("title"), date("start_date"), date("end_date")] }
        }
      }
    }
  )

  it("is the time, where the others are of what became of it", () => {
    assert.match(sqlOf(desk, "tickets per month"), /tickets\.created_at/)
    assert.match(sqlOf(desk, "invoices in 2026"), /issued_on >= '2026-01-01'/)
    assert.match(sqlOf(desk, "invoices paid in 2026"), /paid_on >= '2026-01-01'/)
    assert.match(sqlOf(desk, "loans in 2026"), /borrowed_on >= '2026-01-01'/)
    refused(desk, "projects in 2025", "claims in 2025")
  })

  it("says nothing of how much, which fines are themselves", () => {
    assert.match(sqlOf(desk, "total fines per month"), /SUM\(fines\.amount\)/)
    assert.match(sqlOf(desk, "highest fine"), /ORDER BY fines\.amount DESC/)
    assert.match(sqlOf(desk, "What is the average number of pages?"), /AVG\(fines\.pages\)/)
    refused(desk, "total claims of invoices", "highest ticket")
  })

  it("is the one whose verb stands behind did, or is said of what is to come", () => {
    assert.match(sqlOf(desk, "How many tickets did we resolve in October?"), /resolved_at >= '2026-10-01'/)
    assert.match(sqlOf(desk, "Which projects end next year?"), /end_date >= '2027-01-01'/)
    assert.match(sqlOf(desk, "What is the total of unpaid invoices?"), /SUM\(invoices\.amount\).*paid_on IS NULL/)
  })

  it("is no bar to how it came in, who holds it and how many there are", () => {
    assert.match(sqlOf(desk, "tickets that came in by phone this month"), /channel = 'phone' .*created_at >=/)
    assert.match(sqlOf(desk, "How many tickets are unassigned?"), /assignee_id IS NULL/)
    assert.match(sqlOf(desk, "agents with more than 2 open tickets"), /status = 'open'\) > 2/)
  })
})
