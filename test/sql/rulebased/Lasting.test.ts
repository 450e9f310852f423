/** How long something takes, what part of it, who is above whom, and what was done: as people ask for them. */
import { assert, describe, it } from "@effect/vitest"
import { asking, column, key, refused, sqlOf, texts } from "./Asking.ts"

const practice = asking(
  {},
  {
    schema: {
      tables: {
        vets: {
          columns: [
            key("vet_id"),
            column("title"),
            column("first_name"),
            column("last_name", "TEXT", { values: ["Fenwick", "Abara"] }),
            column("hired_on", "DATE"),
            key("supervisor_id", "vets.vet_id")
          ]
        },
        owners: {
          columns: [key("owner_id"), column("full_name"), column("registered_on", "DATE"), column("town")]
        },
        pets: {
          columns: [
            key("pet_id"),
            key("owner_id"),
            column("pet_name"),
            column("neutered", "BOOLEAN"),
            column("died_on", "DATE")
          ]
        },
        support_cases: {
          columns: [
            key("case_id"),
            key("pet_id"),
            column("category", "TEXT", { values: ["billing", "care"] }),
            column("case_status", "TEXT", { values: ["open", "closed", "failed"] }),
            column("opened_at", "DATETIME"),
            column("closed_at", "DATETIME")
          ]
        },
        bills: {
          columns: [
            key("bill_id"),
            key("pet_id"),
            column("amount", "REAL"),
            column("issued_on", "DATE"),
            column("due_on", "DATE"),
            column("paid_on", "DATE")
          ]
        }
      }
    }
  }
)

describe("how long something takes", () => {
  it("lies between when there was a row and what became of it", () => {
    const days = /^SELECT AVG\(julianday\(support_cases\.closed_at\) - julianday\(support_cases\.opened_at\)\)/
    for (const question of [
      "How many days does it take on average to close a case?",
      "how many days does it take us on average to close a support case",
      "average number of days until a case is closed"
    ]) {
      assert.match(sqlOf(practice, question), days, question)
    }
    assert.match(sqlOf(practice, "How many hours does it take on average to close a case?"), /\) \* 24\)/)
    assert.match(
      sqlOf(practice, "How many days does it take on average to close a case, by category?"),
      /support_cases\.category, AVG\(.* WHERE support_cases\.closed\w* IS NOT NULL GROUP BY support_cases\.category/
    )
  })

  it("lies between two dates that are said", () => {
    assert.match(
      sqlOf(practice, "average number of days between a bill being issued and paid"),
      /AVG\(julianday\(bills\.paid_on\) - julianday\(bills\.issued_on\)\)/
    )
  })

  it("is refused where a time may be of its beginning or of its end", () => {
    refused(practice, "How many days did it take on average to close a case in 2025?")
  })

  it("is no length of a single one, and none of what has no end", () => {
    refused(
      practice,
      "How many days did it take to close case 12?",
      "How many days does it take on average to hire a vet?"
    )
  })
})

describe("what part", () => {
  it("is that of rows in a state, of those that are said", () => {
    assert.match(
      sqlOf(practice, "What percentage of cases failed?"),
      /AVG\(CASE WHEN support_cases\.case_status = 'failed' THEN 100\.0 ELSE 0 END\)/
    )
    assert.match(
      sqlOf(practice, "What percentage of the bills issued in 2025 haven't been paid yet?"),
      /CASE WHEN bills\.paid_on IS NULL .*WHERE bills\.issued_on >= '2025-01-01'/
    )
  })
})

describe("who", () => {
  it("is above somebody is asked with the verb of the role", () => {
    const above = /WHERE vets\.vet_id IN \(SELECT vets\.supervisor_id FROM vets WHERE vets\.last_name = 'Fenwick'\)/
    for (const question of ["Who supervises Fenwick?", "Who is Fenwick's supervisor?", "who is Fenwick's boss"]) {
      assert.match(sqlOf(practice, question), above, question)
    }
  })

  it("is named by their names, and not by a title", () => {
    assert.match(sqlOf(practice, "vets hired in 2024"), /^SELECT vets\.first_name, vets\.last_name FROM vets/)
  })
})

