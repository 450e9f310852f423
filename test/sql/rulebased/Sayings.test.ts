/** Dates that are kept as texts, and words around what is asked for that say when, how, or which ones not. */
import { assert, describe, it } from "@effect/vitest"
import { asking, column, key, refused, sqlOf, texts } from "./Asking.ts"

/** As SQLite publishes them: every date is a TEXT. */
const college = asking(
  {},
  {
    schema: {
      tables: {
        tutors: { columns: [key("id"), column("full_name"), column("hired_on"), column("left_on")] },
        procedure_types: { columns: [key("id"), column("name"), column("price", "REAL")] },
        buildings: { columns: [key("id"), column("name"), column("year_built", "INTEGER"), column("opened_on")] },
        lessons: {
          columns: [
            key("id"),
            key("tutor_id", "tutors.id"),
            key("building_id", "buildings.id"),
            column("lesson_date"),
            column("booked_on"),
            column("depends_on"),
            texts("status", "held", "cancelled", "planned")
          ]
        },
        payments: {
          columns: [
            key("id"),
            key("lesson_id", "lessons.id"),
            column("paid_on"),
            column("amount", "REAL"),
            texts("method", "card", "voucher")
          ]
        }
      }
    }
  }
)

describe("dates that are kept as texts", () => {
  it("are known by their names", () => {
    assert.match(sqlOf(college, "payments per month in 2026"), /paid_on >= '2026-01-01' AND .*GROUP BY strftime/)
    assert.match(sqlOf(college, "our current tutors"), /WHERE tutors\.left_on IS NULL|left_on >/)
    assert.match(sqlOf(college, "tutors hired in 2025"), /tutors\.hired_on >= '2025-01-01'/)
  })

  it("are of the event, where another one is of when it was recorded", () => {
    assert.match(sqlOf(college, "number of lessons per year"), /strftime\('%Y', lessons\.lesson_date\)/)
  })

  it("are numbers where only the year is kept", () => {
    assert.match(sqlOf(college, "buildings built before 1930"), /WHERE buildings\.year_built < 1930/)
    assert.match(sqlOf(college, "Which buildings were built since 2010?"), /year_built >= 2010/)
  })
})

describe("words around what is asked for", () => {
  it("say when", () => {
    for (const [said, from] of [
      ["since the start of 2025", "2025-01-01"],
      ["since the beginning of the year", "2026-01-01"],
      ["since the start of last month", "2026-10-01"],
      ["during 2025", "2025-01-01"]
    ]) {
      assert.include(sqlOf(college, `How many lessons were there ${said}?`), `lesson_date >= '${from}'`, said)
    }
  })

  it("say how", () => {
    assert.match(sqlOf(college, "How much was paid by voucher in 2024?"), /SUM\(payments\.amount\).*method = 'voucher'/)
    // Which way, and not who.
    refused(college, "How many lessons were booked by Grace?")
  })

  it("leave some out", () => {
    for (const said of ["not counting cancelled ones", "without cancelled ones", "ignoring cancelled lessons"]) {
      assert.include(
        sqlOf(college, `How many lessons has each tutor had, ${said}?`),
        "(lessons.status <> 'cancelled' OR lessons.status IS NULL)",
        said
      )
    }
    refused(college, "tutors with more than one lesson in one building")
  })

  it("say nothing more", () => {
    assert.match(sqlOf(college, "Which building has the most lessons in it?"), /^SELECT buildings\.name/)
    assert.match(sqlOf(college, "what share of lessons were cancelled in percent"), /100/)
  })

  it("call by the first word what is a type of it, where nothing else is called so", () => {
    assert.match(sqlOf(college, "procedures that cost more than 500"), /^SELECT procedure_types\.name/)
  })
})

it("a question for whose rows they are is not answered with the rows", () => {
  refused(college, "Which tutor's lessons were cancelled?")
})

