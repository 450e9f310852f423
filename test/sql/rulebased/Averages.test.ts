/** What is more or less than an average: of all rows, or of those that share something. */
import { assert, describe, it } from "@effect/vitest"
import { asking, column, key, refused, sqlOf, texts } from "./Asking.ts"

const firm = asking(
  {},
  {
    schema: {
      tables: {
        departments: { columns: [key("id"), column("name")] },
        employees: {
          columns: [
            key("id"),
            column("full_name"),
            key("department_id", "departments.id"),
            column("job"),
            column("salary", "REAL"),
            texts("contract", "permanent", "temporary")
          ]
        }
      }
    }
  }
)

describe("an average that something is compared with", () => {
  it("is that of all", () => {
    for (const question of [
      "employees with a salary above average",
      "employees with a higher salary than the average"
    ]) {
      assert.include(
        sqlOf(firm, question),
        "WHERE employees.salary > (SELECT AVG(employees.salary) FROM employees)",
        question
      )
    }
  })

  it("is that of those who share what is said behind it", () => {
    const peers = (column: string) =>
      `WHERE employees.salary > (SELECT AVG(peers.salary) FROM employees AS peers WHERE peers.${column} = employees.${column})`
    for (const question of [
      "Which employees earn more than the average of their department?",
      "employees with a bigger salary than the average in their own department"
    ]) {
      assert.include(sqlOf(firm, question), peers("department_id"), question)
    }
    assert.include(sqlOf(firm, "employees with a salary above the average for their job"), peers("job"))
    assert.match(
      sqlOf(firm, "employees with a lower salary than the average of their job"),
      /employees\.salary < \(SELECT AVG/
    )
  })

  it("is refused where it may be of some of them", () => {
    refused(
      firm,
      "permanent employees with a salary above the average of their job",
      "employees with a salary above the average of temporary employees",
      "employees with a salary above the average of their job by department"
    )
  })
})
