import { assert, describe, it } from "@effect/vitest"
import { Option, Schema } from "effect"
import { fromResources } from "../../src/grounding/Grounding.ts"
import { EntityCatalog } from "../../src/resolution/EntityCatalog.ts"
import { findMentions, link as linkTo } from "../../src/resolution/Mentions.ts"
import { disjoint } from "../../src/resolution/SchemaWords.ts"
import { resolveEntity } from "../../src/resolution/Resolution.ts"
import { gathered, options, server } from "./Gathered.ts"

const product = (id: number, name: string, category: string, ...aliases: ReadonlyArray<string>) => ({
  canonical_id: `product-${id}`,
  canonical_name: name,
  aliases,
  categories: [category],
  database_references: { "products.id": id }
})

const metadata = server("metadata", 1, ["products"], {
  product_aliases: {
    laptop_pro: product(1, "Laptop Pro", "Computers", "notebook"),
    laptop_pro_15: product(2, "Laptop Pro 15", "Computers"),
    headphones_300: product(3, "Studio Headphones 300", "Audio"),
    headphones_500: product(4, "Studio Headphones 500", "Audio"),
    jeans: product(5, "501", "Fashion"),
    shop: product(6, "The Body Lotion", "Fashion")
  },
  column_mappings: {
    user_friendly_terms: { revenue: "SUM(orders.total)", "average order value": "AVG(orders.total)" }
  }
})
const database = server("database", 10, ["orders"], {
  customers: [
    { id: 1, name: "Alder & Finch" },
    { id: 2, name: "Ines O'Brien" },
    { id: 3, name: "Raport" },
    { id: 5, name: "notebook" }
  ],
  metadata: {
    tables: {
      orders: {
        columns: [
          { name: "total_amount", type: "REAL" },
          { name: "status", type: "TEXT" }
        ]
      },
      customers: { columns: [{ name: "name", type: "TEXT" }] }
    }
  }
})
const world = gathered(metadata, database)

const link = (question: string) => findMentions(question, world, options)
const names = (question: string) =>
  link(question).mentions.map(({ resolution, text }) => [text, resolution.canonicalName])