describe("what was done", () => {
  it("is the date of another verb for the same", () => {
    assert.match(sqlOf(practice, "owners who joined in 2024"), /registered_on >= '2024-01-01'/)
    assert.match(sqlOf(practice, "owners who signed up in 2024"), /registered_on >= '2024-01-01'/)
  })

  it("is not that a thing is in the state which is called alike", () => {
    const sql = sqlOf(practice, "How many cases did we open for billing in 2025?")
    assert.match(sql, /opened_at >= '2025-01-01'/)
    assert.notMatch(sql, /case_status/)
  })

  it("is not there where it has not been done, however that is written", () => {
    for (const question of ["pets that have died", "pets that died"]) {
      assert.match(sqlOf(practice, question), /pets\.died_on IS NOT NULL/, question)
    }
    for (const question of ["bills that haven't been paid", "bills that haven’t been paid yet", "bills not paid"]) {
      assert.match(sqlOf(practice, question), /bills\.paid_on IS NULL/, question)
    }
  })

  it("was done to us, or for us, without saying more", () => {
    assert.strictEqual(
      sqlOf(practice, "owners registered with us in 2024"),
      sqlOf(practice, "owners registered in 2024")
    )
    refused(practice, "owners from us")
  })
})

const garden = asking(
  {
    user_friendly_terms: {
      "open orders": "orders.status IN ('paid', 'packed')",
      "late orders": "orders.status = 'late'"
    }
  },
  {
    schema: {
      tables: {
        species: { columns: [key("species_id"), texts("species_name", "Dog", "Rabbit")] },
        animals: {
          columns: [
            key("animal_id"),
            key("species_id"),
            column("name"),
            texts("sex", "male", "female"),
            column("weight_kg", "REAL"),
            column("born_on", "DATE")
          ]
        },
        houses: { columns: [key("house_id"), column("house_name"), key("built_year")] },
        keepers: { columns: [key("keeper_id"), column("full_name"), column("salary", "REAL")] },
        feedings: {
          columns: [
            key("feeding_id"),
            key("keeper_id"),
            key("animal_id"),
            texts("outcome", "eaten", "refused"),
            column("started_at", "DATETIME"),
            column("ended_at", "DATETIME")
          ]
        },
        orders: {
          columns: [
            key("order_id"),
            column("country"),
            texts("status", "paid", "packed", "late"),
            column("order_date", "DATE")
          ]
        }
      }
    }
  }
)

describe("things that a value or a term is called by", () => {
  it("are asked for", () => {
    const sql = sqlOf(garden, "dogs born before 2020")
    assert.match(sql, /^SELECT animals\.name FROM animals JOIN species .*'Dog' AND animals\.born_on < '2020-01-01'/)
    assert.match(sqlOf(garden, "How many male dogs are there?"), /COUNT\(\*\).*'male'/)
    assert.match(sqlOf(garden, "What is the heaviest rabbit called?"), /animals\.name.*'Rabbit'.*DESC/)
  })

  it("are counted by what they are grouped by", () => {
    assert.match(sqlOf(garden, "open orders by country"), /orders\.country, COUNT\(\*\).*IN \('paid', 'packed'\)/)
    assert.match(sqlOf(garden, "How many late orders are there?"), /COUNT\(\*\) .*= 'late'/)
  })
})

describe("times", () => {
  it("are of when something began that ends on the same day", () => {
    assert.match(sqlOf(garden, "How many feedings were there in May 2026?"), /feedings\.started_at >= '2026-05-01'/)
  })

  it("may go on from a year or up to it", () => {
    assert.match(
      sqlOf(garden, "animals born in 2024 or later"),
      /born_on >= '2024-01-01' AND animals\.born_on < '2026-11-23' LIMIT/
    )
    assert.match(sqlOf(garden, "animals born in 2019 or earlier"), /born_on < '2020-01-01' LIMIT/)
  })

  it("may be kept as the number of a year", () => {
    assert.match(sqlOf(garden, "houses built before 1990"), /houses\.built_year < 1990 LIMIT/)
    assert.match(sqlOf(garden, "houses built in 1990"), /built_year >= 1990 AND houses\.built_year < 1991 LIMIT/)
    refused(garden, "houses built in May 1990")
  })
})

