/** Questions over schemas that nobody had tried, which got the rows of something else; each for its kind. */
import { assert, describe, it } from "@effect/vitest"
import { asking, column, date, key, refused, sqlOf, texts } from "./Asking.ts"

const amount = (name: string, more: object = {}) => column(name, "REAL", more)

const shop = asking(
  {},
  {
    schema: {
      tables: {
        customers: {
          columns: [
            key("customer_id"),
            texts("full_name", "Ben Moss", "Ada Stone"),
            texts("country", "Germany", "Spain"),
            column("referred_by", "INTEGER", { foreign_key: "customers.customer_id" }),
            date("registered_on"),
            amount("newsletter", { type: "INTEGER", description: "1 if they want it" })
          ]
        },
        brands: { columns: [key("brand_id"), column("brand_name")] },
        products: {
          columns: [
            key("product_id"),
            texts("product_name", "Trail Runner"),
            texts("sku", "S-1"),
            key("brand_id"),
            date("launched_on"),
            column("stock_no")
          ]
        },
        coupons: {
          columns: [
            key("coupon_id"),
            texts("code", "XMAS15"),
            column("discount_type"),
            amount("discount_value"),
            amount("min_order_value"),
            date("valid_from"),
            amount("max_uses", { type: "INTEGER" })
          ]
        },
        orders: {
          columns: [
            key("order_id"),
            key("customer_id"),
            key("coupon_id"),
            date("order_date"),
            amount("shipping_fee"),
            texts("status", "paid", "open")
          ]
        },
        order_items: {
          columns: [
            key("order_item_id"),
            key("order_id"),
            key("product_id"),
            amount("quantity", { type: "INTEGER" }),
            amount("price")
          ]
        },
        reviews: {
          columns: [
            key("review_id"),
            key("product_id"),
            key("customer_id"),
            amount("rating", { type: "INTEGER" }),
            column("created_at", "DATETIME")
          ]
        },
        payments: {
          columns: [
            key("payment_id"),
            key("order_id"),
            amount("amount"),
            texts("method", "card"),
            texts("receipt_no", "R-7")
          ]
        }
      }
    }
  }
)

const office = asking(
  {},
  {
    schema: {
      tables: {
        branches: { columns: [key("branch_id"), column("branch_name"), date("opened_on")] },
        employees: {
          columns: [
            key("employee_id"),
            texts("full_name", "Evan Shaw", "Carl Dunn"),
            texts("job_title", "mechanic", "manager"),
            key("branch_id"),
            column("manager_id", "INTEGER", { foreign_key: "employees.employee_id" }),
            amount("salary"),
            date("employed_since")
          ]
        },
        clients: { columns: [key("client_id"), column("client_name"), texts("kind", "company"), date("client_since")] },
        matters: {
          columns: [
            key("matter_id"),
            texts("title", "Lease renewal"),
            key("client_id"),
            column("responsible_employee_id", "INTEGER", { foreign_key: "employees.employee_id" }),
            texts("status", "open", "closed"),
            date("opened_on"),
            amount("fee_pct"),
            texts("fee_type", "fixed"),
            amount("fee_amount")
          ]
        },
        hearings: { columns: [key("hearing_id"), key("matter_id"), column("starts_at", "DATETIME")] },
        vehicles: {
          columns: [
            key("vehicle_id"),
            column("model"),
            key("branch_id"),
            texts("status", "sold"),
            date("reserved_until")
          ]
        },
        sales: { columns: [key("sale_id"), key("vehicle_id"), date("sold_on"), date("handed_over_on")] },
        credits: { columns: [key("vehicle_id"), key("employee_id"), texts("part", "designer")] }
      }
    }
  }
)

const agency = asking(
  {},
  {
    schema: {
      tables: {
        vacancies: { columns: [key("vacancy_id"), column("job_title")] },
        skills: { columns: [key("skill_id"), column("skill_name")] },
        vacancy_skills: { columns: [key("vacancy_id"), key("skill_id"), texts("importance", "must", "nice")] }
      }
    }
  }
)

