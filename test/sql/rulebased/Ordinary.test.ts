/** What people ask in other words than the schema's, each kind on one schema. */
import { assert, describe, it } from "@effect/vitest"
import { asking, column, refused, sqlOf } from "./Asking.ts"

const school = asking(
  {},
  {
    schema: {
      tables: {
        teachers: { columns: [column("id", "INTEGER"), column("name"), column("hourly_rate", "REAL")] },
        lessons: {
          columns: [
            column("id", "INTEGER"),
            column("title"),
            column("subject", "TEXT", { values: ["music", "painting"] }),
            column("length_min", "INTEGER"),
            column("weight_kg", "REAL"),
            column("teacher_id", "INTEGER"),
            column("start_date", "DATE"),
            column("end_date", "DATE")
          ]
        },
        pupils: {
          columns: [
            column("id", "INTEGER"),
            column("name"),
            column("town", "TEXT", { values: ["York", "Hull"] }),
            column("email"),
            column("insured", "BOOLEAN"),
            column("date_of_birth", "DATE"),
            column("joined_on", "DATE")
          ]
        },
        bookings: {
          columns: [
            column("id", "INTEGER"),
            column("pupil_id", "INTEGER"),
            column("lesson_id", "INTEGER"),
            column("price", "REAL"),
            column("booked_at", "DATETIME"),
            column("status", "TEXT", { values: ["booked", "cancelled"] })
          ]
        }
      },
      relationships: [
        { from: "lessons.teacher_id", to: "teachers.id" },
        { from: "bookings.pupil_id", to: "pupils.id" },
        { from: "bookings.lesson_id", to: "lessons.id" }
      ]
    }
  }
)

describe("what cannot be one step is refused", () => {
  it("the highest of a number of rows", () => {
    refused(school, "maximum number of bookings per pupil")
    assert.match(sqlOf(school, "total number of bookings"), /COUNT\(\*\)/)
  })

  it("several that are both grouped by and narrowed", () => {
    refused(school, "Total price of bookings by pupils from York")
    assert.match(sqlOf(school, "Total price of bookings by pupil in York"), /GROUP BY/)
  })
})

it("a verb that is a status of its own rows, too, says that there is one", () => {
  assert.match(
    sqlOf(school, "Which pupils have never booked a lesson?"),
    /NOT IN \(SELECT bookings\.pupil_id FROM bookings WHERE bookings\.pupil_id IS NOT NULL\)/
  )
})

it("words that only say that it is so by now, or whose it is, add nothing", () => {
  assert.match(sqlOf(school, "pupils with their email"), /^SELECT pupils\.name, pupils\.email FROM pupils LIMIT/)
  assert.match(sqlOf(school, "How many bookings are still cancelled?"), /status = 'cancelled'/)
})

it("a unit is no part of a column's name, and a preposition no column", () => {
  assert.match(sqlOf(school, "Total weight of lessons"), /SUM\(lessons\.weight_kg\)/)
  assert.match(sqlOf(school, "How many bookings are there on each lesson?"), /COUNT\(\*\) .*GROUP BY/)
})

describe("the verb of a date", () => {
  it("says which date a time is of", () => {
    assert.match(sqlOf(school, "How many pupils joined in 2025?"), /pupils\.joined_on >= '2025-01-01'/)
    assert.match(
      sqlOf(school, "Which lessons ended last month?"),
      /end_date >= '2026-10-01' AND .*end_date < '2026-11-01'/
    )
    assert.match(sqlOf(school, "pupils born in 2010"), /pupils\.date_of_birth >= '2010-01-01'/)
    assert.match(sqlOf(school, "lessons starting between March and June 2026"), /lessons\.start_date >= '2026-03-01'/)
    assert.match(sqlOf(school, "How many pupils joined each year?"), /%Y., pupils\.joined_on\).* GROUP BY/)
  })

  it("is that date alone, where the state of now is called so, too", () => {
    assert.match(sqlOf(school, "How many bookings were booked in 2026?"), /WHERE bookings\.booked_at >= '2026-01-01'/)
    assert.match(sqlOf(school, "How many bookings are booked?"), /WHERE bookings\.status = 'booked'/)
  })

  it("is of one time only, and says nothing without one", () => {
    refused(school, "pupils who joined in 2025 in March", "Which lessons ended?", "pupils that paused in 2025")
    refused(
      school,
      "bookings that were not booked in 2026",
      "Which pupils gave in 2025?",
      "pupils who have given in 2025"
    )
  })
})

