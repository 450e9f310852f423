/** Questions as they are typed into a chat box: what they are wrapped in, and what is said in passing. */
import { assert, describe, it } from "@effect/vitest"
import { asking, column, key, refused, sqlOf } from "./Asking.ts"

const inn = asking(
  {},
  {
    schema: {
      tables: {
        hotels: {
          columns: [key("hotel_id"), column("hotel_name"), column("country"), key("star_rating"), key("has_pool")]
        },
        rooms: {
          columns: [
            key("room_id"),
            key("hotel_id"),
            column("room_number"),
            key("floor"),
            column("smoking", "TEXT", { values: ["Y", "N"] })
          ]
        },
        guests: {
          columns: [
            key("guest_id"),
            column("first_name"),
            column("last_name"),
            column("tier", "TEXT", { values: ["gold", "silver"] }),
            column("birth_date", "DATE")
          ]
        },
        bookings: {
          columns: [
            key("booking_id"),
            key("room_id"),
            key("guest_id"),
            column("channel", "TEXT", { values: ["website", "phone"] }),
            column("check_in", "DATE"),
            column("price", "REAL")
          ]
        }
      }
    }
  }
)

describe("what holds a question together", () => {
  it("says nothing", () => {
    const counted = sqlOf(inn, "How many guests are there?")
    for (const question of [
      "hi, how many guests do we have in total?",
      "I'd like to know how many guests there are",
      "I want to know how many guests we have on file",
      "can you tell me the number of guests overall",
      "how many guests exist?",
      "how many guests are there altogether"
    ]) {
      assert.strictEqual(sqlOf(inn, question), counted, question)
    }
    const listed = sqlOf(inn, "gold guests")
    for (const question of [
      "just the gold guests, please",
      "I would like to see all gold guests",
      "I need a list of gold guests",
      "show only gold guests",
      "pull up the gold guests",
      "tell me about gold guests",
      "I'm looking for gold guests"
    ]) {
      assert.strictEqual(sqlOf(inn, question), listed, question)
    }
  })

  it("is asked for itself where nothing else is", () => {
    refused(inn, "hello", "thanks", "guests that exist", "in total", "breakdown of bookings", "guests in total")
  })

  it("groups where it says by what", () => {
    const grouped = sqlOf(inn, "bookings by channel")
    for (const question of [
      "breakdown of bookings by channel",
      "split bookings by channel",
      "booking distribution by channel"
    ]) {
      assert.match(sqlOf(inn, question), /COUNT\(\*\).* GROUP BY bookings\.channel/, question)
    }
    assert.match(grouped, /GROUP BY bookings\.channel/)
  })
})

describe("where somebody comes from", () => {
  it("is no place of what they booked", () => {
    refused(
      inn,
      "Which countries are our guests from?",
      "Which country do most guests come from?",
      "How many guests come from each country?",
      "Where do our guests come from?"
    )
    assert.match(sqlOf(inn, "Which countries are the hotels from?"), /DISTINCT hotels\.country/)
  })
})

describe("what there is most of", () => {
  it("is counted by the rows that have it, of which none without it is the one", () => {
    assert.match(
      sqlOf(inn, "What is the most common tier?"),
      /COUNT\(\*\) AS number_of_guests FROM guests WHERE guests\.tier IS NOT NULL GROUP BY guests\.tier .*LIMIT 1$/
    )
    assert.match(sqlOf(inn, "Which tier has the most guests?"), /WHERE guests\.tier IS NOT NULL GROUP BY/)
    assert.notMatch(sqlOf(inn, "guests per tier"), /IS NOT NULL/)
    assert.match(sqlOf(inn, "the most frequent tier among guests"), /GROUP BY guests\.tier/)
  })

  it("is what was done most often", () => {
    const most =
      /COUNT\(\*\) AS number_of_bookings FROM bookings JOIN rooms .*JOIN hotels .*GROUP BY hotels.* DESC.*LIMIT 1$/
    assert.match(sqlOf(inn, "Which hotel is booked most often?"), most)
    assert.match(sqlOf(inn, "most frequently booked hotel"), most)
    refused(inn, "Which hotel is most often?", "Which hotel is cleaned most often?")
  })
})

it("nothing in particular is nothing at all", () => {
  const never = sqlOf(inn, "guests who never booked")
  assert.strictEqual(sqlOf(inn, "guests who never booked anything"), never)
  assert.match(sqlOf(inn, "Which rooms has nobody booked?"), /NOT IN \(SELECT bookings\.room_id/)
  refused(inn, "guests who booked anything else")
})

it("the oldest is who was born first", () => {
  assert.match(sqlOf(inn, "Who is the oldest guest?"), /ORDER BY guests\.birth_date ASC/)
  assert.match(sqlOf(inn, "youngest guest"), /ORDER BY guests\.birth_date DESC/)
  refused(inn, "latest guest")
})

it("each has its own average, and none is left out of a count", () => {
  assert.match(sqlOf(inn, "hotels and their average price"), /AVG\(bookings\.price\).* GROUP BY hotels/)
  refused(inn, "hotels with their number of rooms", "hotels and their number of rooms")
})

it("stars, ordinals, shares and what is lacking are said in few words", () => {
  assert.match(sqlOf(inn, "4 star hotels"), /hotels\.star_rating = 4/)
  assert.match(sqlOf(inn, "hotels with 4 stars or more"), /hotels\.star_rating >= 4/)
  assert.match(sqlOf(inn, "rooms on the 3rd floor"), /rooms\.floor = 3/)
  assert.match(sqlOf(inn, "hotels without a pool"), /hotels\.has_pool = 0/)
  assert.match(sqlOf(inn, "non-smoking rooms"), /rooms\.smoking = 'N'/)
  assert.match(sqlOf(inn, "What share of guests is gold?"), /AVG\(CASE WHEN guests\.tier = 'gold'/)
  refused(inn, "bookings through March", "bookings written in 2026")
  assert.match(sqlOf(inn, "bookings through the website"), /bookings\.channel = 'website'/)
})
