/** What managers and clerks type: names, rates by the hour, sales of things, who is late, who is still there. */
import { assert, describe, it } from "@effect/vitest"
import { asking, column, date, key, refused, sqlOf, texts } from "./Asking.ts"

const hire = asking(
  {},
  {
    schema: {
      tables: {
        branches: { columns: [key("id"), column("name"), column("city"), column("openedOn", "DATE")] },
        customers: {
          columns: [
            key("id"),
            column("firstName"),
            column("lastName"),
            column("companyName"),
            column("country", "TEXT", { values: ["Germany", "France"] }),
            column("phone"),
            column("birthDate", "DATE"),
            column("createdOn", "DATE")
          ]
        },
        cars: {
          columns: [
            key("id"),
            key("branchId", "branches.id"),
            column("plate"),
            column("boughtOn", "DATE"),
            column("soldOn", "DATE"),
            column("salesChannel", "TEXT", { values: ["auction", "dealer"] })
          ]
        },
        workers: {
          columns: [key("id"), column("fullName"), texts("jobTitle", "clerk", "driver"), column("hourlyPay", "REAL")]
        },
        rentals: {
          columns: [
            key("id"),
            key("customerId", "customers.id"),
            key("carId", "cars.id"),
            column("rentedOn", "DATE"),
            column("dueBackOn", "DATE"),
            column("returnedOn", "DATE"),
            column("status", "TEXT", { values: ["open", "closed", "no_show"] })
          ]
        }
      }
    }
  }
)

describe("the name of somebody whose first and last name are kept", () => {
  it("is both, although something else has a column that is called name", () => {
    for (const question of ["names of customers from Germany", "the names of all customers from Germany"]) {
      assert.match(
        sqlOf(hire, question),
        /^SELECT customers\.firstName, customers\.lastName FROM customers WHERE customers\.country = 'Germany'/,
        question
      )
    }
    assert.match(
      sqlOf(hire, "names and phone numbers of customers from Germany"),
      /^SELECT customers\.firstName, customers\.lastName, customers\.phone FROM/
    )
    for (const question of ["open rentals with the name of the customer", "open rentals with customer name"]) {
      assert.match(
        sqlOf(hire, question),
        /, customers\.firstName, customers\.lastName FROM rentals LEFT JOIN customers .* WHERE rentals\.status = 'open'/,
        question
      )
    }
    assert.match(
      sqlOf(hire, "What is the name of the customer with the most rentals?"),
      /^SELECT customers\.firstName, customers\.lastName, COUNT\(\*\)/
    )
    assert.match(
      sqlOf(hire, "what is the name of the oldest customer"),
      /^SELECT customers\.firstName, customers\.lastName.*ORDER BY customers\.birthDate ASC/
    )
  })

  it("is the column of the name where there is one", () => {
    assert.match(sqlOf(hire, "names of the branches"), /^SELECT branches\.name FROM branches/)
  })
})

describe("when things were bought and sold", () => {
  it("is the date that is called so", () => {
    assert.match(
      sqlOf(hire, "How many cars did we sell last month?"),
      /^SELECT COUNT\(\*\).* WHERE cars\.soldOn >= '\d{4}-\d\d-01' AND cars\.soldOn < /
    )
    assert.match(
      sqlOf(hire, "cars bought in 2025"),
      /WHERE cars\.boughtOn >= '2025-01-01' AND cars\.boughtOn < '2026-01-01'/
    )
    assert.match(
      sqlOf(hire, "cars sold per sales channel in 2025"),
      /^SELECT cars\.salesChannel, COUNT\(\*\).* WHERE cars\.soldOn >= '2025-01-01'.*GROUP BY cars\.salesChannel/
    )
  })

  it("is not when those were kept who have them", () => {
    refused(hire, "customers of rentals in 2025")
  })
})

