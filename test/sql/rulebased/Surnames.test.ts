/** Names of people that are called like cities, tables or departments, and what is kept of one of them. */
import { assert, describe, it } from "@effect/vitest"
import { asking, column, date, key, number, refused, sqlOf, texts } from "./Asking.ts"

const library = asking(
  { terms: { "unpaid fines": "SUM(CASE WHEN checkouts.fine_paid_on IS NULL THEN checkouts.fine ELSE 0 END)" } },
  {
    schema: {
      tables: {
        wards: { columns: [key("id"), column("name")] },
        borrowers: {
          columns: [
            key("id"),
            texts("first_name", "Brian", "Hugo", "Nora"),
            texts("last_name", "Cork", "Law", "Ward"),
            texts("city", "Cork", "Galway"),
            texts("department", "Law", "History"),
            date("joined_on")
          ]
        },
        checkouts: {
          columns: [
            key("id"),
            key("borrower_id", "borrowers.id"),
            date("checked_out_on"),
            date("due_on"),
            date("returned_on"),
            number("fine"),
            date("fine_paid_on")
          ]
        }
      }
    }
  }
)

const named = (first: string, last: string) => `borrowers.first_name = '${first}' AND borrowers.last_name = '${last}'`

describe("a surname", () => {
  it("is one beside a first name, whatever city, department or table is called so", () => {
    assert.include(sqlOf(library, "When did Brian Cork join?"), named("Brian", "Cork"))
    assert.include(sqlOf(library, "How many checkouts has Hugo Law?"), named("Hugo", "Law"))
    assert.include(sqlOf(library, "How many checkouts has Nora Ward?"), named("Nora", "Ward"))
    assert.include(sqlOf(library, "Where does Brian Cork live?"), "borrowers.city FROM borrowers WHERE borrowers.first")
  })

  it("is one behind named", () => {
    assert.include(sqlOf(library, "borrowers named Law"), "borrowers.last_name = 'Law'")
    assert.include(sqlOf(library, "borrowers in Law"), "borrowers.department = 'Law'")
    assert.include(sqlOf(library, "borrowers from Cork"), "borrowers.city = 'Cork'")
  })

  it("is left out with the first name only", () =>
    assert.include(
      sqlOf(library, "checkouts per department, leaving Brian Cork out"),
      "((borrowers.first_name <> 'Brian' OR borrowers.first_name IS NULL)) OR ((borrowers.last_name <> 'Cork'"
    ))
})

describe("whose", () => {
  it("asks for people", () =>
    assert.include(
      sqlOf(library, "Whose department is History?"),
      "borrowers.last_name FROM borrowers WHERE borrowers.dep"
    ))

  it("asks for nobody where things are told of", () => refused(library, "Whose fine is 5?"))
})

describe("a checkout", () => {
  it("is of the day on which it was made, and not on which a fine for it was paid", () => {
    assert.include(sqlOf(library, "How many checkouts in 2025?"), "checkouts.checked_out_on >= '2025-01-01'")
    assert.include(sqlOf(library, "the latest checkout"), "ORDER BY checkouts.checked_out_on DESC")
  })

  it("with a fine may have one that is paid: a term for those that are not is another", () =>
    assert.include(sqlOf(library, "total fines per borrower"), "SUM(checkouts.fine)"))
})