describe("what belongs together", () => {
  it("may be said with a verb that says nothing else, or with by before a name", () => {
    assert.match(sqlOf(school, "How many pupils come from York?"), /town = 'York'/)
    assert.match(sqlOf(school, "How many pupils live in each town?"), /GROUP BY pupils\.town/)
    assert.match(sqlOf(school, "bookings received in 2026"), /booked_at >= '2026-01-01'/)
    refused(school, "bookings by York", "pupils who left York", "Which pupils gave?")
  })

  it("is a value where the verb is one", () => {
    const post = asking(
      {},
      {
        schema: {
          tables: { letters: { columns: [column("id", "INTEGER"), column("status", "TEXT", { values: ["sent"] })] } }
        }
      }
    )
    assert.match(sqlOf(post, "How many letters were sent?"), /status = 'sent'/)
  })
})

describe("what a row has none of", () => {
  it("is an empty column, of its own or to another table", () => {
    assert.match(sqlOf(school, "How many pupils have no email yet?"), /email IS NULL/)
    assert.match(sqlOf(school, "lessons without a teacher"), /teacher_id IS NULL/)
  })

  it("is not said of amounts, which may be 0, nor where more follows", () => {
    refused(school, "lessons without weight", "pupils without email in York", "lessons without a teacher over 50")
  })
})

describe("adjectives", () => {
  it("rank by the one column that says how much of it something has", () => {
    assert.match(sqlOf(school, "the 2 heaviest lessons"), /ORDER BY lessons\.weight_kg DESC, lessons\.id LIMIT 2/)
    assert.match(sqlOf(school, "Which lesson is the longest?"), /ORDER BY lessons\.length_min DESC/)
    assert.match(sqlOf(school, "cheapest teacher"), /ORDER BY teachers\.hourly_rate ASC/)
    assert.match(sqlOf(school, "3 biggest bookings by price"), /ORDER BY bookings\.price DESC/)
    refused(school, "heaviest pupil", "shortest booking", "bookings older than 30")
  })

  it("may be a value of the thing that is meant, and a part of the name of another's column", () => {
    const firm = asking(
      {},
      {
        schema: {
          tables: {
            customers: {
              columns: [column("id", "INTEGER"), column("name"), column("kind", "TEXT", { values: ["business"] })]
            },
            policies: { columns: [column("id", "INTEGER"), column("line_of_business")] }
          }
        }
      }
    )
    assert.match(sqlOf(firm, "business customers"), /kind = 'business'/)
  })
})

it("what is true of something may be said with with", () => {
  const gifts = asking(
    {},
    {
      schema: {
        tables: {
          gifts: { columns: [column("id", "INTEGER"), column("amount", "REAL"), column("taxable", "BOOLEAN")] }
        }
      }
    }
  )
  assert.match(sqlOf(gifts, "Total amount of gifts with taxable"), /taxable = 1/)
})

it("two times of which no row has both are not meant both", () => {
  refused(school, "bookings in 2025 and 2026", "Which bookings were booked in both 2025 and 2026?")
})

