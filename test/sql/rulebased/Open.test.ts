/** What words do not settle: who is in charge, whose sale it was, what was done, and which of several is meant. */
import { assert, describe, it } from "@effect/vitest"
import { asking, column, date, key, number, refused, sqlOf, texts } from "./Asking.ts"

const council = asking(
  {},
  {
    schema: {
      tables: {
        districts: { columns: [key("id"), texts("name", "Elmwood"), column("councillor_name")] },
        wards: { columns: [key("id"), texts("name", "Oncology"), key("head_doctor_id", "doctors.id")] },
        doctors: { columns: [key("id"), column("full_name"), date("hired_on")] },
        residents: { columns: [key("id"), column("full_name"), key("district_id", "districts.id"), date("joined_on")] },
        permits: {
          columns: [
            key("id"),
            key("resident_id", "residents.id"),
            texts("permit_type", "building", "parking"),
            texts("status", "granted", "refused")
          ]
        },
        invoices: {
          columns: [
            key("id"),
            key("resident_id", "residents.id"),
            column("amount", "REAL"),
            date("issued_on"),
            date("paid_on")
          ]
        },
        inspections: { columns: [key("id"), key("permit_id", "permits.id"), texts("result", "passed", "failed")] }
      }
    }
  }
)

const haulage = asking(
  {},
  {
    schema: {
      tables: {
        drivers: { columns: [key("id"), texts("full_name", "Ben Stone"), date("hired_on")] },
        trucks: {
          columns: [key("id"), column("plate"), key("usual_driver_id", "drivers.id"), date("next_inspection_on")]
        },
        trips: {
          columns: [
            key("id"),
            key("truck_id", "trucks.id"),
            key("driver_id", "drivers.id"),
            date("trip_date"),
            texts("status", "planned", "done", "cancelled")
          ]
        },
        jobs: {
          columns: [key("id"), column("title"), key("mechanic_id", "mechanics.id"), texts("status", "booked", "done")]
        },
        mechanics: { columns: [key("id"), column("full_name"), date("hired_on")] }
      }
    }
  }
)

const shop = asking(
  {},
  {
    schema: {
      tables: {
        stores: { columns: [key("id"), column("name"), texts("city", "Leeds", "York")] },
        customers: { columns: [key("id"), column("full_name"), texts("city", "Leeds", "Bath")] },
        products: { columns: [key("id"), column("name"), number("price"), number("stock")] },
        sales: {
          columns: [
            key("id"),
            key("store_id", "stores.id"),
            key("customer_id", "customers.id"),
            key("product_id", "products.id"),
            number("quantity"),
            number("unit_price"),
            date("sold_on")
          ]
        },
        hotels: { columns: [key("id"), column("name")] },
        rooms: { columns: [key("id"), key("hotel_id", "hotels.id"), number("room_number"), number("beds")] }
      }
    }
  }
)

describe("who is in charge", () => {
  it("is whom a key or a column names", () => {
    assert.include(sqlOf(council, "Who is in charge of the Oncology ward?"), "SELECT wards.head_doctor_id FROM wards")
    assert.include(sqlOf(council, "Who is the councillor for Elmwood?"), "SELECT DISTINCT districts.councillor_name")
  })

  it("is nobody who only belongs there", () => {
    refused(council, "Who is responsible for Elmwood?", "Who owns Elmwood?", "Which residents own a permit?")
  })

  it("is not told of what is others'", () => {
    refused(
      asking(
        {},
        {
          schema: {
            tables: {
              customers: { columns: [key("id"), column("name")] },
              vehicles: { columns: [key("id"), column("plate"), key("customer_id", "customers.id")] }
            }
          }
        }
      ),
      "Which vehicles do we own?"
    )
  })
})