describe("what is asked of rows that have no name of their own", () => {
  it("is shown with the names of what they are of", () => {
    assert.match(
      sqlOf(college, "cancelled lessons"),
      /lessons\.status, tutors\.full_name, buildings\.name FROM lessons LEFT JOIN .* WHERE lessons\.status = 'cancelled'/
    )
  })

  it("is shown where a sentence of its own asks for it, also behind what there is none of", () => {
    assert.match(
      sqlOf(college, "Which lessons were held without a payment? Show the tutor and the status"),
      /^SELECT tutors\.full_name, lessons\.status FROM .*NOT IN/
    )
  })
})

it("payments are counted and added up where either may be meant", () => {
  assert.match(
    sqlOf(college, "payments per month"),
    /COUNT\(\*\) AS number_of_payments, SUM\(payments\.amount\) AS total_amount/
  )
  assert.notInclude(sqlOf(college, "number of payments per month"), "SUM")
})

it("people with what they may or may not have in their name are refused", () => {
  refused(college, "lesson tutors hired in 2025")
})

it("rows of facts are of the day in their calendar, whatever other dates they have", () => {
  const warehouse = asking(
    {},
    {
      schema: {
        tables: {
          dim_date: {
            columns: [column("date_key", "INTEGER"), column("full_date", "DATE"), column("month_name")]
          },
          fact_sales: {
            columns: [
              column("sale_key", "INTEGER"),
              key("date_key", "dim_date.date_key"),
              column("amount", "REAL"),
              column("delivery_date", "DATE")
            ]
          }
        }
      }
    }
  )
  assert.match(sqlOf(warehouse, "total sales amount last month"), /dim_date\.full_date >= '2026-10-01'/)
})

it("things that are called like a kind of them are not listed as kinds", () => {
  const estate = asking(
    {},
    { schema: { tables: { listings: { columns: [key("id"), column("property_type"), column("city")] } } } }
  )
  refused(estate, "Which properties are there?")
  assert.match(sqlOf(estate, "Which property types are there?"), /DISTINCT listings\.property_type/)
})

const cellar = asking(
  {},
  {
    schema: {
      tables: {
        cafes: { columns: [key("id"), column("name"), column("city"), column("customer_since")] },
        vintages: { columns: [key("id"), column("harvest_date"), column("style")] },
        orders: {
          columns: [
            key("id"),
            key("cafe_id", "cafes.id"),
            column("order_date"),
            texts("status", "delivered", "cancelled"),
            texts("channel", "phone", "app")
          ]
        },
        order_lines: {
          columns: [
            key("id"),
            key("order_id", "orders.id"),
            key("vintage_id", "vintages.id"),
            column("bottles", "INTEGER"),
            column("unit_price", "REAL")
          ]
        }
      }
    }
  }
)

describe("the value of orders", () => {
  it("is that of their lines, at the day of the order", () => {
    const kept = "(orders.status <> 'cancelled' OR orders.status IS NULL)"
    const monthly = sqlOf(cellar, "Monthly order value for 2026, without cancelled orders")
    assert.match(
      monthly,
      /^SELECT strftime\('%Y-%m', orders\.order_date\).*SUM\(order_lines\.bottles \* order_lines\.unit_price\)/
    )
    assert.include(monthly, kept)
    const best = sqlOf(cellar, "top 3 cafes by order value, leaving out cancelled orders")
    assert.match(best, /SUM\(order_lines\.bottles \* order_lines\.unit_price\).*LIMIT 3$/)
    assert.include(best, kept)
  })

  it("is refused where cancelled ones may be meant, too", () => {
    refused(cellar, "order value by city", "What is the value of our orders in 2025?")
  })
})

