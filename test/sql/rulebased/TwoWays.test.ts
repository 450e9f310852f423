/** Questions over schemas in which two ways, two dates, two units or two names lead to different rows. */
import { assert, describe, it } from "@effect/vitest"
import { asking, column, date, key, refused, sqlOf, texts } from "./Asking.ts"

const hospital = asking(
  {},
  {
    schema: {
      tables: {
        wards: { columns: [key("ward_id"), texts("ward_name", "Surgery")] },
        doctors: { columns: [key("doctor_id"), column("doctor_name"), key("ward_id", "wards.ward_id")] },
        patients: {
          columns: [
            key("patient_id"),
            column("first_name"),
            column("last_name"),
            date("birth_date"),
            key("gp_id", "doctors.doctor_id")
          ]
        },
        admissions: {
          columns: [
            key("admission_id"),
            key("patient_id", "patients.patient_id"),
            key("ward_id", "wards.ward_id"),
            date("admitted_on")
          ]
        },
        bills: {
          columns: [
            key("bill_id"),
            key("admission_id", "admissions.admission_id"),
            column("amount_cents", "INTEGER"),
            date("issued_on")
          ]
        },
        appointments: { columns: [key("appointment_id"), key("patient_id", "patients.patient_id"), date("day_date")] }
      }
    }
  }
)

const school = asking(
  {},
  {
    schema: {
      tables: {
        department: { columns: [key("id"), texts("name", "Physics")] },
        teacher: {
          columns: [
            key("id"),
            texts("full_name", "Ada Stone"),
            key("department_id", "department.id"),
            key("mentor_id", "teacher.id")
          ]
        },
        student: {
          columns: [
            key("id"),
            column("full_name"),
            key("major_id", "department.id"),
            key("advisor_id", "teacher.id"),
            column("lives_on_campus"),
            column("year", "INTEGER")
          ]
        },
        course: { columns: [key("id"), column("title"), key("department_id", "department.id")] },
        section: {
          columns: [
            key("id"),
            key("course_id", "course.id"),
            key("teacher_id", "teacher.id"),
            column("start_time", "VARCHAR(5)", { values: ["08:00", "10:15"] })
          ]
        },
        enrolment: {
          columns: [
            key("id"),
            key("student_id", "student.id"),
            key("section_id", "section.id"),
            date("enrolled_on"),
            column("grade", "REAL", { description: "1 is best, 5 is failed" })
          ]
        },
        exam: { columns: [key("id"), key("section_id", "section.id"), date("held_on")] },
        room: { columns: [key("id"), column("code"), column("has_projector", "INTEGER")] }
      }
    }
  }
)

const tracker = asking(
  {},
  {
    schema: {
      tables: {
        teams: { columns: [key("id"), texts("name", "Support", "Mobile")] },
        users: {
          columns: [
            key("id"),
            column("name"),
            key("team_id", "teams.id"),
            texts("role", "support", "developer"),
            column("created_at", "TIMESTAMP"),
            column("last_login_at", "TIMESTAMP")
          ]
        },
        priorities: { columns: [key("id"), column("name"), column("response_hours", "INTEGER")] },
        releases: { columns: [key("id"), column("version"), date("released_on")] },
        issues: {
          columns: [
            key("id"),
            column("title"),
            key("priority_id", "priorities.id"),
            key("release_id", "releases.id"),
            column("created_at", "TIMESTAMP")
          ]
        },
        comments: {
          columns: [
            key("id"),
            key("issue_id", "issues.id"),
            key("user_id", "users.id"),
            column("body"),
            column("created_at", "TIMESTAMP")
          ]
        },
        watchers: { columns: [key("id"), key("issue_id", "issues.id"), key("user_id", "users.id")] },
        labels: { columns: [key("id"), texts("name", "backend", "urgent")] },
        issue_labels: { columns: [key("issue_id", "issues.id"), key("label_id", "labels.id")] },
        worklogs: {
          columns: [
            key("id"),
            key("issue_id", "issues.id"),
            column("minutes", "INTEGER"),
            column("billable", "tinyint(1)"),
            date("worked_on")
          ]
        }
      }
    }
  }
)

