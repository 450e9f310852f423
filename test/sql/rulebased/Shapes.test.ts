/** The shapes that answers take: of kinds of things, of each group, averages of numbers, comparisons with numbers. */
import { assert, describe, it } from "@effect/vitest"
import { asking, column, refused, sqlOf } from "./Asking.ts"

const office = asking(
  {},
  {
    schema: {
      tables: {
        departments: {
          columns: [column("id", "INTEGER"), column("name"), column("head_id", "INTEGER"), column("mark", "REAL")]
        },
        grades: { columns: [column("id", "INTEGER"), column("title", "TEXT", { values: ["Senior Clerk", "Clerk"] })] },
        clerks: {
          columns: [
            column("id", "INTEGER"),
            column("first_name"),
            column("last_name"),
            column("hired_on", "DATE"),
            column("termination_date", "DATE"),
            column("birth_date", "DATE"),
            column("contract", "enum('full_time','daily')"),
            column("salary", "INTEGER"),
            column("grade_id", "INTEGER"),
            column("department_id", "INTEGER")
          ]
        },
        letters: {
          columns: [
            column("id", "INTEGER"),
            column("clerk_id", "INTEGER"),
            column("signed_by", "INTEGER"),
            column("state", "TEXT", { values: ["open", "signed"] }),
            column("posted_on", "DATE"),
            column("weight_g", "REAL"),
            column("postage", "REAL"),
            column("mark_up", "REAL")
          ]
        }
      },
      relationships: [
        { from: "departments.head_id", to: "clerks.id" },
        { from: "clerks.grade_id", to: "grades.id" },
        { from: "clerks.department_id", to: "departments.id" },
        { from: "letters.clerk_id", to: "clerks.id" },
        { from: "letters.signed_by", to: "clerks.id" }
      ]
    }
  }
)

describe("things and what they are called after", () => {
  it("of a kind are those that refer to it, not its name", () => {
    assert.match(sqlOf(office, "How many senior clerks are there?"), /FROM clerks JOIN grades .* = 'Senior Clerk'/)
  })

  it("are related over the key that is called after them, and over no other that says in which role", () => {
    assert.match(sqlOf(office, "Number of clerks per department"), /departments\.id = clerks\.department_id/)
    assert.match(sqlOf(office, "Number of letters per clerk"), /clerks\.id = letters\.clerk_id/)
    refused(office, "letters signed by 'Clerk'", "How many letters were opened by each clerk?")
  })

  it("list their values in a type that is no number and no date, whatever it says", () => {
    assert.match(sqlOf(office, "How many clerks are full_time?"), /clerks\.contract = 'full_time'/)
    assert.match(sqlOf(office, "Number of clerks by contract"), /GROUP BY clerks\.contract/)
  })
})

describe("numbers of each", () => {
  it("are not of the group alone, if it has one of a longer name", () => {
    const mark = asking(
      {},
      {
        schema: {
          tables: {
            inns: { columns: [column("id", "INTEGER"), column("name"), column("star_mark", "INTEGER")] },
            stays: { columns: [column("id", "INTEGER"), column("inn_id", "INTEGER"), column("mark", "INTEGER")] }
          },
          relationships: [{ from: "stays.inn_id", to: "inns.id" }]
        }
      }
    )
    refused(mark, "What is the average mark of each inn?")
    assert.match(sqlOf(mark, "average star mark of each inn"), /GROUP BY inns\.id/)
  })

  it("are added up where an amount is what most of them goes by", () => {
    assert.match(sqlOf(office, "Which clerk has the most letters, by postage?"), /SUM\(letters\.postage\).* LIMIT 1$/)
    assert.match(sqlOf(office, "Which clerk has the most letters?"), /COUNT\(\*\).* LIMIT 1$/)
  })
})

it("a verb of a date is not what is asked for, and the end of something is not when it was", () => {
  refused(office, "Which clerks were there in 2024?")
  const who = office("Who was hired in 2024?")
  if (who._tag === "Success") assert.match(who.success.sql, /hired_on >= '2024-01-01'/)
})

