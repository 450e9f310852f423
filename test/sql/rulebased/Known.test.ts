/** What a row is known by where its table has no column called name: an address, a registration, short words for names. */
import { assert, describe, it } from "@effect/vitest"
import { asking, column, key, sqlOf, texts } from "./Asking.ts"

const letting = asking(
  {},
  {
    schema: {
      tables: {
        Owner: { columns: [key("OwnerId"), column("FirstName"), column("LastName")] },
        Property: {
          columns: [
            key("PropertyId"),
            key("OwnerId", "Owner.OwnerId"),
            column("Address"),
            texts("City", "Clevedon", "Portishead"),
            column("MonthlyRent", "REAL")
          ]
        },
        Repair: { columns: [key("RepairId"), key("PropertyId", "Property.PropertyId"), column("Description")] },
        Visit: { columns: [key("VisitId"), key("RepairId", "Repair.RepairId"), column("Note")] }
      }
    }
  }
)

const flying = asking(
  {},
  {
    schema: {
      tables: {
        aircraft: {
          columns: [key("id"), column("reg"), column("model"), column("seats", "REAL")]
        },
        manuals: { columns: [key("id"), column("title"), column("published_year", "INTEGER")] },
        passenger: { columns: [key("id"), column("fname"), column("lname")] },
        booking: { columns: [key("id"), key("pax_id", "passenger.id"), column("pnr")] }
      }
    }
  }
)

describe("a row without a name", () => {
  it("is known by the address of a property", () => {
    assert.include(sqlOf(letting, "What is the cheapest property in Clevedon?"), "SELECT Property.Address")
    assert.include(sqlOf(letting, "Which property has had the most repairs?"), "SELECT Property.Address, COUNT(*)")
  })

  it("is known by its registration", () => {
    assert.include(sqlOf(flying, "Which aircraft has the most seats?"), "aircraft.reg")
  })
})

describe("a row that nothing tells but its key", () => {
  it("is told by what its keys refer to", () => {
    const sql = sqlOf(letting, "Which repair has the most visits?")
    assert.include(sql, "SELECT Property.Address FROM Property WHERE Property.PropertyId = Repair.PropertyId")
    assert.include(sql, "GROUP BY Repair.RepairId, Repair.PropertyId")
  })
})

describe("a year that is a number", () => {
  it("is compared with a number", () => {
    assert.include(sqlOf(flying, "newest manuals"), "manuals.published_year <= 2026")
  })
})

describe("fname and lname", () => {
  it("are the names of a person", () => {
    assert.include(
      sqlOf(flying, "Top 5 passengers by number of bookings"),
      "SELECT passenger.fname, passenger.lname, COUNT(*)"
    )
  })
})
