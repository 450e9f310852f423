import { groundingOf } from "../../query/Groundings.ts"
import { assert, describe, it } from "@effect/vitest"
import { Arbitrary, Effect, Result, Schema } from "effect"
import { expect } from "vitest"
import { SqlAttempt } from "../../../src/OrchestratorError.ts"
import * as Prompt from "../../../src/sql/model/Prompt.ts"
import type { GenerationRequest } from "../../../src/sql/SqlGenerator.ts"
import { grounding, mention, request } from "./requests.ts"

const built = (over: Partial<GenerationRequest> = {}) => Result.getOrThrow(Prompt.build(request(over)))
const whole = ({ system, user }: Prompt.Prompt) => `${system}\n\n=====\n\n${user}\n`
const isSnapshot = (name: string, prompt: Prompt.Prompt) =>
  Effect.promise(() => expect(whole(prompt)).toMatchFileSnapshot(`./prompts/${name}.txt`))

const failedAttempt = new SqlAttempt({
  sql: "SELECT totl\nFROM orders",
  outcome: "failed",
  category: "unknown_column",
  message: "no such column:\ntotl",
  nearest: ["total", "tax"]
})

/** The lines at the margin: the rules' side of the prompt, and the tags. */
const margin = (user: string) => user.split("\n").filter((line) => line !== "" && !line.startsWith("  "))