describe("the best of each group", () => {
  it("is a row, with those that are as good", () => {
    const sql = sqlOf(office, "What is the heaviest letter of each clerk?")
    assert.match(sql, /RANK\(\) OVER \(PARTITION BY clerks\.id, .* ORDER BY letters\.weight_g DESC\) AS place/)
    assert.match(sql, /weight_g IS NOT NULL\) AS placed WHERE place <= 1 ORDER BY first_name, last_name, place/)
    assert.match(sqlOf(office, "top 2 clerks by salary in each department"), /clerks\.salary DESC.* WHERE place <= 2/)
  })

  it("is shown with what is said of it", () => {
    const sql = sqlOf(office, "the heaviest letter of each clerk and its postage")
    assert.match(sql, /PARTITION BY clerks\.id, clerks\.first_name, clerks\.last_name ORDER/)
    assert.match(sql, /^SELECT first_name, last_name, .*postage/)
  })

  it("is a group of its own by what is counted or added up", () => {
    const sql = sqlOf(office, "Which clerk has the most letters in each department?")
    assert.match(sql, /GROUP BY departments\.id, .*clerks\.last_name\) AS placed WHERE place <= 1/)
    assert.match(sql, /PARTITION BY departments\.id, departments\.name ORDER BY COUNT\(\*\) DESC/)
  })

  it("is not guessed where it may be the best of all, or several", () => {
    refused(
      office,
      "top 2 clerks by salary by department",
      "heaviest letters of each clerk",
      "total postage of the heaviest letter of each clerk",
      "Which clerk has the fewest letters in each department?"
    )
  })
})

describe("averages", () => {
  it("of a number of rows are over all that have them, and over those that have any", () => {
    assert.match(
      sqlOf(office, "What is the average number of letters per clerk?"),
      /^SELECT AVG\(\(SELECT COUNT\(\*\) .*\)\) AS .*, AVG\(NULLIF\(\(SELECT .*\), 0\)\) AS .*that_has_any FROM clerks$/
    )
    refused(
      office,
      "average number of letters",
      "average number of letters per state",
      "average number of open letters per clerk"
    )
  })

  it("are what numbers are compared with, if it is clear of what", () => {
    const sql = sqlOf(office, "clerks with a salary above the average")
    assert.match(sql, /WHERE clerks\.salary > \(SELECT AVG\(clerks\.salary\) FROM clerks\) LIMIT/)
    assert.strictEqual(sqlOf(office, "clerks with an above average salary"), sql)
    refused(
      office,
      "open letters with a postage above average",
      "clerks above average",
      "clerks with a postage below average"
    )
    refused(office, "number of letters with a postage above average per clerk")
    for (const question of [
      "clerks who earn more than the average of their department",
      "clerks with a salary above average for their grade"
    ]) {
      assert.match(sqlOf(office, question), /FROM clerks? AS peers WHERE peers\./, question)
    }
    assert.strictEqual(sqlOf(office, "clerks with a salary above the average of all clerks"), sql)
  })
})

it("an amount of other things is said to be theirs, or is none of these", () => {
  refused(office, "clerks with a postage over 3", "departments with a postage over 3")
  assert.match(sqlOf(office, "clerks with letters with a postage over 3"), /letters\.postage > 3/)
})

it("how many there are is no number that they are called by", () => {
  const flats = asking(
    {},
    {
      schema: {
        tables: { flats: { columns: [column("id", "INTEGER"), column("flat_number"), column("rent", "REAL")] } }
      }
    }
  )
  assert.match(sqlOf(flats, "number of flats with a rent over 900"), /^SELECT COUNT\(\*\)/)
  assert.match(sqlOf(flats, "flat numbers with a rent over 900"), /^SELECT (?:DISTINCT )?flats\.flat_number/)
})

describe("comparatives", () => {
  it("say of what by themselves, in the unit that it is kept in", () => {
    assert.match(sqlOf(office, "letters heavier than 2 kg"), /WHERE letters\.weight_g > 2000/)
    assert.match(sqlOf(office, "letters with a weight over 50 grams"), /letters\.weight_g > 50/)
    refused(
      office,
      "letters heavier than 50",
      "letters heavier than 3 days",
      "letters longer than 3 cm",
      "letters over 3 hours"
    )
    refused(office, "clerks with letters with a postage over 3 kg")
  })

  it("of age are of a birth, or of the date of what has none", () => {
    assert.match(sqlOf(office, "clerks older than 60"), /clerks\.birth_date < '1966-11-22'/)
    assert.match(sqlOf(office, "clerks younger than 30 years"), /clerks\.birth_date >= '1996-11-23'/)
    assert.match(sqlOf(office, "letters older than 30 days"), /letters\.posted_on < '2026-10-23'/)
    refused(office, "letters older than 30", "departments older than 3 years")
  })

  it("may have their bound behind the number", () => {
    assert.match(sqlOf(office, "clerks with a salary of 50000 or more"), /salary >= 50000/)
    assert.match(sqlOf(office, "clerks with 3 or more letters"), /COUNT\(\*\) FROM letters .*\) >= 3/)
    assert.match(sqlOf(office, "clerks with 3 or fewer letters"), /COUNT\(\*\) FROM letters .*\) <= 3/)
  })
})

