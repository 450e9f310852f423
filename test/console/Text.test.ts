/** What the page makes of text: statements, rows, metrics, questions. Pure, so no browser is needed. */
import { assert, describe, it } from "@effect/vitest"
import { Schema } from "effect"
import { csv, tabbed } from "../../console/src/Csv.ts"
import { bucketsOf, quantile, samples, sumBy } from "../../console/src/Prometheus.ts"
import { pieces } from "../../console/src/Sql.ts"
import { grouped } from "../../console/src/Text.ts"
import { complete, rewordings, wordsOf } from "../../console/src/Words.ts"

const squeezed = (text: string) => text.replaceAll(/\s+/g, "")

describe("SQL", () => {
  it.prop("loses and adds nothing but blanks, whatever the statement is", { sql: Schema.String }, ({ sql }) => {
    assert.strictEqual(
      squeezed(
        pieces(sql)
          .map(({ text }) => text)
          .join("")
      ),
      squeezed(sql)
    )
  })

  it("begins a line with a clause, but not inside of brackets or texts", () => {
    const sql = "SELECT a, (SELECT max(b) FROM t) FROM u LEFT JOIN v ON u.id = v.id WHERE c = 'from where' ORDER BY a"
    assert.strictEqual(
      pieces(sql)
        .map(({ text }) => text)
        .join(""),
      "SELECT a, (SELECT max(b) FROM t)\nFROM u\nLEFT JOIN v ON u.id = v.id\nWHERE c = 'from where'\nORDER BY a"
    )
  })

  it("takes left and right for functions where they are called, and for joins elsewhere", () => {
    const sql = "SELECT left(a, 2), RIGHT (b, 1) FROM t RIGHT JOIN (u) ON left(a, 2) = b JOIN (v) ON true"
    assert.strictEqual(
      pieces(sql)
        .map(({ text }) => text)
        .join(""),
      "SELECT left(a, 2), RIGHT (b, 1)\nFROM t\nRIGHT JOIN (u) ON left(a, 2) = b\nJOIN (v) ON true"
    )
    assert.deepStrictEqual(
      pieces(sql).flatMap(({ kind, text }) => (/left|right/i.test(text) ? [kind] : [])),
      ["other", "other", "keyword", "other"]
    )
  })
})

describe("rows", () => {
  it("are CSV by RFC 4180, integers digit for digit, NULL empty", () => {
    assert.strictEqual(
      csv(
        ["a", 'b"c'],
        [
          [1, "x,y"],
          [9007199254740993n, 'say "no"'],
          [null, "two\nlines"],
          [-1.5, { k: 1 }]
        ]
      ),
      'a,"b""c"\r\n1,"x,y"\r\n9007199254740993,"say ""no"""\r\n,"two\nlines"\r\n-1.5,"{""k"":1}"\r\n'
    )
  })

  it("hold no formula that a spreadsheet would run", () => {
    assert.strictEqual(
      csv(["a"], [["=HYPERLINK(1)"], ["+1"], ["@x"], [-1]]),
      "a\r\n'=HYPERLINK(1)\r\n'+1\r\n'@x\r\n-1\r\n"
    )
    assert.strictEqual(tabbed(["a", "b"], [["=1", "x\ty"]]), "a\tb\n'=1\tx y")
  })
})

describe("numbers", () => {
  it.prop("are grouped as the platform groups them", { count: Schema.Natural }, ({ count }) => {
    assert.strictEqual(grouped(count), count.toLocaleString("en"))
  })
})

describe("metrics", () => {
  const text = `# HELP x
requests_total{request="query",outcome="ok"} 3
requests_total{request="query",outcome="error"} 1
took_bucket{request="query",le="0.1"} 2
took_bucket{request="query",le="0.2"} 4
took_bucket{request="query",le="+Inf"} 4
`

  it("are summed by a label, largest first", () => {
    assert.deepStrictEqual(sumBy(samples(text), "requests_total", "outcome"), [
      ["ok", 3],
      ["error", 1]
    ])
  })

  it("give quantiles as Prometheus estimates them", () => {
    const buckets = bucketsOf(samples(text), "took", "request", "query")
    assert.strictEqual(quantile(buckets, 0.5), 0.1)
    assert.closeTo(quantile(buckets, 0.75) ?? 0, 0.15, 1e-9)
    assert.isNull(quantile([], 0.5))
  })
})

describe("words", () => {
  const source = { server: "server_1", uri: "a://b" }
  const words = wordsOf({
    servers: [{ server: "server_1", priority: 1, domains: ["products"] }],
    databases: [
      {
        server: "server_1",
        tables: [
          {
            table: "orders",
            description: null,
            columns: [{ column: "country", description: null, values: ["Germany"] }],
            ...source
          }
        ]
      }
    ],
    terms: [{ term: "revenue", expression: "SUM(amount)", ...source }],
    entities: [
      { name: "Pulse Band", aliases: ["fitness band"], keys: ["puls band", "fit band"], members: [], ...source }
    ],
    requestId: "r",
    generation: 1
  })
  const texts = (typed: string) => complete(words, typed).map(({ text }) => text)

  it("complete what is being typed, also a name of several words, or by a word inside", () => {
    assert.deepStrictEqual(texts("revenue by cou"), ["country"])
    assert.deepStrictEqual(texts("revenue of fitness b"), ["fitness band"])
    assert.deepStrictEqual(texts("revenue of band"), ["Pulse Band", "fitness band"])
    assert.deepStrictEqual(texts("z"), [])
    assert.deepStrictEqual(texts(""), [])
  })

  it("are offered in place of what was not understood, and the question without it", () => {
    const refusal = {
      detail: 'not understood: "fitnes bant" (Germany?)',
      remedy: '"How many orders are there?" works.',
      candidates: []
    }
    assert.deepStrictEqual(rewordings(refusal, "revenue of the fitnes bant by country", words), [
      "revenue of the Germany by country",
      "revenue of the fitness band by country",
      "revenue by country",
      "How many orders are there?"
    ])
    const headless = { ...refusal, detail: 'not understood: "profit"' }
    assert.deepStrictEqual(rewordings(headless, "profit of the fitness band", words), ["How many orders are there?"])
  })
})