describe("two ways between two tables", () => {
  it("are no answer, whichever is shorter", () => {
    refused(
      hospital,
      "patients in Surgery",
      "patients per ward",
      "wards without patients",
      "Which ward has the most patients?"
    )
    refused(school, "average grade by department", "departments without enrolments")
    assert.match(sqlOf(hospital, "admissions per ward"), /JOIN wards ON wards\.ward_id = admissions\.ward_id/)
  })

  it("are one where a key is called like its table, and the other is a role", () => {
    assert.match(sqlOf(school, "average grade per teacher"), /JOIN teacher ON teacher\.id = section\.teacher_id/)
  })

  it("are told apart by the noun that a value stands before", () => {
    refused(school, "students in Physics courses", "average grade in Physics courses")
    assert.match(sqlOf(school, "students in Physics"), /student\.major_id/)
    assert.match(sqlOf(school, "Physics courses"), /course\.department_id/)
  })
})

describe("a time", () => {
  it("is that of the rows themselves, although it only says when they were recorded", () => {
    assert.match(sqlOf(tracker, "comments this month"), /WHERE comments\.created_at >=/)
    assert.match(sqlOf(tracker, "comments per month"), /comments\.created_at/)
    assert.match(sqlOf(school, "enrolments last month"), /WHERE enrolment\.enrolled_on >=/)
    refused(tracker, "watchers this month", "users this month")
  })

  it("of day is no date", () => {
    refused(school, "sections last month")
  })

  it("without a year is of any year, or may be still to come", () => {
    refused(hospital, "patients born in March", "patients with an appointment in December")
    refused(school, "exams in December")
    assert.match(sqlOf(hospital, "bills in March"), /issued_on >= '2026-03-01'/)
    assert.match(sqlOf(hospital, "patients born in March 1990"), /birth_date >= '1990-03-01'/)
  })
})

describe("an amount", () => {
  it("of cents is converted where a currency is said, and open otherwise", () => {
    assert.match(sqlOf(hospital, "bills over 100 pounds"), /amount_cents > 10000/)
    assert.match(sqlOf(hospital, "bills over 500 cents"), /amount_cents > 500/)
    refused(hospital, "bills over 100")
  })

  it("is of what the rows keep in its unit, and of nobody else's", () => {
    assert.match(sqlOf(tracker, "worklogs over 4 hours"), /worklogs\.minutes > 240/)
    refused(tracker, "issues over 10 hours")
  })

  it("behind a column or as a version is no limit and no key", () => {
    assert.match(sqlOf(school, "year 3 students"), /student\."year" = 3 LIMIT 1001/)
    refused(tracker, "issues in release 2.0", "version 2.0 issues")
    assert.match(sqlOf(tracker, "issue 12"), /issues\.id = 12/)
  })
})