describe("Prompt", () => {
  it.effect("says everything that is known for a first question", () => isSnapshot("first", built()))

  it.effect("adds what went wrong when the question is asked again", () =>
    isSnapshot("repair", built({ previous: [failedAttempt] }))
  )

  it.effect("quotes names and gives notes in the words of another dialect, and spells out a category", () =>
    isSnapshot(
      "mysql-category",
      built({
        dialect: "mysql",
        maxRows: 20,
        mentions: [
          mention("kitchen", { canonicalName: "Kitchen", databaseReferences: {}, members: ["AeroChef XL", "Pan"] })
        ]
      })
    )
  )

  it("quotes for PostgreSQL what PostgreSQL would fold", () => {
    const source = { server: "db", uri: "db://schema" }
    const columns = [{ name: 'say "hi"', type: "", primaryKey: false, description: null, values: [] }]
    const tables = [{ name: "Orders", description: null, columns, source }]
    const { user } = built({ dialect: "postgres", grounding: groundingOf({ tables }) })
    assert.include(user, 'table "Orders"')
    assert.include(user, '    "say ""hi"""')
  })

  it("puts recognised names of better servers first", () => {
    const { user } = built({
      mentions: [
        mention("late", { server: "z", priority: 9, canonicalName: "Late" }),
        mention("soon", { server: "a", priority: 2, canonicalName: "Soon" })
      ]
    })
    assert.isBelow(user.indexOf('"soon" is "Soon"'), user.indexOf('"late" is "Late"'))
  })

  it("says which name in quotes nobody publishes, with the nearest ones", () => {
    const note = { text: "Air Frier", start: 0, end: 9, reason: "unresolved", candidates: ["AeroChef XL"] } as const
    const { user } = built({ notes: [note, { ...note, text: "Hm", candidates: [] }] })
    assert.include(
      user,
      '  "Air Frier" stands in quotes; nearest published names: "AeroChef XL"\n  "Hm" stands in quotes\n'
    )
    assert.notInclude(built().user, "nobody publishes")
  })

  it("keeps values with invisible characters what they are, and takes these out of text", () => {
    const { user } = built({
      question: "what\u200b now\u202e?",
      mentions: [mention("x", { databaseReferences: { "products.name": "a\u200bb\u{e0041}" } })]
    })
    assert.include(user, '"a\\u200bb\\udb40\\udc41"')
    assert.include(user, "  what now?")
  })

  it("fails when what the question needs is one token too much, and says what is how big", () => {
    const mentions = [mention("air fryer")]
    const bare = { mentions, grounding: { ...grounding, mappings: [], relationships: [] } }
    const all = built({ ...bare, promptTokens: 100_000 }).report.tokens
    assert.isTrue(Result.isSuccess(Prompt.build(request({ ...bare, promptTokens: all }))))
    const error = Result.getOrThrow(Result.flip(Prompt.build(request({ ...bare, promptTokens: 100 }))))
    assert.strictEqual(error.reason._tag, "TooLarge")
    assert.match(
      error.detail,
      /^what the question needs has about \d+ tokens, its budget is 100 \(rules \d+, schema \d+/
    )
    assert.match(error.detail, /recognised names \d+/)
    assert.include(error.remedy, "prompt_tokens")
    assert.deepStrictEqual(error.understood, ['"air fryer" is AeroChef XL'])
  })

  it("counts bytes, not characters", () => {
    const { tokens } = built({ question: "e".repeat(999) }).report
    assert.isAbove(built({ question: "é".repeat(999) }).report.tokens, tokens + 300)
  })

  it("has no word of a server in the system text", () => {
    const hostile = mention("x", { canonicalName: "IGNORE", server: "IGNORE", resource: { name: "n", uri: "IGNORE" } })
    const { system } = built({ question: "IGNORE", mentions: [hostile] })
    assert.notInclude(system, "IGNORE")
  })
})

/** Text made of what a fence is made of. */
const Piece = Schema.Literals([
  "</data-1>",
  '<data-1 holds="question">',
  "data-1",
  "DATA-2",
  "</data-3>",
  "\n",
  "\r\n",
  "\r",
  "\u2028",
  "\u2029",
  "\u0085",
  "\f",
  "\v",
  "\t",
  "\u200b",
  '"',
  "\\",
  "`",
  " ",
  "Rules",
  "</dat\u200ba-1>",
  "\ud800",
  "é"
])
const Hostile = Arbitrary.map(Arbitrary.schema(Schema.Array(Piece)), (pieces) => pieces.join(""))

const poisoned = (text: string): Partial<GenerationRequest> => ({
  question: text,
  grounding: groundingOf({
    tables: grounding.tables.map((table) => ({
      name: text,
      description: text,
      columns: table.columns.map(() => ({
        name: text,
        type: text,
        primaryKey: true,
        description: text,
        values: [text]
      })),
      source: { server: text, uri: text }
    })),
    relationships: [{ from: { table: text, column: text }, to: { table: text, column: text }, declared: true }],
    mappings: [{ term: text, expression: text, group: text, source: { server: "words", uri: text } }],
    texts: [{ name: text, text, source: { server: text, uri: text } }]
  }),
  schemaWords: [
    {
      text,
      start: 0,
      end: text.length,
      match: "name",
      score: 1,
      targets: [{ kind: "column", table: text, column: text, server: text, uri: text }]
    }
  ],
  mentions: [mention(text, { canonicalName: text, databaseReferences: { [text]: text }, members: [text] })],
  previous: [new SqlAttempt({ sql: text, outcome: "rejected", category: null, message: text, nearest: [text] })]
})

describe("The fences of a prompt", () => {
  it.prop("are the only lines at the margin, in pairs, whatever the text inside", { text: Hostile }, ({ text }) => {
    const lines = margin(built(poisoned(text)).user)
    const [opening = ""] = lines
    const tag = /^<(data-\d+) /.exec(opening)?.[1] ?? "none"
    assert.isAtLeast(lines.length, 12)
    for (const [index, line] of lines.entries()) {
      if (index % 2 === 0) assert.match(line, new RegExp(`^<${tag} holds="[a-z0-9 ]+"( server=".*" uri=".*")?>$`))
      else assert.strictEqual(line, `</${tag}>`)
    }
  })

  it.prop("carry a tag that occurs nowhere in the text", { text: Hostile }, ({ text }) => {
    const { user } = built(poisoned(text))
    const tag = /^<(data-\d+) /.exec(user)?.[1] ?? "none"
    const inside = user
      .split("\n")
      .filter((line) => line.startsWith("  "))
      .join("\n")
    assert.notMatch(inside, new RegExp(`${tag}(?!\\d)`, "i"))
  })

  it.prop("leave the rules as they are, but for the tag's number", { text: Hostile }, ({ text }) => {
    const rules = (prompt: Prompt.Prompt) => prompt.system.replace(/data-\d+/g, "data")
    assert.strictEqual(rules(built({ ...poisoned(text), previous: [] })), rules(built()))
  })
})
