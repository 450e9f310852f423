/** What managers and clerks type: names, rates by the hour, sales of things, who is late, who is still there. */
import { assert, describe, it } from "@effect/vitest"
import { asking, column, key, refused, sqlOf } from "./Asking.ts"

const hire = asking(
  {},
  {
    schema: {
      tables: {
        branches: { columns: [key("id"), column("name"), column("city"), column("openedOn", "DATE")] },
        customers: {
          columns: [
            key("id"),
            column("firstName"),
            column("lastName"),
            column("companyName"),
            column("country", "TEXT", { values: ["Germany", "France"] }),
            column("phone"),
            column("birthDate", "DATE"),
            column("createdOn", "DATE")
          ]
        },
        cars: {
          columns: [
            key("id"),
            key("branchId", "branches.id"),
            column("plate"),
            column("boughtOn", "DATE"),
            column("soldOn", "DATE"),
            column("salesChannel", "TEXT", { values: ["auction", "dealer"] })
          ]
        },
        rentals: {
          columns: [
            key("id"),
            key("customerId", "customers.id"),
            key("carId", "cars.id"),
            column("rentedOn", "DATE"),
            column("dueBackOn", "DATE"),
            column("returnedOn", "DATE"),
            column("status", "TEXT", { values: ["open", "closed", "no_show"] })
          ]
        }
      }
    }
  }
)

describe("the name of somebody whose first and last name are kept", () => {
  it("is both, although something else has a column that is called name", () => {
    for (const question of ["names of customers from Germany", "the names of all customers from Germany"]) {
      assert.match(
        sqlOf(hire, question),
        /^SELECT customers\.firstName, customers\.lastName FROM customers WHERE customers\.country = 'Germany'/,
        question
      )
    }
    assert.match(
      sqlOf(hire, "names and phone numbers of customers from Germany"),
      /^SELECT customers\.firstName, customers\.lastName, customers\.phone FROM/
    )
    for (const question of ["open rentals with the name of the customer", "open rentals with customer name"]) {
      assert.match(
        sqlOf(hire, question),
        /, customers\.firstName, customers\.lastName FROM rentals LEFT JOIN customers .* WHERE rentals\.status = 'open'/,
        question
      )
    }
    assert.match(
      sqlOf(hire, "What is the name of the customer with the most rentals?"),
      /^SELECT customers\.firstName, customers\.lastName, COUNT\(\*\)/
    )
    assert.match(
      sqlOf(hire, "what is the name of the oldest customer"),
      /^SELECT customers\.firstName, customers\.lastName.*ORDER BY customers\.birthDate ASC/
    )
  })

  it("is the column of the name where there is one", () => {
    assert.match(sqlOf(hire, "names of the branches"), /^SELECT branches\.name FROM branches/)
  })
})

describe("when things were bought and sold", () => {
  it("is the date that is called so", () => {
    assert.match(
      sqlOf(hire, "How many cars did we sell last month?"),
      /^SELECT COUNT\(\*\).* WHERE cars\.soldOn >= '\d{4}-\d\d-01' AND cars\.soldOn < /
    )
    assert.match(
      sqlOf(hire, "cars bought in 2025"),
      /WHERE cars\.boughtOn >= '2025-01-01' AND cars\.boughtOn < '2026-01-01'/
    )
    assert.match(
      sqlOf(hire, "cars sold per sales channel in 2025"),
      /^SELECT cars\.salesChannel, COUNT\(\*\).* WHERE cars\.soldOn >= '2025-01-01'.*GROUP BY cars\.salesChannel/
    )
  })

  it("is not when those were kept who have them", () => {
    refused(hire, "customers of rentals in 2025")
  })
})