it("the best are ranked by rows in a state", () => {
  assert.match(
    sqlOf(garden, "Top 3 keepers by number of refused feedings"),
    /COUNT\(\*\) .*WHERE feedings\.outcome = 'refused' .*LIMIT 3$/
  )
})

const books = asking(
  {},
  {
    schema: {
      tables: {
        products: { columns: [key("id"), texts("name", "Ridgeline"), column("price", "REAL"), column("cost", "REAL")] },
        departments: {
          columns: [key("department_id"), texts("dept_name", "Neurology"), key("head_doctor_id", "doctors.doctor_id")]
        },
        doctors: {
          columns: [
            key("doctor_id"),
            column("full_name"),
            column("phone"),
            column("joined_on", "DATE"),
            key("department_id", "departments.department_id")
          ]
        },
        returns: {
          columns: [
            key("return_id"),
            key("product_id", "products.id"),
            column("requested_on", "DATE"),
            column("refund_amount", "REAL"),
            column("refunded_on", "DATE")
          ]
        },
        stays: {
          columns: [key("stay_id"), key("doctor_id"), column("check_in", "DATE"), column("check_out", "DATE")]
        },
        calls: {
          columns: [key("call_id"), key("doctor_id"), column("minutes", "REAL"), column("called_at", "DATETIME")]
        },
        bills: { columns: [key("bill_id"), column("issued_on", "DATE"), column("amount", "REAL")] }
      }
    }
  }
)

