/** How many there are left, how many were sold, and two numbers of one row beside each other. */
import { assert, describe, it } from "@effect/vitest"
import { asking, column, date, key, number, refused, sqlOf, texts } from "./Asking.ts"

const workshop = asking(
  {},
  {
    schema: {
      tables: {
        parts: {
          columns: [key("id"), column("name"), number("stock_quantity"), number("reorder_level"), number("sale_price")]
        },
        jobs: { columns: [key("id"), column("title"), texts("status", "booked", "completed"), date("done_on")] },
        job_parts: { columns: [key("id"), key("job_id", "jobs.id"), key("part_id", "parts.id"), number("quantity")] }
      }
    }
  }
)

const concerts = asking(
  {},
  {
    schema: {
      tables: {
        customers: { columns: [key("id"), column("full_name")] },
        concerts: { columns: [key("id"), column("title"), date("concert_date")] },
        ticket_sales: {
          columns: [
            key("id"),
            key("concert_id", "concerts.id"),
            key("customer_id", "customers.id"),
            number("quantity"),
            number("unit_price"),
            date("sold_on")
          ]
        }
      }
    }
  }
)

describe("what is in stock", () => {
  it("is told by a quantity that is called so", () => {
    assert.include(sqlOf(workshop, "Which parts are out of stock?"), "WHERE parts.stock_quantity = 0")
    assert.include(sqlOf(workshop, "parts in stock"), "WHERE parts.stock_quantity > 0")
  })

  it("is compared with the level at which more is ordered", () => {
    for (const question of ["Which parts are below their reorder level?", "parts with stock below the reorder level"]) {
      assert.include(sqlOf(workshop, question), "WHERE (parts.stock_quantity - parts.reorder_level) < 0", question)
    }
  })

  it("is not compared where nobody says with what", () => {
    refused(workshop, "parts below their sale price", "parts above theirs")
  })

  it("was used where rows of it say so, and nothing else refers to it", () => {
    const sql = sqlOf(workshop, "Which parts have never been used?")
    assert.include(sql, "parts.id NOT IN (SELECT job_parts.part_id FROM job_parts")
    refused(workshop, "Which jobs have never been used?")
  })
})

describe("tickets of ticket_sales", () => {
  it("are as many as the sales say", () => {
    for (const question of [
      "How many tickets did we sell per concert?",
      "number of tickets per concert",
      "top 5 concerts by number of tickets"
    ]) {
      assert.include(sqlOf(concerts, question), "SUM(ticket_sales.quantity)", question)
    }
    assert.include(sqlOf(concerts, "How many ticket sales were there?"), "COUNT(*)")
  })

  it("may be asked for where it does not matter how many there were", () => {
    const sql = sqlOf(concerts, "Which customers have never bought a ticket?")
    assert.include(sql, "customers.id NOT IN (SELECT ticket_sales.customer_id FROM ticket_sales")
  })

  it("are not counted by rows", () => {
    refused(concerts, "customers who bought more than 4 tickets", "customers with at least 2 tickets")
  })
})