describe("a percentage", () => {
  it("is of all rows, those that refer to nothing too", () => {
    assert.match(
      sqlOf(school, "What percentage of bookings were cancelled?"),
      /^SELECT AVG\(CASE WHEN bookings\.status = 'cancelled' THEN 100\.0 ELSE 0 END\) AS \w+ FROM bookings$/
    )
    assert.match(sqlOf(school, "What percentage of lessons are music?"), /subject = 'music' THEN/)
    assert.match(
      sqlOf(school, "What percentage of bookings come from York?"),
      /CASE WHEN bookings\.pupil_id IN \(SELECT pupils\.id FROM pupils WHERE pupils\.town = 'York'\).* FROM bookings$/
    )
    assert.match(sqlOf(school, "What percentage of cancelled bookings were over 50?"), /WHERE bookings\.status = 'canc/)
  })

  it("of a time, of what is not related so, or of nothing is refused", () => {
    refused(
      school,
      "What percentage of bookings were cancelled in 2026?",
      "What percentage of pupils have bookings?",
      "percentage of bookings",
      "What percentage of pupils are music?",
      "What percentage of bookings are not from York?"
    )
  })
})

describe("the things that are meant", () => {
  it("may be named by a value of theirs, in the plural", () => {
    const staff = asking(
      {},
      {
        schema: {
          tables: {
            staff: {
              columns: [
                column("id", "INTEGER"),
                column("name"),
                column("title_held", "TEXT", { values: ["professor", "dean"] })
              ]
            }
          }
        }
      }
    )
    assert.match(
      sqlOf(staff, "List all professors"),
      /^SELECT staff\.name FROM staff WHERE staff\.title_held = 'professor'/
    )
    assert.match(sqlOf(staff, "How many professors are there?"), /COUNT\(\*\) .*title_held = 'professor'/)
    refused(staff, "professor", "how many professor")
  })

  it("are counted where their total is asked for, unless they have an amount, and one's average is of that", () => {
    assert.match(sqlOf(school, "total pupils by town"), /COUNT\(\*\)/)
    assert.match(sqlOf(school, "average booking by status"), /AVG\(bookings\.price\)/)
    refused(school, "total bookings", "average bookings", "average pupil")
  })

  it("are ranked by how many others they have", () => {
    assert.match(sqlOf(school, "top 3 pupils by bookings"), /COUNT\(\*\).* ORDER BY number_of_bookings DESC.* LIMIT 3/)
    refused(school, "top 3 bookings by pupil")
  })

  it("may stand before what is the highest of theirs", () => {
    assert.match(sqlOf(school, "highest booking price"), /MAX\(bookings\.price\)/)
  })
})

it("the column of the thing that is meant goes before another's that is called just so", () => {
  const post = asking(
    {},
    {
      schema: {
        tables: {
          depots: { columns: [column("id", "INTEGER"), column("town")] },
          parcels: { columns: [column("id", "INTEGER"), column("target_town"), column("depot_id", "INTEGER")] }
        },
        relationships: [{ from: "parcels.depot_id", to: "depots.id" }]
      }
    }
  )
  assert.match(sqlOf(post, "Number of parcels per town"), /GROUP BY parcels\.target_town/)
  assert.match(sqlOf(post, "Number of depots per town"), /GROUP BY depots\.town/)
})

describe("so many of something", () => {
  it("may be so many of a time", () => {
    assert.match(
      sqlOf(school, "pupils with more than 3 bookings in 2026"),
      /\(SELECT COUNT\(\*\) FROM bookings WHERE bookings\.pupil_id = pupils\.id AND bookings\.booked_at >= '2026-01-01' AND [^)]+\) > 3/
    )
  })

  it("is refused where the time may be that of the other thing", () => {
    refused(school, "lessons with more than 3 bookings in 2026", "teachers with more than 3 pupils in 2026")
    refused(school, "teachers with more than 3 bookings in 2026")
  })
})

describe("what stands beside the thing that is listed", () => {
  it("is shown where it is theirs, for those without it too", () => {
    assert.match(
      sqlOf(school, "List all lessons with their teacher"),
      /^SELECT lessons\.title, teachers\.name FROM lessons LEFT JOIN teachers ON/
    )
    assert.match(
      sqlOf(school, "bookings with their lesson and pupil"),
      /lessons\.title, pupils\.name FROM bookings LEFT/
    )
    refused(school, "pupils with their bookings")
  })

  it("is a condition where it is said that there is one", () => {
    assert.match(sqlOf(school, "How many lessons with a teacher are there?"), /teacher_id IS NOT NULL/)
  })

  it("is never left out", () => {
    refused(school, "lessons and teachers", "number of bookings and pupils", "each booking with its pupil")
  })
})

it("values are listed once, and things are not counted by their names", () => {
  assert.match(sqlOf(school, "list all subjects"), /^SELECT DISTINCT lessons\.subject FROM lessons/)
  assert.match(sqlOf(school, "names of pupils"), /^SELECT pupils\.name FROM pupils/)
  assert.match(sqlOf(school, "pupils by name"), /^SELECT pupils\.name FROM pupils ORDER BY pupils\.name ASC/)
})