describe("over schemas that nobody had tried", () => {
  it("who is above whom is told by the key, in the direction that is asked", () => {
    const below = /employees\.manager_id IN \(SELECT employees\.employee_id .* = 'Evan Shaw'\)/
    for (const question of [
      "employees whose manager is Evan Shaw",
      "employees managed by Evan Shaw",
      "Who reports to Evan Shaw?",
      "employees of Evan Shaw",
      "Evan Shaw's employees"
    ]) {
      assert.match(sqlOf(office, question), below, question)
    }
    assert.match(
      sqlOf(office, "Who is the manager of Carl Dunn?"),
      /employees\.employee_id IN \(SELECT employees\.manager_id .* = 'Carl Dunn'\)/
    )
    assert.match(
      sqlOf(shop, "customers referred by Ben Moss"),
      /customers\.referred_by IN \(SELECT customers\.customer_id .* = 'Ben Moss'\)/
    )
    assert.match(
      sqlOf(office, "matters whose responsible employee is Evan Shaw"),
      /matters\.responsible_employee_id IN \(SELECT employees\.employee_id .* = 'Evan Shaw'\)/
    )
    refused(office, "employees and their manager", "matters of the manager Evan Shaw")
  })

  it("what was bought is told by what was sold, and when by when it was", () => {
    const bought = /IN \(SELECT orders\.customer_id FROM orders JOIN order_items .* = 'Trail Runner'\)/
    assert.match(sqlOf(shop, "customers who bought Trail Runner"), bought)
    assert.match(sqlOf(shop, "customers who ordered Trail Runner"), bought)
    assert.match(sqlOf(shop, "products bought by Ada Stone"), /order_items JOIN orders .* JOIN customers/)
    for (const verb of ["bought", "sold", "ordered"]) {
      assert.match(sqlOf(shop, `products ${verb} in 2026`), /IN \(SELECT .* orders\.order_date >= '2026-01-01'/, verb)
    }
    assert.match(sqlOf(shop, "products reviewed in 2026"), /IN \(SELECT .* reviews\.created_at >= '2026-01-01'/)
    refused(shop, "orders registered in 2026", "customers who never bought a product")
    assert.match(
      sqlOf(shop, "customers who never bought an order"),
      /WHERE customers\.customer_id NOT IN \(SELECT orders\.customer_id FROM orders WHERE orders\.customer_id IS NOT NULL\) LIMIT/
    )
    assert.match(
      sqlOf(office, "clients with matters opened in 2026"),
      /IN \(SELECT matters\.client_id FROM matters WHERE matters\.opened_on >= '2026-01-01'/
    )
    refused(office, "branches that sold a vehicle in 2026", "clients who opened a matter in 2026")
  })

  it("an adjective is of the noun behind it, or of nothing", () => {
    refused(shop, "orders of Spanish products", "reviews of Spain products")
    // A junction says what a thing is to another.
    assert.match(
      sqlOf(agency, "must skills of vacancy 5"),
      /IN \(SELECT vacancy_skills\.skill_id FROM vacancy_skills .*importance = 'must'/
    )
    assert.match(sqlOf(shop, "orders of Spain customers"), /customers\.country = 'Spain'/)
  })

  it("an event is no state, and a deed no state of something else", () => {
    for (const question of ["matters opened in 2026", "How many matters were opened per year?"]) {
      assert.notMatch(sqlOf(office, question), /status/, question)
    }
    assert.match(sqlOf(office, "open matters"), /matters\.status = 'open'/)
    refused(shop, "total amount paid per method")
  })

  it("no bound, preposition or first word of several is a column", () => {
    refused(
      shop,
      "average order value",
      "coupons with more than 100 uses",
      "discount of XMAS15",
      "orders over 200 euros"
    )
    refused(office, "matters with fee over 20")
    assert.match(sqlOf(office, "matters with a fee amount over 20"), /fee_amount > 20/)
    assert.match(sqlOf(office, "fixed fee matters"), /matters\.fee_type = 'fixed' LIMIT/)
    assert.match(sqlOf(shop, "customers from Germany"), /FROM customers WHERE customers\.country = 'Germany'/)
    assert.notMatch(sqlOf(shop, "orders from Germany"), /coupons/)
  })

  it("the price of a piece is not added up", () => {
    refused(shop, "total price of order items")
    assert.match(sqlOf(shop, "average price of order items"), /AVG\(order_items\.price\)/)
  })

  it("idioms and opposites are no tables and no dates", () => {
    refused(office, "unsold vehicles", "vehicles for sale", "vehicles on sale")
    refused(shop, "products in stock")
  })

  it("whoever is called by a value stays what is asked for", () => {
    for (const [question, direction] of [
      ["mechanic with the highest salary", "DESC"],
      ["Which mechanic has the lowest salary?", "ASC"]
    ] as const) {
      assert.match(
        sqlOf(office, question),
        new RegExp(`SELECT employees.full_name.* = 'mechanic' .* ORDER BY employees.salary ${direction}.* LIMIT 1$`),
        question
      )
    }
    assert.match(sqlOf(office, "mechanics with the lowest salary"), /= 'mechanic' .* ORDER BY employees\.salary ASC/)
    assert.match(
      sqlOf(office, "companies with open matters"),
      /clients\.kind = 'company' AND .*matters\.status = 'open'/
    )
    refused(office, "mechanic with the highest fee amount", "designers", "How many designers are there?")
    assert.match(sqlOf(office, "employee with the highest salary"), /SELECT employees\.full_name.* LIMIT 1$/)
  })

  it("several of the highest are more than one", () => {
    refused(office, "the 3 highest salaries", "2 lowest salaries")
    assert.match(sqlOf(office, "the highest salary"), /MAX\(employees\.salary\)/)
  })

  it('"with" another thing, or a number, says that there is one, or asks for it', () => {
    refused(office, "matters with client", "employees with a salary", "matters with client and employees")
    assert.match(sqlOf(office, "matters and their client"), /LEFT JOIN clients/)
    assert.match(sqlOf(office, "matters with a client"), /client_id IS NOT NULL/)
  })

  it("a number that is yes or no by its description is a condition", () => {
    assert.match(sqlOf(shop, "customers with newsletter"), /customers\.newsletter = 1/)
    assert.match(sqlOf(shop, "customers who want the newsletter"), /customers\.newsletter = 1/)
  })

  it("since then is not in that year, and a month to come not that of last year", () => {
    assert.match(
      sqlOf(office, "clients since 2024"),
      /client_since >= '2024-01-01'$|client_since >= '2024-01-01' LIMIT/
    )
    refused(office, "employees employed since 2015", "hearings scheduled for December")
    assert.match(sqlOf(office, "hearings in October"), /starts_at >= '2026-10-01'/)
  })

  it("what a thing belongs to is told of it, where there is one", () => {
    for (const question of [
      "brand of Trail Runner",
      "Trail Runner's brand",
      "What is Trail Runner's brand?",
      "Which brand does Trail Runner belong to?"
    ]) {
      assert.match(
        sqlOf(shop, question),
        /brands\.brand_id IN \(SELECT products\.brand_id .* = 'Trail Runner'\)/,
        question
      )
    }
    assert.match(sqlOf(shop, "brand of sku S-1"), /brands\.brand_id IN \(SELECT products\.brand_id .* = 'S-1'\)/)
    refused(shop, "customers of Trail Runner", "brands of Ada Stone")
    // The one that is responsible for it is not all that it has.
    refused(office, "employees of Lease renewal")
  })

  it("a number of one row needs no word that adds it up", () => {
    assert.match(
      sqlOf(shop, "amount of receipt R-7"),
      /SELECT payments\.amount FROM payments WHERE payments\.receipt_no = 'R-7'/
    )
    refused(shop, "amount of card payments")
  })

  it("sales are dated by when they were sold", () => {
    assert.match(sqlOf(office, "sales in 2026"), /sales\.sold_on >= '2026-01-01'/)
  })
})