describe("what part of all rows it is", () => {
  it("is said before them, of each, or behind a group", () => {
    for (const question of [
      "share of cancelled orders by cafe",
      "What percentage of each cafe's orders were cancelled?",
      "What share of the orders at each cafe was cancelled?"
    ]) {
      assert.match(
        sqlOf(cellar, question),
        /^SELECT cafes\.name, AVG\(CASE WHEN orders\.status = 'cancelled' THEN 100\.0 ELSE 0 END\).*GROUP BY/,
        question
      )
    }
    assert.match(
      sqlOf(cellar, "Which cafe has the highest share of cancelled orders?"),
      /AVG\(CASE WHEN orders\.status = 'cancelled'.*DESC, cafes\.name LIMIT 1$/
    )
    assert.match(sqlOf(cellar, "percentage of cancelled orders up to today"), /order_date < '2026-11-23'/)
  })

  it("is of what was sold in some way, where all of it was", () => {
    assert.match(
      sqlOf(cellar, "what percentage of orders were bought by app"),
      /AVG\(CASE WHEN orders\.channel = 'app' THEN 100\.0 ELSE 0 END\)/
    )
  })
})

const agency = asking(
  {},
  {
    schema: {
      tables: {
        buyers: { columns: [key("id"), column("full_name"), column("phone")] },
        listings: {
          columns: [key("id"), column("address"), column("list_price", "REAL"), texts("status", "active", "sold")]
        },
        viewings: {
          columns: [
            key("id"),
            key("listing_id", "listings.id"),
            column("viewing_date"),
            column("warden"),
            texts("status", "planned", "completed")
          ]
        },
        offers: {
          columns: [
            key("id"),
            key("buyer_id", "buyers.id"),
            column("amount", "REAL"),
            column("commission_amount", "REAL"),
            column("offered_on"),
            column("withdrawn_on"),
            texts("status", "pending", "withdrawn")
          ]
        },
        courses: { columns: [key("id"), column("title"), column("fee", "REAL")] }
      }
    }
  }
)

describe("what people say of one column", () => {
  it("is that it is empty, where they have not given it", () => {
    for (const said of ["who haven't given us a phone number", "that did not give us a phone number"]) {
      assert.match(sqlOf(agency, `buyers ${said}`), /WHERE buyers\.phone IS NULL/, said)
    }
  })

  it("is an amount by its first word, where nothing else is of it", () => {
    assert.match(sqlOf(agency, "total commission per year"), /SUM\(offers\.commission_amount\)/)
  })

  it("is what something costs", () => {
    assert.match(sqlOf(agency, "Which courses cost more than £200?"), /WHERE courses\.fee > 200/)
  })

  it("is when it was done, and not when it was made", () => {
    assert.match(sqlOf(agency, "how many offers were withdrawn in 2026"), /offers\.withdrawn_on >= '2026-01-01'/)
  })
})

describe("rows that are called like what is done", () => {
  it("are rows also before a time", () => {
    assert.match(
      sqlOf(agency, "active listings without a completed viewing so far"),
      /NOT IN \(SELECT viewings\.listing_id FROM viewings WHERE viewings\.status = 'completed' AND viewings\.viewing_date </
    )
  })

  it("are issued by whom they say, where it is known when", () => {
    const fines = { columns: [key("id"), column("warden"), column("issued_on"), column("due_on")] }
    const ask = asking({}, { schema: { tables: { fines } } })
    assert.match(sqlOf(ask, "Which warden issued the most fines in 2026?"), /issued_on >= .*GROUP BY fines\.warden/)
    refused(agency, "Which warden issued the most viewings in 2026?")
  })

  it("are ordered as they are said to be", () => {
    assert.match(sqlOf(cellar, "number of orders per month, in order"), /ORDER BY "month"$/)
    assert.match(
      sqlOf(
        asking({}, { schema: { tables: { bills: { columns: [key("id"), column("amount", "REAL")] } } } }),
        "bills, biggest first"
      ),
      /ORDER BY bills\.amount DESC/
    )
    // Of two amounts nobody says by which.
    refused(
      asking(
        {},
        { schema: { tables: { bills: { columns: [key("id"), column("cost", "REAL"), column("price", "REAL")] } } } }
      ),
      "bills, biggest first"
    )
  })
})

describe("what is said without a word for what to do with it", () => {
  const league = asking(
    {},
    {
      schema: {
        tables: {
          players: { columns: [key("id"), column("name")] },
          penalties: {
            columns: [key("id"), key("player_id", "players.id"), column("minutes", "INTEGER"), column("game_date")]
          },
          invoices: { columns: [key("id"), column("amount", "REAL"), column("issued_on")] },
          clubs: {
            columns: [
              key("id"),
              column("name"),
              column("founded", "YEAR"),
              column("newsletter", "BOOLEAN"),
              column("is_closed", "BOOLEAN")
            ]
          }
        }
      }
    }
  )

  it("is added up for each", () => {
    assert.match(sqlOf(league, "penalty minutes of every player"), /^SELECT players\.name, SUM\(penalties\.minutes\)/)
    assert.match(sqlOf(league, "amount invoiced per month"), /SUM\(invoices\.amount\)/)
    for (const question of [
      "total invoiced in 2026",
      "How much have we billed in 2026?",
      "How much was invoiced in 2026?"
    ]) {
      assert.match(sqlOf(league, question), /SUM\(invoices\.amount\).*issued_on >= '2026-01-01'/, question)
    }
    refused(league, "penalty minutes in 2026")
  })

  it("is a year, where only that is kept", () => {
    assert.match(sqlOf(league, "Which clubs were founded before 1950?"), /clubs\.founded < 1950/)
  })

  it("is true of those who get it, and of what we have done", () => {
    assert.match(sqlOf(league, "How many clubs get our newsletter?"), /clubs\.newsletter/)
    assert.match(sqlOf(league, "Which clubs have we closed?"), /clubs\.is_closed/)
  })
})

describe("people and places by their country", () => {
  const league = asking(
    {},
    {
      schema: {
        tables: {
          players: {
            columns: [key("id"), column("name"), texts("nationality", "Norway", "Sweden"), column("left_on")]
          },
          ports: { columns: [key("id"), column("port_name"), texts("language", "Italian", "Greek")] }
        }
      }
    }
  )

  it("are called by either of its words", () => {
    assert.match(sqlOf(league, "How many Norwegian players are there in the league?"), /nationality = 'Norway'/)
    assert.match(sqlOf(league, "players who are not swedish"), /nationality <> 'Sweden'/)
    assert.match(sqlOf(league, "ports with language Italian"), /language = 'Italian'/)
    refused(league, "danish players")
  })

  it("are told with when it was, where that is asked beside", () => {
    assert.match(sqlOf(league, "Which players have left, and when?"), /^SELECT players\.name, players\.left_on/)
    refused(league, "Which players have left, and where?")
  })
})

describe("what part of all of it is of each", () => {
  const chain = asking(
    { column_mappings: { revenue: "SUM(sales.net_amount)" } },
    {
      schema: {
        tables: {
          stores: { columns: [key("id"), column("name"), column("region")] },
          sales: {
            columns: [key("id"), key("store_id", "stores.id"), column("sold_on"), column("net_amount", "REAL")]
          }
        }
      }
    }
  )

  it("is told of the sum of all that is asked about", () => {
    for (const question of [
      "What share of revenue comes from each region?",
      "what percentage of revenue does each region contribute"
    ]) {
      assert.match(
        sqlOf(chain, question),
        /^SELECT stores\.region, 100\.0 \* SUM\(sales\.net_amount\) \/ SUM\(SUM\(sales\.net_amount\)\) OVER \(\)/,
        question
      )
    }
    assert.match(sqlOf(chain, "What percentage of this year's revenue does each region bring in?"), /'2026-01-01'/)
  })

  it("is refused of what is not said for each", () => {
    refused(
      chain,
      "What share of revenue comes from Bavaria?",
      "what percentage of average revenue does each region have"
    )
  })
})

it("a part of a sum is of all of it, also of what belongs to no group", () => {
  const charity = asking(
    {},
    {
      schema: {
        tables: {
          campaigns: { columns: [key("id"), column("name")] },
          donations: {
            columns: [key("id"), key("campaign_id", "campaigns.id"), column("donated_on"), column("amount", "REAL")]
          }
        }
      }
    }
  )
  assert.match(
    sqlOf(charity, "What share of donation income comes from each campaign?"),
    /FROM donations LEFT JOIN campaigns ON/
  )
})