describe("mentions", () => {
  it("are found with their place, case and spelling aside, over all servers", () => {
    const question = "Revenue of the studio hedphones 300 and of alder & finch, or O'Brien?"
    assert.deepStrictEqual(names(question), [
      ["studio hedphones 300", "Studio Headphones 300"],
      ["alder & finch", "Alder & Finch"]
    ])
    for (const { end, start, text } of link(question).mentions) assert.strictEqual(question.slice(start, end), text)
  })

  it("take the longest of overlapping names", () => {
    assert.deepStrictEqual(names("sales of Laptop Pro 15 and Laptop Pro"), [
      ["Laptop Pro 15", "Laptop Pro 15"],
      ["Laptop Pro", "Laptop Pro"]
    ])
  })

  it("stand for all members where they name a category", () => {
    const [mention] = link("how much audio did we sell").mentions
    assert.deepStrictEqual(mention?.resolution.members, ["Studio Headphones 300", "Studio Headphones 500"])
    assert.deepStrictEqual(mention?.resolution.databaseReferences, { "products.id": [3, 4] })
  })

  it("are resolved by priority, with conflicts", () => {
    const resolution = link("how many notebooks were sold").mentions[0]?.resolution
    assert.strictEqual(resolution?.server, "metadata")
    assert.strictEqual(resolution?.match, "normalized")
    assert.deepStrictEqual(
      resolution?.conflicts.map((conflict) => conflict.server),
      ["database"]
    )
  })

  it("are no ordinary words that resemble a name, but the name itself is", () => {
    assert.deepStrictEqual(names("Show a report of all orders"), [])
    assert.deepStrictEqual(names("Show all orders of Raport"), [["Raport", "Raport"]])
  })

  it("are no numbers that count, compare or are ids", () => {
    assert.deepStrictEqual(names("top 5 customers over 501 in the last 3 months"), [])
    assert.deepStrictEqual(names("show 5 products with id 2"), [])
    assert.deepStrictEqual(names("how many 501 were sold"), [["501", "501"]])
  })

  it("do not swap one number for another", () => {
    assert.deepStrictEqual(names("sales of studio headphones 400"), [])
    const only = gathered(server("s", 1, ["products"], { list: [{ name: "Noise Cancelling Studio Headphones 300" }] }))
    const found = (question: string) => findMentions(question, only, options).mentions.map(({ text }) => text)
    assert.deepStrictEqual(found("sold noise cancelling studio headphones 400?"), [])
    assert.deepStrictEqual(found("sold noise cancelling studio headphones?"), ["noise cancelling studio headphones"])
  })

  it("are no function words, but names may hold them", () => {
    const only = gathered(server("s", 1, ["products"], { list: [{ name: "Total" }, { name: "The Total" }] }))
    const found = (question: string) => findMentions(question, only, options).mentions.map(({ text }) => text)
    assert.deepStrictEqual(found("what is total revenue?"), [])
    assert.deepStrictEqual(found('revenue of "Total"'), ["Total"])
    assert.deepStrictEqual(found("revenue of the total"), ["the total"])
  })

  it("are no parts of names: numbers, function words and short misspelt words say too little", () => {
    const list = [{ name: "300 500 mg" }, { name: "House of Cards" }, { name: "Desk" }, { name: "Slate" }]
    const only = gathered(server("s", 1, ["products"], { list }))
    const found = (question: string) =>
      findMentions(question, only, { ...options, threshold: 0.7 }).mentions.map(({ text }) => text)
    assert.deepStrictEqual(found("orders from 300 500"), [])
    assert.deepStrictEqual(found("the number of cards"), [])
    assert.deepStrictEqual(found("orders of dsek"), [])
    assert.deepStrictEqual(found("orders of slaet and house of crads"), ["slaet", "house of crads"])
  })

  it("are no schema words that resemble a name", () => {
    const shippens = { names: [{ name: "Shippen" }] }
    const tables = { schema: { tables: { orders: { columns: ["shipper"] } } } }
    const found = (...one: ReadonlyArray<typeof shippens | typeof tables>) =>
      findMentions("orders by shipper", gathered(server("s", 1, ["x"], Object.assign({}, ...one))), options).mentions
        .length
    assert.strictEqual(found(shippens), 1)
    assert.strictEqual(found(shippens, tables), 0)
  })

  it("need a capital for an ordinary word where thousands of words are names", () => {
    const many = Array.from({ length: 1000 }, (_, at) => ({
      name: `zx${String.fromCharCode(97 + (at % 26))}${"q".repeat(at % 40)}${at}a`.replace(
        /\d/g,
        (digit) => "klmnoprstu"[Number(digit)] ?? ""
      )
    }))
    const found = (question: string, ...more: ReadonlyArray<{ readonly name: string }>) =>
      findMentions(question, gathered(server("s", 1, ["x"], { list: [{ name: "Target" }, ...more] })), options).mentions
        .length
    assert.strictEqual(found("revenue of target"), 1)
    assert.strictEqual(found("revenue of target", ...many), 0)
    assert.strictEqual(found("revenue of Target", ...many), 1)
  })

  it("may start with a function word only if the name does", () => {
    assert.deepStrictEqual(names("sales of the body lotion"), [["the body lotion", "The Body Lotion"]])
  })

  it("in quotes are literal: one name, never a misspelt one", () => {
    assert.deepStrictEqual(names(`orders of "Ines O'Brien" and 'laptop pro' and “501”`), [
      ["Ines O'Brien", "Ines O'Brien"],
      ["laptop pro", "Laptop Pro"],
      ["501", "501"]
    ])
    const { mentions, notes } = link('orders of "Laptop Pros Max" and "lptop pro"')
    assert.deepStrictEqual(mentions, [])
    assert.deepStrictEqual(
      notes.map(({ reason, text }) => [reason, text]),
      [
        ["unresolved", "Laptop Pros Max"],
        ["unresolved", "lptop pro"]
      ]
    )
    assert.isTrue(notes[1]?.candidates.includes("Laptop Pro"))
  })

  it("that could be several are noted, not guessed", () => {
    const { mentions, notes } = findMentions("sales of studio hedphones", world, { ...options, threshold: 0.6 })
    assert.deepStrictEqual(mentions, [])
    assert.deepStrictEqual(notes, [
      {
        text: "studio hedphones",
        start: 9,
        end: 25,
        reason: "ambiguous",
        candidates: ["Studio Headphones 300", "Studio Headphones 500"]
      }
    ])
  })

  it("are not misspelt where each of their words is one of some name, or a short word begins otherwise", () => {
    const found = (...list: ReadonlyArray<string>) =>
      findMentions(
        "billing with Quantum Wand",
        gathered(server("s", 1, ["products"], { list: list.map((name) => ({ name })) })),
        options
      ).mentions
    assert.deepStrictEqual(found("Quantum Band"), [])
    assert.deepStrictEqual(found("Quantum Wald", "Pulse Wand"), [])
    assert.strictEqual(found("Quantum Wald", "Pulse Tent")[0]?.resolution.canonicalName, "Quantum Wald")
  })

  it("are no part of a name that is ambiguous", () => {
    const list = [{ name: "Pulse Watch Nova" }, { name: "Pulse Watch Vega" }, { name: "Watch" }]
    const only = gathered(server("s", 1, ["products"], { list }))
    const { mentions, notes } = findMentions("sales of pulse watch", only, { ...options, threshold: 0.65 })
    assert.deepStrictEqual(mentions, [])
    assert.deepStrictEqual(notes[0]?.candidates.slice(0, 2), ["Pulse Watch Nova", "Pulse Watch Vega"])
  })

  it("are no guess where the stretch is a part of a longer run of unknown words", () => {
    const list = [{ name: "APPLIED MATERIALS INC" }, { name: "Palantir Technologies" }, { name: "First Solar" }]
    const only = gathered(server("s", 1, ["companies"], { list }))
    const found = (question: string) => findMentions(question, only, options).mentions.map(({ text }) => text)
    assert.deepStrictEqual(found("orders of applied materials last month"), ["applied materials"])
    assert.deepStrictEqual(found("orders of sincerity applied materials last month"), [])
    assert.deepStrictEqual(found("orders of palantir technologes zyxware"), [])
    assert.deepStrictEqual(found("orders of palantir technologes, zyxware"), ["palantir technologes"])
    assert.deepStrictEqual(found("palantir technologes first solr revenue"), ["palantir technologes", "first solr"])
  })

  it("are not cut out of a written word", () => {
    const only = gathered(server("s", 1, ["products"], { list: [{ name: "Pixel 8" }, { name: "Pixel 8 Pro" }] }))
    const found = (question: string) => findMentions(question, only, options).mentions.map(({ text }) => text)
    assert.deepStrictEqual(found("sales of pixel 8 in May"), ["pixel 8"])
    assert.deepStrictEqual(found("sales of pixel 8a in May"), [])
  })

  it("are no category where a table, a column or a term has the same word", () => {
    const list = [{ name: "Dr Romano", category: "doctor" }]
    const tables = { schema: { tables: { doctors: { columns: ["id", "full_name"] } } } }
    const found = (...resources: ReadonlyArray<{ readonly [name: string]: Schema.Json }>) =>
      findMentions(
        "how many doctors are there",
        gathered(server("s", 1, ["x"], Object.assign({}, ...resources))),
        options
      ).mentions.map(({ resolution }) => resolution.members)
    assert.deepStrictEqual(found({ list }), [["Dr Romano"]])
    assert.deepStrictEqual(found({ list }, tables), [])
  })

  it("are only known names when fuzzy matching is off", () => {
    const strict = (question: string) => findMentions(question, world, { ...options, fuzzy: false }).mentions.length
    assert.strictEqual(strict("sales of studio hedphones 300"), 0)
    assert.strictEqual(strict("sales of studio-headphone 300"), 1)
  })

  it("leave headings, attributes and the names of collections alone", () => {
    assert.deepStrictEqual(names("show product aliases, metadata and column mappings of customers"), [])
  })

  it.prop(
    "are cut from the question, do not overlap, and mean what the name alone means",
    {
      words: Schema.Array(
        Schema.Literals([
          "laptop",
          "Pro",
          "15",
          "studio",
          "headphnes",
          "300",
          "audio",
          "of",
          "the",
          "'501'",
          "report",
          "Finch",
          "alder",
          ",",
          "?"
        ])
      )
    },
    ({ words }) => {
      const question = words.join(" ")
      const catalog = EntityCatalog.from(world)
      const { mentions } = linkTo(question, catalog, fromResources(world), options)
      let end = 0
      for (const mention of mentions) {
        assert.isAtLeast(mention.start, end)
        assert.strictEqual(question.slice(mention.start, mention.end), mention.text)
        end = mention.end
        const type = mention.resolution.server === "metadata" ? "products" : "orders"
        const alone = Option.getOrUndefined(resolveEntity(mention.text, type, catalog, options))
        assert.deepStrictEqual(mention.resolution.path, alone?.path)
      }
    }
  )

  it.prop("are found in any text without failing", { question: Schema.String }, ({ question }) => {
    for (const { end, start, text } of link(question).mentions) assert.strictEqual(question.slice(start, end), text)
  })
})

