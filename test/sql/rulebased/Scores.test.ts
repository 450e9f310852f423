/** Matches won, lost and drawn, what they ended in, who scored, and which season it is. */
import { assert, describe, it } from "@effect/vitest"
import { asking, column, date, key, refused, sqlOf, texts } from "./Asking.ts"

const tables = {
  clubs: { columns: [key("id"), texts("name", "Northam", "Castleton")] },
  players: { columns: [key("id"), texts("name", "Ada Quist"), date("birth_date"), key("club_id", "clubs.id")] },
  games: {
    columns: [
      key("id"),
      column("season"),
      date("played_on"),
      key("home_club_id", "clubs.id"),
      key("away_club_id", "clubs.id"),
      column("home_score", "INTEGER"),
      column("away_score", "INTEGER")
    ]
  },
  goals: {
    columns: [
      key("id"),
      key("game_id", "games.id"),
      key("player_id", "players.id"),
      texts("kind", "open play", "own goal")
    ]
  }
}

const league = asking({}, { schema: { tables } })

const atHome = "games.home_club_id IN (SELECT clubs.id FROM clubs WHERE clubs.name = 'Northam')"
const away = "games.away_club_id IN (SELECT clubs.id FROM clubs WHERE clubs.name = 'Northam')"

describe("a match that was won", () => {
  it("is one in which the club scored more, at home or away", () => {
    for (const question of [
      "How many games has Northam won?",
      "How many games did Northam win?",
      "games won by Northam"
    ]) {
      const sql = sqlOf(league, question)
      assert.include(sql, `(${atHome} AND (games.home_score - games.away_score) > 0)`, question)
      assert.include(sql, `(${away} AND (games.away_score - games.home_score) > 0)`, question)
    }
    const sql = sqlOf(league, "How many home games has Northam lost?")
    assert.include(sql, `(${atHome} AND (games.home_score - games.away_score) < 0)`)
    assert.notInclude(sql, "away_club_id")
  })

  it("is counted on both sides for each club", () => {
    for (const question of [
      "How many games has each club won?",
      "Which club has won the most games?",
      "How many wins does each club have?"
    ]) {
      assert.include(
        sqlOf(league, question),
        "SUM((SELECT COUNT(*) FROM games WHERE games.home_club_id = clubs.id AND (games.home_score - games.away_score) > 0) + (SELECT COUNT(*) FROM games WHERE games.away_club_id = clubs.id AND (games.away_score - games.home_score) > 0))",
        question
      )
    }
  })

  it("is a share of those that have been played", () => {
    for (const question of [
      "What percentage of games was won by the home team?",
      "What percentage of games ended in a home win?"
    ]) {
      assert.include(
        sqlOf(league, question),
        "AVG(CASE WHEN (games.home_score - games.away_score) > 0 THEN 100.0 WHEN NOT ((games.home_score - games.away_score) > 0) THEN 0 END)",
        question
      )
    }
  })

  it("is a part of those that were played, where that is said", () => {
    const played = asking(
      {},
      {
        schema: {
          tables: { ...tables, games: { columns: [...tables.games.columns, texts("state", "planned", "played")] } }
        }
      }
    )
    const drawn = sqlOf(played, "What percentage of the games played ended in a draw?")
    assert.match(drawn, / WHERE games\.state = 'played'$/)
    assert.notInclude(drawn, "games.state = 'played' AND")
  })

  it("is of one side, and of two clubs none can tell", () => {
    assert.include(sqlOf(league, "How many games ended in a draw?"), "WHERE (games.home_score - games.away_score) = 0")
    refused(
      league,
      "games won against Northam",
      "games won",
      "games between Northam and Castleton that were won by Northam"
    )
  })

  it("is not told where there may have been penalties", () => {
    const cup = asking(
      {},
      {
        schema: {
          tables: {
            ...tables,
            games: {
              columns: [...tables.games.columns, column("home_goals", "INTEGER"), column("away_goals", "INTEGER")]
            }
          }
        }
      }
    )
    refused(cup, "How many games has Northam won?", "Which club has won the most games?")
  })
})

describe("what both sides scored", () => {
  it("is shown with their names", () => {
    for (const question of ["What was the score of Northam against Castleton?", "Show the results of all games"]) {
      const sql = sqlOf(league, question)
      for (const shown of ["games.home_score", "games.away_score", "AS home_club_name", "AS away_club_name"]) {
        assert.include(sql, shown, question)
      }
    }
  })
})

describe("who scored", () => {
  it("scored no own goal", () => {
    for (const question of ["top 3 scorers", "Who scored the most goals?", "How many goals did Ada Quist score?"]) {
      assert.include(sqlOf(league, question), "goals.kind <> 'own goal'", question)
    }
    refused(league, "Which club scored the most goals?")
  })
})

describe("a season", () => {
  it("is that of the last game up to today, and the one before it the last", () => {
    const current =
      "games.season = (SELECT games.season FROM games WHERE games.played_on < '2026-11-23' ORDER BY games.played_on DESC LIMIT 1)"
    assert.include(sqlOf(league, "How many games has Northam won this season?"), current)
    assert.include(sqlOf(league, "How many goals were scored this season?"), current)
    assert.include(
      sqlOf(league, "games of Northam last season"),
      "games.season = (SELECT games.season FROM games WHERE games.played_on < '2026-11-23' AND games.season <> (SELECT games.season FROM games WHERE games.played_on < '2026-11-23' ORDER BY games.played_on DESC LIMIT 1) ORDER BY games.played_on DESC LIMIT 1)"
    )
  })

  it("is the one that today is in, where a table tells from when to when each is", () => {
    const school = asking(
      {},
      {
        schema: {
          tables: {
            terms: { columns: [key("id"), column("name"), date("start_date"), date("end_date")] },
            courses: { columns: [key("id"), column("title"), key("term_id", "terms.id")] }
          }
        }
      }
    )
    assert.include(
      sqlOf(school, "How many courses are there this term?"),
      "terms.start_date < '2026-11-23' AND terms.end_date >= '2026-11-22'"
    )
    assert.include(
      sqlOf(school, "courses of the last term"),
      "terms.id = (SELECT terms.id FROM terms WHERE terms.end_date < '2026-11-22' ORDER BY terms.end_date DESC LIMIT 1)"
    )
  })

  it("is none of players", () => {
    refused(league, "Which clubs have the most players this season?")
  })
})

describe("the last and the next", () => {
  it("are up to today and from today on", () => {
    assert.include(sqlOf(league, "What was the last game of Northam?"), "games.played_on < '2026-11-23'")
    const tennis = asking(
      {},
      {
        schema: {
          tables: {
            ...tables,
            games: {
              columns: [
                ...tables.games.columns.filter(({ name }) => name !== "played_on"),
                column("starts_at", "TIMESTAMP")
              ]
            }
          }
        }
      }
    )
    assert.include(sqlOf(tennis, "When is the next home game of Northam?"), "games.starts_at >= '2026-11-22'")
  })
})