describe("what is still to come", () => {
  it("has not been, and is not the latest", () => {
    assert.match(sqlOf(school, "Which lessons ended this year?"), /end_date < '2026-11-23'/)
    // A booking that was cancelled did not take place.
    refused(school, "How many bookings took place in 2026?")
    assert.match(sqlOf(school, "lessons ending this year"), /end_date < '2027-01-01'/)
    assert.match(sqlOf(school, "latest booking"), /booked_at < '2026-11-23' ORDER BY bookings\.booked_at DESC/)
  })
})

describe("a warehouse", () => {
  const plant = asking(
    {},
    {
      schema: {
        tables: {
          dim_plant: { columns: [column("plant_key", "INTEGER", { primary_key: true }), column("plant_name")] },
          dim_engineer: {
            columns: [
              column("engineer_key", "INTEGER", { primary_key: true }),
              column("full_name"),
              column("home_plant_key", "INTEGER"),
              column("lead_plant_key", "INTEGER")
            ]
          },
          fact_check: {
            columns: [
              column("check_key", "INTEGER", { primary_key: true }),
              column("plant_key", "INTEGER"),
              column("engineer_key", "INTEGER")
            ]
          }
        },
        relationships: [
          { from: "dim_engineer.home_plant_key", to: "dim_plant.plant_key" },
          { from: "dim_engineer.lead_plant_key", to: "dim_plant.plant_key" },
          { from: "fact_check.plant_key", to: "dim_plant.plant_key" },
          { from: "fact_check.engineer_key", to: "dim_engineer.engineer_key" }
        ]
      }
    }
  )

  it("has tables that are called by what is in them, not by their layer", () => {
    assert.match(sqlOf(plant, "How many plants are there?"), /^SELECT COUNT\(\*\) AS number_of_plants FROM dim_plant$/)
    assert.match(sqlOf(plant, "Number of checks per engineer"), /FROM fact_check JOIN dim_engineer/)
  })

  it("may relate two tables in several ways, around which no other way leads", () => {
    refused(plant, "Number of engineers per plant", "engineers without plants", "Which plant has the most engineers?")
  })
})

describe("columns of many schemas", () => {
  const flats = asking(
    {},
    {
      schema: {
        tables: {
          FLATS: {
            columns: [
              column("FLAT_ID", "INTEGER", { primary_key: true }),
              column("IS_FURNISHED", "CHAR(1)", { values: ["Y", "N"] }),
              column("HAS_LIFT", "CHAR(1)"),
              column("IS_LET", "INTEGER"),
              column("END_DATE", "DATE")
            ]
          },
          TENANTS: {
            columns: [
              column("TENANT_ID", "INTEGER", { primary_key: true }),
              column("NAME"),
              column("BIRTH_DATE", "DATE"),
              column("LAST_VISIT_DATE", "DATE")
            ]
          }
        }
      }
    }
  )

  it("say true and false with the texts that they list, or are no such columns", () => {
    assert.match(sqlOf(flats, "How many furnished flats are there?"), /IS_FURNISHED = 'Y'/)
    assert.match(sqlOf(flats, "flats that are not furnished"), /IS_FURNISHED = 'N'/)
    assert.match(sqlOf(flats, "How many flats are let?"), /IS_LET = 1/)
    refused(flats, "lift flats", "flats where lift is true")
  })

  it("tell when something ends, which is not when it was, and nobody's age by another date", () => {
    refused(flats, "How many flats in 2026?", "latest tenant")
    assert.match(sqlOf(flats, "oldest tenant"), /ORDER BY TENANTS\.BIRTH_DATE ASC/)
    assert.match(sqlOf(flats, "flats ending in 2027"), /END_DATE >= '2027-01-01'/)
  })
})

