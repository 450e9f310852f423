/** Who did more in one time than in another, and who did something in one and not in the other. */
import { assert, describe, it } from "@effect/vitest"
import { asking, column, date, key, refused, sqlOf, texts } from "./Asking.ts"

const theatre = asking(
  {},
  {
    schema: {
      tables: {
        patrons: { columns: [key("id"), column("full_name"), column("city"), date("registered_on")] },
        bookings: {
          columns: [
            key("id"),
            key("patron_id", "patrons.id"),
            date("booked_on"),
            texts("channel", "phone", "web"),
            column("amount", "REAL")
          ]
        },
        orders: { columns: [key("id"), key("patron_id", "patrons.id"), date("order_date")] }
      }
    }
  }
)

const library = asking(
  {},
  {
    schema: {
      tables: {
        branches: { columns: [key("id"), column("name")] },
        books: { columns: [key("id"), column("title")] },
        copies: { columns: [key("id"), key("branch_id", "branches.id"), key("book_id", "books.id")] },
        members: { columns: [key("id"), column("full_name")] },
        loans: {
          columns: [key("id"), key("copy_id", "copies.id"), key("member_id", "members.id"), date("lent_on")]
        },
        reviews: { columns: [key("id"), key("book_id", "books.id"), date("written_on")] }
      }
    }
  }
)

const years = (table: string, day: string, year: number) =>
  `${table}.${day} >= '${year}-01-01' AND ${table}.${day} < '${year + 1}-01-01'`

describe("more in one time than in another", () => {
  it("compares how many there were for each", () => {
    for (const question of [
      "patrons with more bookings in 2026 than in 2025",
      "Which patrons made more bookings this year than last year?"
    ]) {
      const sql = sqlOf(theatre, question)
      const count = (year: number) =>
        `(SELECT COUNT(*) FROM bookings WHERE bookings.patron_id = patrons.id AND ${years("bookings", "booked_on", year)})`
      assert.include(sql, `WHERE ${count(2026)} > ${count(2025)}`, question)
    }
    assert.match(sqlOf(theatre, "patrons with fewer orders in 2026 than in 2025"), /\) < \(SELECT COUNT/)
  })

  it("counts those that are described, in both", () => {
    const sql = sqlOf(theatre, "Which patrons made more phone bookings in 2026 than in 2025?")
    for (const year of [2026, 2025]) {
      assert.include(sql, `bookings.channel = 'phone' AND ${years("bookings", "booked_on", year)}`)
    }
  })

  it("counts what belongs to what is between, each once", () => {
    const sql = sqlOf(library, "Which branches had more loans in 2026 than in 2025?")
    const count = (year: number) =>
      `(SELECT COUNT(*) FROM copies JOIN loans ON loans.copy_id = copies.id WHERE copies.branch_id = branches.id AND ${years("loans", "lent_on", year)})`
    assert.include(sql, `WHERE ${count(2026)} > ${count(2025)}`)
    // A review of a book would count for each loan of it.
    refused(library, "Which members had more reviews in 2026 than in 2025?")
  })

  it("compares two numbers of all where nobody is asked for", () => {
    assert.match(sqlOf(theatre, "Did we get more bookings in 2025 than in 2026?"), /GROUP BY CASE/)
  })

  it("is refused of one row, and of amounts", () => {
    refused(
      theatre,
      "patrons with more booking in 2026 than in 2025",
      "patrons who paid more in 2026 than in 2025",
      "bookings with more patrons in 2026 than in 2025"
    )
  })
})

describe("in one time and not in another", () => {
  it("is said of the same deed", () => {
    const bookings = (year: number) => `bookings WHERE ${years("bookings", "booked_on", year)}`
    for (const question of [
      "Patrons who booked in 2025 but not in 2026",
      "patrons who booked something in 2025 but nothing in 2026",
      "Which patrons booked in 2025 but have not booked anything this year?",
      "patrons with bookings in 2025 but none in 2026",
      "patrons that booked in 2025 but haven't booked in 2026"
    ]) {
      const sql = sqlOf(theatre, question)
      assert.include(sql, `patrons.id IN (SELECT bookings.patron_id FROM ${bookings(2025)})`, question)
      assert.include(
        sql,
        "patrons.id NOT IN (SELECT bookings.patron_id FROM bookings WHERE bookings.booked_on >= '2026-01-01'",
        question
      )
    }
  })

  it("is refused where more than the time is said of it, or another deed", () => {
    refused(
      theatre,
      "patrons with web bookings in 2025 but none in 2026",
      "patrons who booked in 2025 but not ordered in 2026",
      "patrons registered in 2025 but not in 2026"
    )
  })
})

it("in both of two times is once in each", () => {
  const sql = sqlOf(theatre, "Which patrons booked in both 2024 and 2025?")
  for (const year of [2024, 2025]) {
    assert.include(
      sql,
      `patrons.id IN (SELECT bookings.patron_id FROM bookings WHERE ${years("bookings", "booked_on", year)})`
    )
  }
})
