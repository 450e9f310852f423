import { assert, describe, it } from "@effect/vitest"
import { Option } from "effect"
import type * as Schema from "effect/Schema"
import { EntityCatalog } from "../../src/resolution/EntityCatalog.ts"
import { resolveEntity } from "../../src/resolution/Resolution.ts"
import { gathered, options, server } from "./Gathered.ts"

const find = (resources: { readonly [name: string]: Schema.Json }, name: string) =>
  Option.getOrUndefined(resolveEntity(name, "things", gathered(server("one", 1, ["things"], resources)), options))

const aliases = {
  laptop_pro: {
    canonical_id: "prod_001",
    canonical_name: "Laptop Pro",
    aliases: ["notebook", "pro laptop"],
    database_references: { "products.id": 1, products: { sku: "LP" } },
    categories: ["Computers", "Office"]
  },
  desk: { canonical_name: "Desk", aliases: "table", database_references: { "products.id": 2 }, categories: ["Office"] }
}

describe("the shapes of resources", () => {
  it("alias records: name, key, id and aliases, with path and references", () => {
    for (const [name, match] of [
      ["Laptop Pro", "exact"],
      ["laptop_pro", "exact"],
      ["prod_001", "exact"],
      ["PROD-001", "normalized"],
      ["notebook", "alias"],
      ["NOTEBOOK", "alias"],
      ["Note-Books", "normalized"]
    ] as const) {
      const entity = find({ product_aliases: aliases }, name)
      assert.strictEqual(entity?.match, match, name)
      assert.strictEqual(entity?.canonicalName, "Laptop Pro")
      assert.deepStrictEqual(entity?.path, ["laptop_pro"])
      assert.deepStrictEqual(entity?.entity, aliases.laptop_pro)
      assert.deepStrictEqual(entity?.databaseReferences, { "products.id": 1, "products.sku": "LP" })
      assert.deepStrictEqual(entity?.resource, { name: "product_aliases", uri: "test://one/product_aliases" })
    }
    assert.strictEqual(find({ product_aliases: aliases }, "table")?.canonicalName, "Desk")
  })

  it("categories: all members, their references as lists", () => {
    const category = find({ product_aliases: aliases }, "office")
    assert.deepStrictEqual(category?.members, ["Laptop Pro", "Desk"])
    assert.deepStrictEqual(category?.databaseReferences, { "products.id": [1, 2], "products.sku": ["LP"] })
    assert.deepStrictEqual(category?.path, ["laptop_pro", "categories", 1])
    assert.strictEqual(category?.entity, "Office")
  })

  it("a category that is a number is no name", () => {
    assert.isUndefined(find({ products: [{ name: "Desk", category: 3 }] }, "3"))
    assert.deepStrictEqual(find({ products: [{ name: "Desk", category: "B2B" }] }, "b2b")?.members, ["Desk"])
  })

  it("categories that a resource lists by their members' names", () => {
    const category = find(
      { product_aliases: aliases, groups: { categories: { Bestsellers: ["desks", "gone"] } } },
      "bestseller"
    )
    assert.deepStrictEqual(category?.members, ["Desk"])
    assert.deepStrictEqual(category?.databaseReferences, { "products.id": [2] })
  })

  it("lists of objects, also under a heading, and lists of strings", () => {
    assert.deepStrictEqual(find({ customers: [{ id: 7, name: "Acme" }] }, "Acme")?.path, [0])
    assert.deepStrictEqual(find({ customers: [{ id: 7, name: "Acme" }] }, "7")?.path, [0])
    assert.deepStrictEqual(find({ crm: { version: 3, customers: [{ title: "Acme" }] } }, "Acme")?.path, [
      "customers",
      0
    ])
    assert.deepStrictEqual(find({ countries: ["Peru", "Chile"] }, "chile")?.path, [1])
  })

  it("plain records keyed by name, one level down too", () => {
    assert.deepStrictEqual(find({ things: { Widget: { price: 3 } } }, "Widget")?.entity, { price: 3 })
    assert.deepStrictEqual(find({ things: { tools: { Widget: { price: 3 } } } }, "Widget")?.path, ["tools", "Widget"])
    assert.strictEqual(find({ prices: { Widget: 3, Gadget: 4 } }, "Widget")?.entity, 3)
  })

  it("entities inside entities", () => {
    const found = find({ crm: [{ name: "Acme", offices: [{ name: "North Wing" }] }] }, "North Wing")
    assert.deepStrictEqual(found?.path, [0, "offices", 0])
    const nest = (names: ReadonlyArray<string>): Schema.Json =>
      names.length === 0 ? [] : [{ name: names[0] ?? "", inner: nest(names.slice(1)) }]
    const levels = ["Alpha", "Bravo", "Charlie", "Delta", "Echo"]
    assert.isDefined(find({ crm: nest(levels) }, "Bravo"))
    assert.isUndefined(find({ crm: nest(levels) }, "Echo"))
  })

  it("resources that are the entity, by resource name and by their own", () => {
    const resources = { "Laptop Pro": { name: "LP-15", price: 3, specs: { cpu: { cores: 8 } } }, guide: "Plain text" }
    assert.deepStrictEqual(find(resources, "laptop pro")?.path, [])
    assert.deepStrictEqual(find(resources, "LP-15")?.entity, resources["Laptop Pro"])
    assert.strictEqual(find(resources, "guide")?.entity, "Plain text")
  })

  it("a title beside a name is another word for it; alone it is the name", () => {
    assert.strictEqual(find({ people: [{ name: "Ada", title: "Engineer" }] }, "Engineer")?.match, "alias")
    assert.strictEqual(find({ pages: [{ title: "Welcome" }] }, "Welcome")?.match, "exact")
  })

  it("column mappings and schemas hold no entities", () => {
    const resources = {
      column_mappings: { user_friendly_terms: { revenue: "SUM(orders.total)", name: "customers.name" } },
      dictionary: { turnover: "SUM(orders.total)", buyer: "customers.name" },
      metadata: { tables: { orders: { columns: [{ name: "total", type: "REAL" }] } } }
    }
    for (const name of ["revenue", "customers.name", "turnover", "buyer", "orders", "total"]) {
      assert.isUndefined(find(resources, name), name)
    }
    assert.deepStrictEqual(find(resources, "metadata")?.path, [])
  })

  it("keys such as __proto__ are data", () => {
    const data: Schema.Json = JSON.parse(
      '{"__proto__": {"name": "Proto", "database_references": {"__proto__": 1}}, "constructor": {"name": "Builder"}}'
    )
    assert.deepStrictEqual(find({ things: data }, "Proto")?.path, ["__proto__"])
    assert.deepStrictEqual(find({ things: data }, "__proto__")?.path, ["__proto__"])
    assert.deepStrictEqual(Object.keys(find({ things: data }, "Proto")?.databaseReferences ?? {}), ["__proto__"])
    assert.deepStrictEqual(find({ things: data }, "constructor")?.canonicalName, "Builder")
    assert.isUndefined(find({ things: data }, "toString"))
  })

  it("one entity that two resources describe is not two", () => {
    const twice = {
      a: [{ name: "Laptop Pro", stock: 4 }],
      b: { x: { name: "laptop pro", aliases: ["lp"], database_references: { "p.id": 1 } } }
    }
    const found = find(twice, "Laptopp Pro")
    assert.strictEqual(found?.match, "fuzzy")
    assert.isNull(found?.runnerUp ?? null)
    assert.deepStrictEqual(found?.databaseReferences, { "p.id": 1 })
  })
})