describe("what chat boxes are told", () => {
  const academy = asking(
    {},
    {
      schema: {
        tables: {
          teachers: {
            columns: [column("id", "INTEGER"), column("name"), column("city"), column("rating", "REAL")]
          },
          lessons: {
            columns: [
              column("id", "INTEGER"),
              column("title"),
              column("subject", "TEXT", { values: ["music", "painting"] }),
              column("price", "REAL"),
              column("teacher_id", "INTEGER")
            ]
          },
          bookings: {
            columns: [
              column("id", "INTEGER"),
              column("lesson_id", "INTEGER"),
              column("town", "TEXT", { values: ["York", "Hull"] }),
              column("status", "TEXT", { values: ["success", "fail", "pending"] }),
              column("kind", "TEXT", { values: ["order", "quote"] }),
              column("group", "TEXT", { values: ["A", "B"] })
            ]
          },
          plots: { columns: [column("id", "INTEGER"), column("name"), column("area_ha", "REAL")] },
          sales: {
            columns: [
              column("id", "INTEGER"),
              column("plot_id", "INTEGER"),
              column("kg", "REAL"),
              column("price_per_kg", "REAL")
            ]
          }
        },
        relationships: [
          { from: "lessons.teacher_id", to: "teachers.id" },
          { from: "bookings.lesson_id", to: "lessons.id" }
        ]
      }
    }
  )

  it("a column of what ranks first", () => {
    for (const question of [
      "What is the title of the lesson with the highest price?",
      "What is the title of the most expensive lesson?"
    ]) {
      assert.match(sqlOf(academy, question), /^SELECT lessons.title FROM .* ORDER BY lessons.price DESC, .* LIMIT 1$/)
    }
    assert.match(
      sqlOf(academy, "What are the names of the top 3 teachers with the highest ratings?"),
      /^SELECT teachers.name FROM .* ORDER BY teachers.rating DESC, .* LIMIT 3$/
    )
    assert.match(sqlOf(academy, "What are the cities of the teachers?"), /^SELECT DISTINCT teachers.city/)
  })

  it("the participle of a number behind a superlative, and nowhere else", () => {
    for (const question of ["highest rated teachers", "top-rated teachers", "the highest-rated teachers"]) {
      assert.match(sqlOf(academy, question), /ORDER BY teachers.rating DESC/)
    }
    refused(academy, "rated teachers", "Which city has the highest-rated teacher?")
  })

  it("the adjective of a state, of columns that hold states alone", () => {
    assert.match(sqlOf(academy, "successful bookings"), /WHERE bookings.status = 'success'/)
    assert.match(sqlOf(academy, "How many bookings failed?"), /WHERE bookings.status = 'fail'/)
    refused(academy, "unsuccessful bookings", "ordered bookings", "failing bookings")
  })

  it("records, what is kept in the database, and where things are located", () => {
    assert.match(sqlOf(academy, "teachers that have no lesson records"), /NOT IN \(SELECT lessons.teacher_id/)
    assert.match(sqlOf(academy, "How many booking records are in the database?"), /^SELECT COUNT\(\*\)/)
    assert.match(sqlOf(academy, "How many bookings are located in York?"), /WHERE bookings.town = 'York'/)
    assert.match(sqlOf(academy, "Which teachers are called 'Ada'?"), /WHERE teachers.name = 'Ada'/)
    assert.match(sqlOf(academy, "price of the lesson named 'Piano'"), /WHERE lessons.title = 'Piano'/)
    refused(
      academy,
      "teachers called Ada",
      "bookings named 'Piano'",
      "records of teachers",
      "teachers in the world records",
      "How many teachers does the database have?"
    )
  })

  it("a letter in capitals, which is no article", () => {
    assert.match(sqlOf(academy, "bookings in group A"), /WHERE bookings."group" = 'A'/)
    assert.match(sqlOf(academy, "A list of bookings in York"), /WHERE bookings.town = 'York'/)
    refused(academy, "teachers of type I")
  })

  it("a column without the unit that it is in", () => {
    assert.match(sqlOf(academy, "What is the total area of the plots?"), /SUM\(plots.area_ha\)/)
  })

  it("no price of a piece for what all of them cost", () => {
    refused(academy, "sales over 500", "the largest sales")
    assert.match(sqlOf(academy, "lessons over 500"), /lessons.price > 500/)
  })

  it("a count behind what is counted", () => {
    assert.match(sqlOf(academy, "booking count by status"), /^SELECT bookings.status, COUNT\(\*\) .* GROUP BY/)
    refused(academy, "lesson count over 3 per teacher", "teachers and their lesson count")
  })
})