describe("schema words", () => {
  const words = (question: string) => disjoint(link(question).schemaWords)

  it("name tables, columns and terms, the longest first, apart from entities", () => {
    assert.deepStrictEqual(
      words("Average order value and total amount by status of the customer Raport").map(({ targets, text }) => [
        text,
        targets[0]?.kind
      ]),
      [
        ["Average order value", "term"],
        ["total amount", "column"],
        ["status", "column"],
        ["customer", "table"]
      ]
    )
  })

  it("carry what they stand for and who says so", () => {
    assert.deepStrictEqual(words("revenue")[0], {
      text: "revenue",
      start: 0,
      end: 7,
      match: "name",
      score: 1,
      targets: [
        {
          kind: "term",
          term: "revenue",
          expression: "SUM(orders.total)",
          group: "user_friendly_terms",
          server: "metadata",
          uri: "test://metadata/column_mappings"
        }
      ]
    })
  })

  it("may be a part of a column's name, where nothing is called so", () => {
    assert.deepStrictEqual(
      words("the amount of orders").map(({ match, targets: [target], text }) => [text, match, target?.kind]),
      [
        ["amount", "part", "column"],
        ["orders", "name", "table"]
      ]
    )
  })

  it("may be misspelt", () => {
    const [word] = words("revenu by custmers")
    assert.strictEqual(word?.text, "revenu")
    assert.notInclude(
      words("amount totl").map(({ match }) => match),
      "misspelt"
    )
    assert.isBelow(word?.score ?? 1, 1)
    assert.strictEqual(words("revenu by custmers")[1]?.targets[0]?.kind, "table")
  })
})
