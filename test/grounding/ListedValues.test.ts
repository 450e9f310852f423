import { assert, it } from "@effect/vitest"
import { listedValues } from "../../src/grounding/ListedValues.ts"

const lists = (description: string, expected: ReadonlyArray<string>, column = "x") =>
  assert.deepStrictEqual(listedValues(description, column), expected, description)

it("reads what is announced as values, up to the end of the list", () => {
  // defog-ai/defog-data
  lists("possible values: active, inactive, suspended, closed", ["active", "inactive", "suspended", "closed"])
  lists("One of: a, b or c. Defaults to a when unset", ["a", "b", "c"])
  lists("State. Allowed values are 'in work', 'done'.", ["in work", "done"])
  lists("Status (one of: open, closed), set by hand", ["open", "closed"])
  lists("Possible values: Berlin, St. Gallen, New York", ["Berlin", "St. Gallen", "New York"])
  lists("Values: A = active, C = closed", ["A", "C"])
})

it("reads examples, quoted values and values between bars", () => {
  lists("Type of engine (e.g., V6, V8, Electric)", ["V6", "V8", "Electric"])
  lists("Either 'buy', 'sell' or 'hold'", ["buy", "sell", "hold"])
  lists("Status: draft | published | archived", ["draft", "published", "archived"])
})

it("reads a list in brackets where the column sorts things into kinds", () => {
  // rajvermacas/talk-2-tables resources/metadata.json
  lists("Order status (pending, shipped, delivered, cancelled)", ["pending", "shipped", "delivered", "cancelled"])
  lists("Category (T-Shirts, Hoodies, Accessories)", ["T-Shirts", "Hoodies", "Accessories"])
  lists("How it was paid (cash, card)", ["cash", "card"], "paymentMethod")
})

it("reads a description that is nothing but a list", () => {
  lists("open, closed or planned", ["open", "closed", "planned"], "status")
  lists("planned / active / on_hold", ["planned", "active", "on_hold"], "projectStatus")
  lists("new, in_review, done or wont_fix. The last two are final.", ["new", "in_review", "done", "wont_fix"], "status")
  lists("Discount card: student, senior or family; empty if none", ["student", "senior", "family"])
  lists("Hardcover, Paperback or E-book", ["Hardcover", "Paperback", "E-book"])
  lists("pass or fail, empty until taken", ["pass", "fail"], "result")
  lists("left or right", ["left", "right"])
})

it("takes no remark of two halves for a list", () => {
  for (const description of [
    "EUR, net",
    "Fare paid, EUR",
    "Hire per night, GBP",
    "Labour and parts, in pounds",
    "Stars, 1 to 5",
    "Date sold or died",
    "Email address, if known",
    "country, e.g. England",
    "PG point guard, SG shooting guard, C center",
    "insurer; empty if self-pay"
  ]) {
    lists(description, [])
  }
  lists("Room type, as sold", [], "type")
})

it("takes no other brackets and sentences for values", () => {
  for (const description of [
    "Price (in USD)",
    "Price (USD, net)",
    "Reference (foreign key to customers)",
    "Order type (foreign key to types, not null)",
    "Address (street, city, country)",
    "Position (latitude, longitude)",
    "Order status (see orders, items)",
    "One of the customers, who bought something",
    "Sum of all values in EUR",
    "The customer's and the seller's number",
    "Order status",
    ""
  ]) {
    lists(description, [])
  }
})

it("reads a description of nothing but blanks and separators in time", () => {
  for (const text of ["values ", "one of a, ", "a | ", "(", "'a', "]) {
    const start = process.cpuUsage()
    for (let times = 0; times < 100; times++) listedValues(text.repeat(300), "status")
    assert.isBelow(process.cpuUsage(start).user / 1000, 2000, text)
  }
})
