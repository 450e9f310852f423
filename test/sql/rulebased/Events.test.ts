/** Matches and trips: between two of one table, on days of their own, told with whom they are of. */
import { assert, describe, it } from "@effect/vitest"
import { asking, column, date, key, refused, sqlOf, texts } from "./Asking.ts"

const rail = asking(
  {},
  {
    schema: {
      tables: {
        stations: { columns: [key("id"), column("name"), column("floor", "INTEGER")] },
        trains: { columns: [key("id"), column("train_number"), date("last_inspection_date")] },
        players: { columns: [key("id"), column("name"), column("height_cm", "INTEGER")] },
        trips: {
          columns: [
            key("id"),
            key("departure_station_id", "stations.id"),
            key("arrival_station_id", "stations.id"),
            column("departure_time", "DATETIME"),
            column("arrival_time", "DATETIME"),
            texts("status", "planned", "cancelled", "completed"),
            column("passengers", "INTEGER")
          ]
        },
        operations: {
          columns: [key("id"), key("player_id", "players.id"), column("starts_at", "DATETIME"), column("status")]
        },
        goals: { columns: [key("id"), key("player_id", "players.id"), date("goal_date")] },
        patients: { columns: [key("id"), column("full_name")] },
        admissions: { columns: [key("id"), key("patient_id", "patients.id"), date("admitted_on")] },
        dim_date: { columns: [column("date_key", "INTEGER"), date("full_date"), column("is_weekend", "BOOLEAN")] },
        fact_booking: {
          columns: [
            column("booking_key", "INTEGER"),
            key("booking_date_key", "dim_date.date_key"),
            column("fare", "REAL"),
            column("went_to_court", "BOOLEAN")
          ]
        }
      }
    }
  }
)

describe("rows between two of one table", () => {
  it("are shown with the names of both", () => {
    const sql = sqlOf(rail, "planned trips")
    for (const [role, key] of [
      ["departure_station", "departure_station_id"],
      ["arrival_station", "arrival_station_id"]
    ]) {
      assert.include(sql, `(SELECT stations.name FROM stations WHERE stations.id = trips.${key}) AS ${role}_name`)
    }
    assert.match(sqlOf(rail, "Which trip had the most passengers?"), /AS departure_station_name.*LIMIT 1$/)
  })

  it("are grouped by the one that is said, with or without its table", () => {
    for (const question of ["number of trips per departure station", "number of trips by departure"]) {
      assert.match(
        sqlOf(rail, question),
        /JOIN stations ON stations\.id = trips\.departure_station_id GROUP BY/,
        question
      )
    }
    refused(rail, "number of trips per station")
  })
})

describe("what takes place on a day", () => {
  it("is of when it departs", () => {
    assert.match(sqlOf(rail, "How many trips were there in 2025?"), /trips\.departure_time >= '2025-01-01'/)
  })

  it("is of that day although it was cancelled", () => {
    assert.match(
      sqlOf(rail, "How many trips were cancelled in 2025?"),
      /status = 'cancelled' AND trips\.departure_time >= '2025-01-01'/
    )
  })

  it("may not have been done, where nobody knows what its status can be", () => {
    refused(rail, "How many operations did Ada perform in 2025?", "Who performed the most operations?")
  })

  it("is scored only where that is said of goals", () => {
    assert.match(sqlOf(rail, "Who scored the most goals?"), /COUNT\(\*\) AS number_of_goals/)
    refused(rail, "players who scored for more than one station")
  })

  it("is of the day in the calendar that its own key is of, on a weekend too", () => {
    assert.match(sqlOf(rail, "total fare in 2025"), /dim_date\.full_date >= '2025-01-01'/)
  })
})

describe("what was or was never done", () => {
  it("is told by the rows that record it, whatever else their date is", () => {
    assert.match(
      sqlOf(rail, "Which patients have never been admitted?"),
      /patients\.id NOT IN \(SELECT admissions\.patient_id/
    )
  })

  it("is true of a column that says it", () => {
    assert.match(sqlOf(rail, "How many bookings went to court?"), /fact_booking\.went_to_court/)
  })
})

it("the shortest is the one of the least height, and a floor is one by its number", () => {
  assert.match(sqlOf(rail, "Who is the shortest player?"), /ORDER BY players\.height_cm ASC/)
  assert.match(sqlOf(rail, "stations on the second floor"), /stations\.floor = 2/)
})

describe("matches of a club", () => {
  const league = asking(
    {},
    {
      schema: {
        tables: {
          clubs: { columns: [key("id"), texts("name", "Northam", "Castleton")] },
          matches: {
            columns: [
              key("id"),
              key("home_club_id", "clubs.id"),
              key("away_club_id", "clubs.id"),
              date("match_date"),
              column("attendance", "INTEGER")
            ]
          }
        }
      }
    }
  )
  const plays = (side: string, club: string) =>
    `matches.${side}_club_id IN (SELECT clubs.id FROM clubs WHERE clubs.name = '${club}')`

  it("are those at home and away, or on the side that is said", () => {
    const either = `(${plays("home", "Northam")} OR ${plays("away", "Northam")})`
    assert.include(sqlOf(league, "matches of Northam in 2025"), either)
    assert.include(sqlOf(league, "When is the next match of Northam?"), either)
    const home = sqlOf(league, "average attendance at home matches of Northam")
    assert.include(home, `WHERE ${plays("home", "Northam")}`)
    assert.notInclude(home, "away_club_id")
    refused(league, "away matches in 2025", "matches of Northam and Castleton")
  })

  it("are between the two that are said", () => {
    for (const question of ["matches between Northam and Castleton", "matches of Northam against Castleton"]) {
      const sql = sqlOf(league, question)
      for (const club of ["Northam", "Castleton"]) {
        assert.include(sql, `(${plays("home", club)} OR ${plays("away", club)})`, question)
      }
    }
  })

  it("that it played are not still to come", () => {
    assert.include(sqlOf(league, "How many matches did Northam play in 2026?"), "matches.match_date < '2026-11-23'")
  })
})

describe("what a reader found that was answered wrongly", () => {
  const league = asking(
    {},
    {
      schema: {
        tables: {
          clubs: { columns: [key("id"), texts("name", "Northam", "Castleton")] },
          stadiums: { columns: [key("id"), column("name"), key("club_id", "clubs.id")] },
          matches: {
            columns: [
              key("id"),
              key("home_club_id", "clubs.id"),
              key("away_club_id", "clubs.id"),
              key("stadium_id", "stadiums.id"),
              date("match_date")
            ]
          },
          goals: { columns: [key("id"), key("match_id", "matches.id"), key("club_id", "clubs.id")] },
          trips: { columns: [key("id"), date("trip_date"), column("weekly_fee", "REAL")] },
          tickets: {
            columns: [key("id"), key("trip_id", "trips.id"), date("purchased_on"), column("price", "REAL")]
          },
          trains: { columns: [key("id"), column("name"), column("built_year", "INTEGER"), date("last_inspection")] }
        }
      }
    }
  )

  it("is refused where a word would go, or a time be of something else", () => {
    refused(
      league,
      "How many goals were scored against Northam?",
      "goals in matches of Northam",
      "matches at the stadium of Northam",
      "tickets for trips in 2026",
      "trip value",
      "trains built before 2000 and when?"
    )
  })
})