describe("a name", () => {
  it("may be that of a state or of what it belongs to", () => {
    refused(tracker, "users in Support")
    assert.match(sqlOf(tracker, "users in Mobile"), /teams\.name = 'Mobile'/)
  })

  it("joined to another by and may ask for both at once", () => {
    refused(tracker, "issues with labels backend and urgent")
    assert.match(sqlOf(tracker, "issues with labels backend or urgent"), /IN \('backend', 'urgent'\)/)
  })

  it("of a deed says nothing of what is only a part of it", () => {
    refused(tracker, "released issues", "released versions")
  })

  it("of a role that is a verb asks for the one above", () => {
    assert.match(sqlOf(school, "Who mentors Ada Stone?"), /teacher\.id IN \(SELECT teacher\.mentor_id/)
    assert.match(sqlOf(school, "mentor of Ada Stone"), /teacher\.id IN \(SELECT teacher\.mentor_id/)
  })

  it("of a label is no adjective", () => {
    refused(school, "full sections")
  })
})

it("the best is the highest or the lowest, where places are counted from 1", () => {
  refused(school, "best grade", "worst grade per course", "top 3 courses by average grade")
  refused(school, "highest grade", "enrolment with the highest grade")
  assert.match(sqlOf(school, "average grade"), /AVG\(enrolment\.grade\)/)
})

it("yes and no are not counted, and are told by their name", () => {
  refused(school, "How many projectors are there?", "students who live on campus", "How many students live on campus?")
  assert.match(sqlOf(school, "rooms with a projector"), /has_projector = 1/)
  assert.match(sqlOf(tracker, "billable worklogs"), /worklogs\.billable = 1/)
  refused(tracker, "billable minutes")
})

const airline = asking(
  {},
  {
    schema: {
      tables: {
        airports: { columns: [key("id"), texts("city", "Paris")] },
        crew_members: { columns: [key("id"), column("name"), key("base_airport_id", "airports.id")] },
        flights: {
          columns: [
            key("id"),
            key("departure_airport_id", "airports.id"),
            key("arrival_airport_id", "airports.id"),
            key("captain_id", "crew_members.id"),
            key("aircraft_id", "aircraft.id"),
            column("delay_minutes", "INTEGER")
          ]
        },
        flight_crew: { columns: [key("flight_id", "flights.id"), key("crew_member_id", "crew_members.id")] },
        bookings: {
          columns: [
            key("id"),
            key("flight_id", "flights.id"),
            column("fare", "REAL"),
            texts("status", "cancelled", "confirmed"),
            date("booked_on")
          ]
        },
        aircraft: { columns: [key("id"), column("name"), texts("status", "retired")] },
        maintenance: { columns: [key("id"), key("aircraft_id", "aircraft.id"), date("done_on")] }
      }
    }
  }
)

const bank = asking(
  {},
  {
    schema: {
      tables: {
        officers: {
          columns: [
            key("officer_id"),
            texts("name", "Ida Frank"),
            texts("position", "adviser", "clerk"),
            date("hired_on")
          ]
        },
        customers: {
          columns: [
            key("customer_id"),
            texts("full_name", "Anton Huber"),
            key("adviser_id", "officers.officer_id"),
            texts("country", "AT"),
            column("income", "REAL"),
            column("wealth_value", "REAL"),
            date("birth_date")
          ]
        },
        products: {
          columns: [key("product_id"), column("product_name"), texts("kind", "deposit"), column("fee", "REAL")]
        },
        accounts: {
          columns: [
            key("account_id"),
            key("customer_id", "customers.customer_id"),
            key("product_id", "products.product_id"),
            texts("status", "open", "frozen")
          ]
        },
        loans: {
          columns: [
            key("loan_id"),
            key("customer_id", "customers.customer_id"),
            texts("status", "repaid", "active"),
            date("granted_on")
          ]
        },
        complaints: {
          columns: [
            key("complaint_id"),
            column("severity", "INTEGER", { description: "1 is the most severe" }),
            date("settled_on")
          ]
        },
        stock: { columns: [key("product_id", "products.product_id"), column("quantity", "INTEGER")] },
        teams: { columns: [key("team_id"), texts("team_name", "Northam FC")] },
        players: {
          columns: [
            key("player_id"),
            column("player_name"),
            key("team_id", "teams.team_id"),
            date("birth_date"),
            column("market_value", "REAL")
          ]
        },
        transfers: {
          columns: [
            key("transfer_id"),
            key("player_id", "players.player_id"),
            key("from_team_id", "teams.team_id"),
            key("to_team_id", "teams.team_id"),
            date("transferred_on")
          ]
        }
      }
    }
  }
)

describe("two keys to one table", () => {
  it("leave open which is meant, and no third way leads around them", () => {
    refused(airline, "average fare to Paris", "average fare per airport", "flights in Paris")
    assert.match(sqlOf(airline, "flights to Paris"), /arrival_airport_id IN \(SELECT airports\.id .*'Paris'/)
    assert.match(sqlOf(airline, "flights from Paris"), /departure_airport_id IN \(SELECT airports\.id .*'Paris'/)
    refused(bank, "players transferred to Northam FC", "transfers of Northam FC")
    assert.match(sqlOf(bank, "transfers to Northam FC"), /to_team_id IN/)
    assert.match(sqlOf(bank, "players of Northam FC"), /JOIN teams ON teams\.team_id = players\.team_id/)
  })

  it("or one beside a table that does nothing but join both", () => {
    refused(airline, "crew members without flights", "crew members with flights", "flights per crew member")
  })
})

describe("a group of whom a key names in a role", () => {
  it("says which of several keys is meant", () => {
    assert.match(
      sqlOf(airline, "flights per captain"),
      /JOIN crew_members ON crew_members\.id = flights\.captain_id GROUP BY/
    )
    assert.match(sqlOf(bank, "customers by adviser"), /officers\.officer_id = customers\.adviser_id GROUP BY/)
    assert.match(sqlOf(airline, "Which captain has the most flights?"), /flights\.captain_id GROUP BY .*LIMIT 1$/)
    refused(airline, "list all captains")
  })

  it("is asked what they do", () => {
    assert.match(sqlOf(bank, "How many customers does Ida Frank advise?"), /customers\.adviser_id IN/)
    refused(bank, "How many customers does Ida Frank like?")
  })

  it("has the most of those that are described", () => {
    assert.match(
      sqlOf(bank, "Which customer has the most frozen accounts?"),
      /WHERE accounts\.status = 'frozen' GROUP BY customers.*LIMIT 1$/
    )
  })
})

describe("a state", () => {
  it("is none of a column that is called like the table it was found in", () => {
    refused(airline, "aircraft in maintenance")
    refused(bank, "products in stock", "stock per product", "product with the most stock")
  })

  it("with a time needs a date that is no other's", () => {
    refused(bank, "loans repaid in 2025")
    assert.match(sqlOf(bank, "loans granted in 2025"), /granted_on >= '2025-01-01'/)
    assert.match(sqlOf(airline, "bookings cancelled in 2026"), /booked_on >= '2026-01-01'/)
  })

  it("is not what was done by somebody", () => {
    refused(bank, "accounts opened by Anton Huber")
    assert.match(sqlOf(bank, "open accounts of Anton Huber"), /status = 'open'/)
  })

  it("that somebody is in is not the one whom others have", () => {
    refused(bank, "customers with their adviser", "customers with adviser")
    assert.match(sqlOf(bank, "customers whose adviser is Ida Frank"), /customers\.adviser_id IN/)
    assert.match(sqlOf(bank, "all advisers"), /position = 'adviser'/)
    assert.match(sqlOf(bank, "customers without an adviser"), /customers\.adviser_id IS NULL/)
    assert.match(sqlOf(bank, "customers with an adviser"), /customers\.adviser_id IS NOT NULL/)
    assert.match(sqlOf(bank, "adviser of customer 7"), /customers\.adviser_id FROM customers .*customer_id = 7/)
  })
})

describe("a number", () => {
  it("of people may be their age, and of a kind is none of one of that kind", () => {
    refused(bank, "players under 21", "biggest deposit")
    assert.match(sqlOf(bank, "players over 1000 euros"), /market_value > 1000/)
  })

  it("in minutes is no delay of so many", () => {
    refused(airline, "flights over 60 minutes")
    assert.match(sqlOf(airline, "flights with a delay over 60 minutes"), /delay_minutes > 60/)
  })

  it("may be counted from the best", () => {
    refused(bank, "complaint with the highest severity")
  })

  it("per group is of what belongs to the group", () => {
    refused(bank, "officers per country", "products per product")
    assert.match(sqlOf(bank, "customers per country"), /GROUP BY customers\.country/)
    assert.match(sqlOf(bank, "complaints settled per month"), /settled_on IS NOT NULL GROUP BY/)
  })
})