const bakery = asking(
  {},
  {
    schema: {
      tables: {
        Shop: { columns: [key("ShopId"), column("Name"), date("OpenedOn")] },
        Employee: {
          columns: [
            key("EmployeeId"),
            texts("FirstName", "Ada"),
            column("LastName"),
            texts("JobTitle", "baker", "driver"),
            key("HomeShopId", "Shop.ShopId"),
            key("MentorId", "Employee.EmployeeId"),
            column("HourlyPay", "REAL"),
            date("StartedOn"),
            date("LeftOn")
          ]
        },
        Delivery: {
          columns: [
            key("DeliveryId"),
            key("ShopId", "Shop.ShopId"),
            key("DriverId", "Employee.EmployeeId"),
            date("DeliveryDate"),
            column("DueTime", "TIME"),
            column("ArrivedTime", "TIME"),
            texts("Status", "planned", "delivered")
          ]
        },
        Contract: {
          columns: [
            key("ContractId"),
            key("ShopId", "Shop.ShopId"),
            date("StartDate"),
            date("EndDate"),
            column("Fee", "REAL")
          ]
        },
        Complaint: {
          columns: [key("ComplaintId"), key("ShopId", "Shop.ShopId"), date("ReceivedOn"), column("Subject")]
        },
        DailyTakings: {
          columns: [
            key("ShopId", "Shop.ShopId"),
            date("TakingsDate"),
            column("Amount", "REAL"),
            column("Customers", "INT")
          ]
        },
        Job: {
          columns: [
            key("JobId"),
            key("ShopId", "Shop.ShopId"),
            texts("JobKind", "repair", "cleaning"),
            texts("Status", "open", "done"),
            date("ReportedOn")
          ]
        }
      }
    }
  }
)

describe("who is still there", () => {
  const stays =
    /WHERE Employee\.JobTitle = 'baker' AND Employee\.StartedOn < '2026-11-23' AND \(\(Employee\.LeftOn IS NULL\) OR \(Employee\.LeftOn >= '2026-11-23'\)\)/

  it("has not left, and has begun", () => {
    for (const question of ["How many bakers do we employ at the moment?", "how many bakers do we employ"]) {
      assert.match(sqlOf(bakery, question), stays, question)
    }
    for (const question of ["current employees", "employees who are still with us"]) {
      assert.match(sqlOf(bakery, question), /Employee\.LeftOn IS NULL\) OR/, question)
    }
    assert.match(sqlOf(bakery, "former employees"), /Employee\.LeftOn < '2026-11-23'/)
  })

  it("is in force up to the last day", () => {
    assert.match(
      sqlOf(bakery, "shops without any running contract"),
      /NOT IN \(SELECT Contract\.ShopId FROM Contract WHERE Contract\.StartDate < '2026-11-23' AND \(\(Contract\.EndDate IS NULL\) OR \(Contract\.EndDate >= '2026-11-22'\)\)/
    )
  })

  it("is refused where a state, or nothing, says so", () => {
    refused(bakery, "current deliveries", "current complaints", "Which shops do drivers work at at the moment?")
  })
})

describe("what was late", () => {
  it("came behind the time that it was due", () => {
    assert.match(
      sqlOf(bakery, "How many deliveries arrived late for each driver?"),
      /WHERE \(Delivery\.ArrivedTime > Delivery\.DueTime\) GROUP BY/
    )
    assert.match(sqlOf(hire, "which rentals were returned late"), /WHERE \(rentals\.returnedOn > rentals\.dueBackOn\)/)
  })

  it("is refused where nothing was due, or what is not back yet may be meant", () => {
    refused(bakery, "complaints that were resolved late", "late deliveries", "contracts that ended late")
  })
})

describe("a time up to now, and one to come", () => {
  it("ends today", () => {
    assert.match(sqlOf(bakery, "How many complaints were there so far?"), /ReceivedOn < '2026-11-23'/)
    assert.match(
      sqlOf(bakery, "complaints this year so far"),
      /ReceivedOn >= '2026-01-01' AND Complaint\.ReceivedOn < '2026-11-23'/
    )
  })

  it("begins today, or ends with the year", () => {
    assert.match(
      sqlOf(bakery, "contracts that end in the next 3 months"),
      /EndDate >= '2026-11-22' AND Contract\.EndDate < '2027-02-23'/
    )
    assert.match(sqlOf(bakery, "contracts that end before the end of the year"), /EndDate < '2027-01-01'/)
    assert.match(
      sqlOf(hire, "rentals due in December"),
      /dueBackOn >= '2026-12-01' AND rentals\.dueBackOn < '2027-01-01'/
    )
  })
})

