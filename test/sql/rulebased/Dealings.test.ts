/** Who has to do with what: by whole names, by verbs that say no more than that, by kinds, and by what they pay. */
import { assert, describe, it } from "@effect/vitest"
import { asking, column, date, key, refused, sqlOf, texts } from "./Asking.ts"

const bank = asking(
  {},
  {
    schema: {
      tables: {
        branches: { columns: [key("id"), column("name")] },
        advisers: { columns: [key("id"), texts("full_name", "Ada Stone"), date("hired_on")] },
        customers: {
          columns: [
            key("id"),
            texts("first_name", "Carlos", "Maria"),
            texts("last_name", "Moreno", "Jensen"),
            key("branch_id", "branches.id"),
            key("adviser_id", "advisers.id")
          ]
        },
        accounts: {
          columns: [
            key("id"),
            key("customer_id", "customers.id"),
            texts("account_type", "savings", "current"),
            column("balance", "REAL")
          ]
        },
        loans: {
          columns: [
            key("id"),
            key("customer_id", "customers.id"),
            texts("loan_type", "mortgage", "car"),
            texts("status", "running", "defaulted")
          ]
        },
        payments: {
          columns: [key("id"), key("customer_id", "customers.id"), column("amount", "REAL"), date("paid_on")]
        }
      }
    }
  }
)

const buses = asking(
  {},
  {
    schema: {
      tables: {
        routes: { columns: [key("id"), texts("route_number", "8", "12"), column("name"), texts("kind", "Night")] },
        drivers: { columns: [key("id"), column("full_name"), date("hired_on")] },
        trips: {
          columns: [key("id"), key("route_id", "routes.id"), key("driver_id", "drivers.id"), date("trip_date")]
        }
      }
    }
  }
)

describe("a first and a last name beside each other", () => {
  it("are those of one person, whatever is said of them", () => {
    const carlos = "customers.first_name = 'Carlos' AND customers.last_name = 'Moreno'"
    for (const question of [
      "Which branch does Carlos Moreno belong to?",
      "the branch of Carlos Moreno",
      "accounts of Carlos Moreno"
    ]) {
      assert.include(sqlOf(bank, question), carlos, question)
    }
    assert.include(
      sqlOf(bank, "What is the balance of Maria Jensen's savings account?"),
      "WHERE customers.first_name = 'Maria' AND customers.last_name = 'Jensen' AND accounts.account_type = 'savings'"
    )
  })

  it("leave it open what several accounts come to", () => {
    refused(bank, "What is the balance of the accounts of Maria Jensen?", "What is the balance of Maria Jensen?")
  })
})

describe("verbs that say no more than whose something is", () => {
  it("are left to the relationship", () => {
    assert.include(sqlOf(bank, "How many customers does each adviser look after?"), "GROUP BY advisers.id")
    assert.include(sqlOf(bank, "customers assigned to Ada Stone"), "WHERE advisers.full_name = 'Ada Stone'")
  })

  it("are those of what the ones who do it are called", () => {
    const sql = sqlOf(buses, "Which drivers have driven route 8?")
    assert.include(sql, "SELECT trips.driver_id FROM trips JOIN routes ON routes.id = trips.route_id")
    assert.include(sql, "routes.route_number = '8'")
    assert.include(sqlOf(buses, "Which drivers have never driven a trip?"), "drivers.id NOT IN (SELECT trips.driver_id")
  })

  it("are no adjectives", () => {
    refused(buses, "routes of their own", "Which drivers own?")
  })
})

describe("to have one of a kind", () => {
  it("is to have a row that is of it", () => {
    const sql = sqlOf(bank, "Which customers have a mortgage?")
    assert.include(sql, "customers.id IN (SELECT loans.customer_id FROM loans WHERE loans.loan_type = 'mortgage')")
  })

  it("is not to have something in such a state", () => {
    refused(bank, "Which customers have a defaulted?", "customers of a mortgage")
  })
})

describe("what was paid", () => {
  it("was paid by those who are said to have", () => {
    for (const question of ["How much did customers pay us last month?", "How much have the customers paid in 2026?"]) {
      const sql = sqlOf(bank, question)
      assert.include(sql, "SELECT SUM(payments.amount)", question)
      assert.include(sql, "JOIN customers ON customers.id = payments.customer_id", question)
      assert.notInclude(sql, "GROUP BY", question)
    }
  })

  it("is the only revenue where nothing else was billed or sold", () => {
    assert.include(sqlOf(bank, "Revenue per month in 2026"), "SUM(payments.amount)")
    assert.include(sqlOf(bank, "total paid per branch"), "SUM(payments.amount)")
    refused(buses, "Revenue per month in 2026")
  })
})

describe("a share of rows", () => {
  it("is of those that have become so", () => {
    assert.include(sqlOf(bank, "What percentage of loans has defaulted?"), "CASE WHEN loans.status = 'defaulted'")
  })

  it("is not of what others have become", () => {
    refused(bank, "What percentage of payments were defaulted?")
  })
})