describe("how much", () => {
  it("is the price of one thing, and refused where a cost is kept too", () => {
    assert.match(sqlOf(books, "How much is the Ridgeline?"), /^SELECT products\.name, products\.price .*'Ridgeline'/)
    refused(books, "How much does the Ridgeline cost?")
  })

  it("is the sum of what the verb is about, at its own date", () => {
    assert.match(sqlOf(books, "How much did we bill in 2025?"), /SUM\(bills\.amount\).*issued_on >= '2025-01-01'/)
    assert.match(sqlOf(books, "How much did we refund in 2025?"), /SUM\(returns\.refund_amount\).*refunded_on >= '2025/)
  })
})

describe("lengths", () => {
  it("are those of rows that say them, or between their two dates", () => {
    assert.match(sqlOf(books, "average length of a call in minutes"), /^SELECT AVG\(calls\.minutes\)/)
    assert.match(
      sqlOf(books, "What is the average length of a stay?"),
      /AVG\(julianday\(stays\.check_out\) - julianday\(stays\.check_in\)\)/
    )
    refused(books, "average length of a call in hours")
  })
})

describe("people", () => {
  it("are those who are where it is said, and who is at its head", () => {
    assert.match(sqlOf(books, "Who works in Neurology?"), /^SELECT doctors\.full_name FROM doctors JOIN departments/)
    assert.match(
      sqlOf(books, "Who is the head of Neurology?"),
      /doctors\.doctor_id IN \(SELECT departments\.head_doctor_id FROM departments WHERE departments\.dept_name = 'Neuro/
    )
  })

  it("are new when they came, and never at all", () => {
    assert.match(sqlOf(books, "new doctors this year"), /joined_on >= '2026-01-01'/)
    assert.match(sqlOf(books, "number of new doctors each year"), /strftime\('%Y', doctors\.joined_on\)/)
    refused(books, "new doctors", "new bills this year")
  })

  it("are called by a phone, however that is said", () => {
    for (const said of ["phone", "phone number", "mobile number", "telephone"]) {
      assert.match(sqlOf(books, `${said} of all doctors`), /doctors\.phone/, said)
    }
  })

  it("never did what no row says that they did", () => {
    assert.match(
      sqlOf(garden, "Which keepers have never recorded a feeding?"),
      /keeper_id NOT IN \(SELECT feedings\.keeper_id FROM feedings/
    )
    refused(garden, "keepers who never refused a feeding")
  })
})

describe("ages", () => {
  it("are those of people by their birth", () => {
    assert.match(sqlOf(garden, "animals aged 16 or over"), /born_on < '2010-11-23' LIMIT/)
    assert.match(sqlOf(garden, "animals aged under 3"), /born_on >= '2023-11-23' LIMIT/)
    assert.match(sqlOf(garden, "animals at least 5 years old"), /born_on < '2021-11-23' LIMIT/)
  })
})

const works = asking(
  {},
  {
    schema: {
      tables: {
        employees: {
          columns: [
            key("employee_id"),
            column("full_name"),
            column("email"),
            column("hire_date", "DATE"),
            column("termination_date", "DATE")
          ]
        },
        suppliers: { columns: [key("supplier_id"), column("supplier_name"), key("lead_time_days")] },
        titles: { columns: [key("title_id"), column("title"), key("publication_year"), key("credits")] },
        orders: { columns: [key("order_id"), column("ordered_on", "DATE"), column("due_date", "DATE")] }
      }
    }
  }
)

describe("what is said in passing", () => {
  it("asks for one more column of them", () => {
    assert.match(
      sqlOf(works, "Who was hired in 2024, and what is their email?"),
      /^SELECT employees\.full_name, employees\.email .*hire_date >= '2024-01-01'/
    )
  })

  it("is that nothing is known", () => {
    for (const question of ["employees whose email is unknown", "employees with missing email"]) {
      assert.match(sqlOf(works, question), /employees\.email IS NULL/, question)
    }
  })

  it("is a number, a year or a date by its own word", () => {
    assert.match(sqlOf(works, "Which supplier has the longest lead time?"), /ORDER BY suppliers\.lead_time_days DESC/)
    assert.match(sqlOf(works, "titles published between 1990 and 1999"), /publication_year >= 1990 AND .* < 2000/)
    assert.match(sqlOf(works, "titles worth 10 credits"), /titles\.credits = 10/)
    assert.match(sqlOf(works, "orders due in the 4th quarter of 2026"), /due_date >= '2026-10-01'/)
    assert.match(sqlOf(works, "Who left the company in 2025?"), /termination_date >= '2025-01-01'/)
  })
})

const store = asking(
  {},
  {
    schema: {
      tables: {
        customers: {
          columns: [key("id"), column("full_name"), column("signed_up_on", "DATE"), column("city")]
        },
        orders: { columns: [key("id"), key("customer_id", "customers.id"), column("order_date", "DATE")] },
        shipments: {
          columns: [
            key("id"),
            key("order_id", "orders.id"),
            column("shipped_on", "DATE"),
            column("delivered_on", "DATE")
          ]
        },
        categories: { columns: [key("id"), texts("name", "Tents", "Stoves")] },
        products: {
          columns: [
            key("id"),
            key("category_id", "categories.id"),
            column("name"),
            column("price", "REAL"),
            column("cost", "REAL")
          ]
        },
        reviews: { columns: [key("id"), key("product_id", "products.id"), key("stars")] }
      }
    }
  }
)

describe("words for the same", () => {
  it("are read as what the schema calls it, where it calls nothing else so", () => {
    assert.match(sqlOf(store, "How many clients are there?"), /FROM customers/)
    assert.match(sqlOf(store, "average rating per product"), /AVG\(reviews\.stars\)/)
    assert.match(sqlOf(store, "customers sorted by signup date"), /ORDER BY customers\.signed_up_on/)
    assert.match(sqlOf(store, "number of customers by town"), /GROUP BY customers\.city/)
    refused(store, "How many visitors are there?")
  })

  it("of a price and a cost, the cheapest has the lowest price", () => {
    assert.match(sqlOf(store, "cheapest product in each category"), /ORDER BY products\.price ASC/)
    assert.match(sqlOf(store, "tents under 300 euros"), /'Tents' AND products\.price < 300/)
  })
})

it("what has not been done with a thing has no row that says so", () => {
  const sql = sqlOf(store, "orders not yet shipped")
  assert.match(
    sql,
    /orders\.id NOT IN \(SELECT shipments\.order_id FROM shipments WHERE shipments\.shipped_on IS NOT NULL/
  )
  assert.match(sqlOf(store, "orders that haven't been delivered"), /NOT IN .*delivered_on IS NOT NULL/)
  refused(store, "customers not yet delivered")
})