it("when something was last is the latest date up to today", () => {
  const latest = /^SELECT MAX\(letters\.posted_on\) AS \w+ FROM letters WHERE letters\.posted_on < '2026-11-23'$/
  assert.match(sqlOf(office, "When was the last letter?"), latest)
  assert.match(sqlOf(office, "When was the first letter?"), /MIN\(letters\.posted_on\)/)
  assert.match(
    sqlOf(office, "the last letter"),
    /WHERE letters\.posted_on < '2026-11-23' .*ORDER BY letters\.posted_on DESC, letters\.id LIMIT 1$/
  )
  refused(office, "When was the last?", "When did we last hear of a department?", "When was the letter?")
})

it("two days may share their month", () => {
  const sql = sqlOf(office, "How many letters were posted between 1 and 15 March 2026?")
  assert.match(sql, /posted_on >= '2026-03-01' AND letters\.posted_on < '2026-03-16'/)
  assert.match(sqlOf(office, "letters posted tomorrow"), /posted_on >= '2026-11-23'/)
  refused(office, "How many letters were posted between 16 and 15 March 2026?")
})

it("an amount behind 'per' may divide, and is no group", () => {
  refused(office, "average postage per weight g", "total postage per g", "number of letters per postage")
})

it("what nothing is known of is not the lowest", () => {
  assert.match(
    sqlOf(office, "Which department has the lowest average salary?"),
    /ORDER BY AVG\(clerks\.salary\) IS NULL, average_salary ASC, departments\.name LIMIT 1$/
  )
})

describe("verbs of an amount", () => {
  it("say which it is", () => {
    assert.match(sqlOf(office, "clerks who earn over 50000"), /clerks\.salary > 50000/)
    assert.match(sqlOf(office, "clerks who earn less than the average salary"), /salary < \(SELECT AVG\(/)
    assert.match(sqlOf(office, "letters that weigh more than 2 kg"), /weight_g > 2000/)
    assert.match(sqlOf(office, "letters that weigh more than 50 g"), /weight_g > 50/)
    refused(
      office,
      "letters that earn over 3",
      "clerks who weigh over 80 kg",
      "clerks who earn",
      "clerks who earn over 3 kg"
    )
  })
})

it("who is asked for by the verb of a date is a person that has it", () => {
  assert.match(sqlOf(office, "Who was hired in 2024?"), /^SELECT clerks\.first_name, clerks\.last_name FROM clerks/)
  refused(office, "Who was posted in 2024?")
})

it("yes and no may be said of a column with letters for them, and what has it may be asked for", () => {
  const inns = asking(
    {},
    {
      schema: {
        tables: {
          inns: {
            columns: [
              column("id", "INTEGER"),
              column("name"),
              column("is_open", "CHAR(1)", { description: "Y or N" }),
              column("has_pool", "BOOLEAN"),
              column("paid", "BOOLEAN")
            ]
          }
        }
      }
    }
  )
  assert.match(sqlOf(inns, "How many inns are open?"), /is_open = 'Y'/)
  assert.match(sqlOf(inns, "Which inns have a pool?"), /has_pool = 1/)
  refused(inns, "Which inns have paid?")
})

it("what has something is not all that could have it", () => {
  const people = asking(
    {},
    {
      schema: {
        tables: {
          clubs: { columns: [column("id", "INTEGER"), column("name")] },
          people: {
            columns: [
              column("id", "INTEGER"),
              column("name"),
              column("email"),
              column("club_id", "INTEGER"),
              column("town")
            ]
          }
        },
        relationships: [{ from: "people.club_id", to: "clubs.id" }]
      }
    }
  )
  for (const question of ["people with an email", "How many people have an email?"]) {
    assert.match(sqlOf(people, question), /WHERE people\.email IS NOT NULL/)
  }
  assert.match(sqlOf(people, "people who have a club"), /WHERE people\.club_id IS NOT NULL/)
  assert.match(sqlOf(people, "people with their email"), /^SELECT people\.name, people\.email FROM people LIMIT/)
})