describe("what was never done", () => {
  it("is told by the rows that would record it", () => {
    for (const question of ["Shops nobody has ever complained about", "shops that never got a complaint from us"]) {
      assert.match(sqlOf(bakery, question), /^SELECT Shop\.Name .*NOT IN \(SELECT Complaint\.ShopId/, question)
    }
    for (const question of ["cars that nobody has ever rented", "cars that have never been rented out"]) {
      assert.match(sqlOf(hire, question), /NOT IN \(SELECT rentals\.carId/, question)
    }
  })

  it("is refused where the verb says more than that there was one", () => {
    refused(bakery, "shops that never lost a contract", "employees who never missed a delivery")
  })
})

describe("money by its name", () => {
  it("is added up, and not counted", () => {
    assert.match(sqlOf(bakery, "takings per shop in 2025"), /^SELECT Shop\.Name, SUM\(DailyTakings\.Amount\)/)
    assert.match(sqlOf(bakery, "which shop had the highest takings in 2025"), /SUM\(DailyTakings\.Amount\).* LIMIT 1$/)
    assert.match(sqlOf(bakery, "top 3 shops by takings"), /SUM\(DailyTakings\.Amount\).* LIMIT 3$/)
    assert.match(sqlOf(bakery, "income from contracts per shop"), /^SELECT Shop\.Name, SUM\(Contract\.Fee\)/)
  })

  it("is refused of what has none, or may not have taken place", () => {
    refused(bakery, "delivery income per shop", "income from complaints")
  })
})

describe("other words", () => {
  it("are read for the same things", () => {
    assert.match(sqlOf(bakery, "how many staff are there"), /^SELECT COUNT\(\*\) .* FROM Employee/)
    assert.match(sqlOf(hire, "average hourly pay by job"), /^SELECT workers\.jobTitle, AVG\(workers\.hourlyPay\)/)
    assert.match(sqlOf(bakery, "number of jobs by type of job"), /^SELECT Job\.JobKind, COUNT\(\*\)/)
    assert.match(sqlOf(bakery, "Who is mentored by Ada?"), /Employee\.MentorId IN \(SELECT Employee\.EmployeeId/)
  })

  it("ask for more in a sentence of its own", () => {
    assert.match(
      sqlOf(bakery, "Which planned deliveries have no driver yet? I need the shop and the date"),
      /^SELECT Shop\.Name, Delivery\.DeliveryDate FROM Delivery LEFT JOIN Shop .*Delivery\.DriverId IS NULL/
    )
  })

  it("are refused where they leave open of whom, or of what", () => {
    refused(
      bakery,
      "planned deliveries with names",
      "What percentage of deliveries was planned to employees?",
      "how many jobs of each kind did bakers do"
    )
  })
})

describe("what is to come, and how many there are of each", () => {
  it("is the first one from today on", () => {
    assert.match(
      sqlOf(bakery, "When is the next delivery?"),
      /DeliveryDate >= '2026-11-22'.* ORDER BY Delivery\.DeliveryDate ASC(?:, Delivery\.DeliveryId)? LIMIT 1$/
    )
    assert.match(
      sqlOf(bakery, "When are the upcoming deliveries?"),
      /^SELECT Delivery\.DeliveryDate FROM Delivery WHERE/
    )
    refused(bakery, "the next complaint", "the next delivery and where")
  })

  it("is shown beside those who have so many", () => {
    assert.match(
      sqlOf(hire, "customers with more than 4 rentals, and how many they had"),
      /COUNT\(\*\) AS number_of_rentals FROM rentals .* HAVING COUNT\(\*\) > 4/
    )
  })

  it("is told of two times of which more is asked", () => {
    assert.match(
      sqlOf(hire, "Did we sell more cars in 2025 or in 2026? show both numbers"),
      /THEN '2025' WHEN .* THEN '2026' END AS compared, COUNT\(\*\)/
    )
  })
})

const gym = asking(
  {},
  {
    schema: {
      tables: {
        clubs: { columns: [key("club_id"), column("club_name"), column("town")] },
        trainers: {
          columns: [
            key("trainer_id"),
            texts("first_name", "Ada"),
            column("last_name"),
            column("phone"),
            key("club_id", "clubs.club_id"),
            date("started_on"),
            date("left_on")
          ]
        },
        members: {
          columns: [
            key("member_id"),
            column("first_name"),
            column("last_name"),
            column("phone"),
            key("club_id", "clubs.club_id"),
            key("trainer_id", "trainers.trainer_id"),
            date("joined_on")
          ]
        },
        sessions: {
          columns: [
            key("session_id"),
            key("trainer_id", "trainers.trainer_id"),
            key("member_id", "members.member_id"),
            date("held_on"),
            texts("status", "planned", "held", "cancelled", "no-show")
          ]
        },
        articles: {
          columns: [
            key("article_id"),
            texts("article_name", "Towel"),
            column("price", "REAL"),
            column("cost_price", "REAL"),
            texts("kind", "wear", "food")
          ]
        },
        repairs: {
          columns: [
            key("repair_id"),
            key("club_id", "clubs.club_id"),
            date("promised_on"),
            date("done_on"),
            column("labour_rate", "REAL"),
            texts("state", "open", "done", "cancelled", "rejected")
          ]
        },
        invoices: {
          columns: [
            key("invoice_id"),
            key("member_id", "members.member_id"),
            column("amount", "REAL"),
            date("issued_on"),
            date("due_on"),
            date("paid_on")
          ]
        }
      }
    }
  }
)

describe("whose name, and whose phone", () => {
  it("is shown beside, also of two, and of whom it is said", () => {
    for (const question of [
      "members with the trainer",
      "members with their trainer",
      "members with the name of the trainer"
    ]) {
      assert.match(
        sqlOf(gym, question),
        /^SELECT members\.first_name, members\.last_name, trainers\.first_name AS first_name_2, trainers\.last_name/,
        question
      )
    }
    assert.match(
      sqlOf(gym, "members with the name of the trainer and the club"),
      /trainers\.last_name AS .*, clubs\.club_name FROM/
    )
    assert.match(sqlOf(gym, "members with the trainer's phone"), /, trainers\.phone FROM members/)
    assert.match(sqlOf(gym, "members with the name of the club"), /, clubs\.club_name FROM members/)
  })

  it("is refused where nobody, or another, has one", () => {
    refused(gym, "name and club of the trainers", "members with the town of the trainer", "sessions with names")
  })
})

describe("dates of what is not done, or not yet", () => {
  it("are of the verb, and are not cut where they lie ahead", () => {
    assert.match(
      sqlOf(gym, "invoices paid late last month"),
      /paid_on > invoices\.due_on\) AND invoices\.paid_on >= '2026-10-01' AND invoices\.paid_on < '2026-11-01'/
    )
    assert.match(
      sqlOf(gym, "repairs promised in the next 3 months"),
      /promised_on >= '2026-11-22' AND repairs\.promised_on < '2027-02-23'/
    )
    assert.match(
      sqlOf(gym, "invoices due before the end of the year"),
      /due_on >= '2026-11-22' AND invoices\.due_on < '2027-01-01'/
    )
  })

  it("are none where the year is open, or it was never done", () => {
    refused(gym, "repairs promised in December", "repairs not done yet", "repairs not rejected yet")
  })

  it("are not those of a person, nor true of what was cancelled", () => {
    refused(
      gym,
      "which trainers taught in 2025",
      "how many members did Ada train in 2025",
      "how many trainers did we have in 2025"
    )
    assert.include(sqlOf(gym, "which trainer gave the most sessions"), "sessions.status = 'held'")
  })
})

describe("what something costs", () => {
  it("is the price, and of what is bought neither", () => {
    assert.match(sqlOf(gym, "how much is the Towel"), /^SELECT articles\.article_name, articles\.price FROM/)
    refused(gym, "how much do we pay for a Towel", "what did Ada pay", "most expensive repair", "articles sold")
  })

  it("is of its own kind", () => {
    refused(
      gym,
      "sessions by kind",
      "Whose invoice was paid in 2025?",
      "What percentage of sessions was held by members?",
      "sessions booked by members"
    )
  })
})