describe("what was done", () => {
  it("is not told of what may be planned or cancelled", () => {
    refused(
      haulage,
      "Which mechanics have worked on a job?",
      "How many trips has Ben Stone driven?",
      "Which residents had a trip?"
    )
  })

  it("by a driver may be told by the truck that is his", () => {
    refused(haulage, "Which trucks did Ben Stone drive?", "Which trucks has Ben Stone driven?")
  })

  it("is paid on the day on which the invoice was", () => {
    const sql = sqlOf(council, "How much did residents pay in 2026?")
    assert.include(sql, "SELECT SUM(invoices.amount)")
    assert.include(sql, "invoices.paid_on >= '2026-01-01'")
  })

  it("is due by the date of the next one", () => {
    assert.include(
      sqlOf(haulage, "Which trucks are due for inspection next month?"),
      "trucks.next_inspection_on >= '2026-12-01' AND trucks.next_inspection_on < '2027-01-01'"
    )
    assert.include(sqlOf(haulage, "trucks due for inspection"), "trucks.next_inspection_on < '2026-11-23'")
  })
})

describe("to have one of a kind", () => {
  it("is open where it may have been refused", () => refused(council, "Which residents have a building?"))

  it("has no share of results that may be missing", () =>
    refused(council, "What percentage of inspections were passed?"))
})

describe("which of several", () => {
  it("places is meant is settled by what is said before it", () => {
    refused(shop, "How many sales were there in Leeds?", "sales in Leeds")
    assert.include(sqlOf(shop, "How many sales were there in stores in Leeds?"), "stores.city = 'Leeds'")
    assert.include(sqlOf(shop, "How many sales were there in York?"), "stores.city = 'York'")
  })

  it("numbers in stock is that of the stock", () => {
    assert.include(sqlOf(shop, "Which products have more than 50 in stock?"), "products.stock > 50")
    assert.include(sqlOf(shop, "products with fewer than 10 in stock"), "products.stock < 10")
  })

  it("is open of sales, which are so many or so much", () => {
    refused(shop, "Sales per store", "Sales by city this year", "Customers in alphabetical order by city")
    assert.include(sqlOf(shop, "How many sales were there per store?"), "COUNT(*)")
  })

  it("room is meant is open where each hotel has one", () => {
    refused(shop, "beds of room 101", "How many beds does room 101 have?")
  })
})

const league = asking(
  {},
  {
    schema: {
      tables: {
        clubs: { columns: [key("id"), column("name")] },
        players: { columns: [key("id"), column("full_name"), key("club_id", "clubs.id"), column("nationality")] },
        goals: { columns: [key("id"), key("player_id", "players.id"), texts("kind", "header", "own goal")] },
        injuries: { columns: [key("id"), key("player_id", "players.id"), date("injured_on"), date("back_on")] },
        contracts: {
          columns: [
            key("id"),
            key("player_id", "players.id"),
            column("salary", "REAL"),
            date("start_date"),
            date("end_date")
          ]
        },
        rankings: { columns: [key("id"), key("player_id", "players.id"), date("ranking_date"), number("points")] },
        patients: { columns: [key("id"), column("full_name"), date("born_on"), date("died_on"), column("allergies")] }
      }
    }
  }
)

describe("what is so at one time", () => {
  it("is not added up over all times", () => {
    refused(
      league,
      "Total salary per club",
      "Top 5 players by salary",
      "total points per player",
      "Who has the most points?"
    )
    assert.include(sqlOf(league, "average salary per club"), "AVG(contracts.salary)")
  })

  it("is not what was ever so", () => refused(league, "Which players are injured?"))

  it("is known by its date", () => {
    for (const question of ["Which patients have died?", "patients who died"]) {
      assert.include(sqlOf(league, question), "WHERE patients.died_on IS NOT NULL", question)
    }
    refused(league, "patients with allergies")
  })
})

describe("goals", () => {
  it("are those of whoever scored them, but the own ones", () => {
    assert.include(sqlOf(league, "Which player scored the most goals?"), "goals.kind <> 'own goal'")
    assert.include(sqlOf(league, "How many goals were there?"), "COUNT(*)")
  })
})

describe("the cheapest", () => {
  const hire = (...columns: ReadonlyArray<string>) =>
    asking({}, { schema: { tables: { items: { columns: [key("id"), column("name"), ...columns.map(number)] } } } })

  it("of what is for hire is open, where it has been bought, too", () => {
    refused(hire("daily_rate", "purchase_price"), "Which is the cheapest item?", "most expensive items")
    assert.include(sqlOf(hire("purchase_price"), "Which is the cheapest item?"), "ORDER BY items.purchase_price ASC")
  })
})