describe("the ways in which servers write aliases", () => {
  /** What "py" is the alias of, in a resource of this name. */
  const meant = (data: Schema.Json, resource = "product_aliases") => find({ [resource]: data }, "py")?.canonicalName

  it("as texts, as one text with commas, and as objects that hold a text", () => {
    for (const aliases of [
      ["py", "pysdk"],
      "pysdk, py",
      "py",
      [{ label: "py" }],
      [{ alias: "py", locale: "en" }],
      // JSON-LD, as SKOS vocabularies are published.
      [{ "@value": "py", "@language": "en" }]
    ]) {
      assert.strictEqual(meant([{ name: "Python SDK", aliases }]), "Python SDK", JSON.stringify(aliases))
    }
    assert.strictEqual(
      find({ l: [{ name: "Acme, Inc.", alias: "Acme, The" }] }, "Acme, The")?.canonicalName,
      "Acme, Inc."
    )
  })

  it("under the keys that vocabularies and catalogs use", () => {
    for (const entity of [
      { label: "Python SDK", synonyms: ["py"] },
      { prefLabel: "Python SDK", altLabel: ["py"] },
      { prefLabel: { "@value": "Python SDK", "@language": "en" }, altLabel: [{ "@value": "py" }] },
      { "skos:prefLabel": "Python SDK", "skos:altLabel": ["py"] },
      { canonical: "Python SDK", aliases: ["py"] },
      { alias: "py", canonical: "Python SDK" },
      { names: ["Python SDK", "py"] },
      { product_name: "Python SDK", aliases: ["py"] },
      { film_id: 7, film_title: "Python SDK", aliases: ["py"] },
      { product_name: "Python SDK", product_title: "The Python kit", aliases: ["py"] },
      { product_id: 7, product_name: "Python SDK", category_id: 2, alternate_names: "py" },
      { productName: "Python SDK", alternativeNames: ["py"] },
      { id: 7, title: "Python SDK", also_known_as: ["py"] }
    ]) {
      assert.strictEqual(meant([entity], "products"), "Python SDK", JSON.stringify(entity))
    }
  })

  it("as records of names alone, in either direction", () => {
    assert.strictEqual(meant({ "Python SDK": ["py", "pysdk"], "Go SDK": ["go"] }), "Python SDK")
    assert.strictEqual(meant({ py: "Python SDK", pysdk: "Python SDK", golang: "Go SDK" }), "Python SDK")
    assert.strictEqual(meant({ aliases: { py: "Python SDK" }, count: 1 }, "metadata"), "Python SDK")
    assert.strictEqual(meant({ "Python SDK": ["py"] }, "product_synonyms"), "Python SDK")
  })

  it("as JSON:API resources, and as rows under column names", () => {
    const jsonApi = { data: [{ type: "products", id: "7", attributes: { name: "Python SDK", aliases: ["py"] } }] }
    assert.strictEqual(meant(jsonApi, "products"), "Python SDK")
    assert.strictEqual(find({ products: jsonApi }, "7")?.canonicalName, "Python SDK")
    const rows = { columns: ["id", "name", "aliases"], rows: [[7, "Python SDK", "py, pysdk"]], row_count: 1 }
    const found = find({ products: rows }, "py")
    assert.deepStrictEqual(found?.path, ["rows", 0])
    assert.deepStrictEqual(found?.entity, { id: 7, name: "Python SDK", aliases: "py, pysdk" })
  })

  it("an alias leads to the entity that another resource describes", () => {
    const described = { name: "Python SDK", database_references: { "products.id": 7 } }
    const found = find({ product_aliases: { py: "python sdk" }, products: [described] }, "py")
    assert.deepStrictEqual(found?.databaseReferences, { "products.id": 7 })
    assert.strictEqual(found?.match, "alias")
  })

  it("an order is not its customer, a person not a part of the name", () => {
    assert.isUndefined(find({ orders: [{ order_id: 5, customer_name: "Acme", total: 3 }] }, "Acme"))
    assert.isUndefined(find({ people: [{ first_name: "Ada", last_name: "Byron" }] }, "Ada"))
    assert.isUndefined(find({ groups: { toys: ["Garden Wand"] } }, "Garden Wand"))
    const page = { title: "Welcome", canonical: "https://shop.example/welcome" }
    assert.strictEqual(find({ pages: [page] }, "Welcome")?.canonicalName, "Welcome")
  })
})

describe("a catalog", () => {
  it("is built once for many questions", () => {
    const catalog = EntityCatalog.from(gathered(server("one", 1, ["things"], { things: { Widget: { price: 3 } } })))
    assert.strictEqual(EntityCatalog.from(catalog), catalog)
    assert.strictEqual(catalog.servers[0], catalog.serversFor("THINGS ")[0])
    assert.deepStrictEqual(catalog.serversFor("thing"), catalog.servers)
    assert.deepStrictEqual(catalog.serversFor("nothing"), [])
  })
})
