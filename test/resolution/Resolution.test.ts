import { assert, describe, it } from "@effect/vitest"
import { Option, Schema } from "effect"
import type { GatheredResources } from "../../src/resources/GatheredResources.ts"
import { EntityCatalog } from "../../src/resolution/EntityCatalog.ts"
import { explainEntity, resolveEntity } from "../../src/resolution/Resolution.ts"
import type { ResolvedEntity } from "../../src/resolution/ResolvedEntity.ts"
import { gathered, options, server } from "./Gathered.ts"

// Few names, near each other, so that servers collide in every tier.
const Name = Schema.Literals([
  "Laptop Pro",
  "laptop-pro",
  "Laptop Pros",
  "LAPTOP",
  "Lapdog",
  "Desk",
  "Décor Desk 120",
  "Decor Desk 160",
  "Travel Charger",
  "Travel Changer"
])
const Domain = Schema.Literals(["products", "customers"])
const Item = Schema.Struct({ name: Name, aliases: Schema.Array(Name), category: Schema.Literals(["Office", "Travel"]) })
const Server = Schema.Struct({
  domains: Schema.NonEmptyArray(Domain),
  first: Schema.Array(Item),
  second: Schema.Array(Item)
})
const World = Schema.Array(Server)
const Query = Schema.Union([
  Name,
  Schema.Literals(["laptop pro", "laptp pro", "office", "travel chargr", "decor desk 130"])
])
const Seed = Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 1_000_000 }))

/** The first server has the best priority. */
const build = (world: typeof World.Type): GatheredResources =>
  gathered(
    ...world.map(({ domains, first, second }, at) =>
      server(`s${at}`, 10 * (at + 1), domains, {
        "b list": first,
        "a record": Object.fromEntries(second.map((item) => [item.name, item]))
      })
    )
  )

const shuffled = <A>(values: ReadonlyArray<A>, seed: number): ReadonlyArray<A> =>
  values
    .map((value, at) => ({ value, rank: (seed * (at + 7) * 2_654_435_761) % 1_000_003 }))
    .toSorted((left, right) => left.rank - right.rank)
    .map(({ value }) => value)

const permuted = (resources: GatheredResources, seed: number): GatheredResources => ({
  servers: shuffled(resources.servers, seed).map((one) => ({
    ...one,
    domains: shuffled(one.domains, seed),
    resources: new Map(shuffled([...one.resources], seed + 1))
  }))
})

const resolveIn = (resources: GatheredResources, name: string): ResolvedEntity | undefined =>
  Option.getOrUndefined(resolveEntity(name, "products", resources, options))

/** Whether the servers know the name, even if they cannot say which of several entities it is. */
const isKnown = (resources: GatheredResources, name: string): boolean => {
  const { ambiguous, entity } = explainEntity(name, "products", resources, { ...options, fuzzy: false })
  return entity !== null || ambiguous
}

describe("the laws of resolution", () => {
  it.prop(
    "the arrival order of servers, resources and replies changes nothing",
    { world: World, query: Query, seed: Seed },
    (given) => {
      const resources = build(given.world)
      assert.deepStrictEqual(
        explainEntity(given.query, "products", permuted(resources, given.seed), options),
        explainEntity(given.query, "products", resources, options)
      )
    }
  )

  it.prop(
    "of the servers that know a name the best priority decides alone, whatever else is published; else of those that guess",
    { world: World, query: Query },
    (given) => {
      const servers = build(given.world).servers.map((one) => gathered(one))
      const first = servers.find((one) => isKnown(one, given.query))
      const [guess] = servers.flatMap((one) => resolveIn(one, given.query) ?? [])
      const expected = first === undefined ? guess : resolveIn(first, given.query)
      const winner = resolveIn(build(given.world), given.query)
      assert.deepStrictEqual(winner && { ...winner, conflicts: [] }, expected && { ...expected, conflicts: [] })
    }
  )

  it.prop(
    "a further server of worse priority never changes the winner of a known name, nor makes another guess of a guess",
    { world: World, more: Server, query: Query },
    (given) => {
      const before = build(given.world)
      const all = build([...given.world, given.more])
      const [winner, after] = [resolveIn(before, given.query), resolveIn(all, given.query)]
      if (isKnown(before, given.query) || (winner !== undefined && !isKnown(all, given.query))) {
        assert.deepStrictEqual(after && { ...after, conflicts: [] }, winner && { ...winner, conflicts: [] })
      }
    }
  )

  it.prop(
    "inside a server exact beats all, unless two entities have the very name",
    { one: Server, item: Item },
    (given) => {
      const { item, one } = given
      const found = explainEntity(
        item.name,
        "products",
        build([{ domains: ["products"], first: [item, ...one.first], second: one.second }]),
        options
      )
      const namesakes = [...one.first, ...one.second].filter(({ name }) => name === item.name)
      assert.strictEqual(found.ambiguous, namesakes.length > 0 && found.entity === null)
      if (found.entity === null) return assert.isTrue(found.ambiguous)
      assert.strictEqual(found.entity.match, "exact")
      assert.strictEqual(found.entity.score, 1)
    }
  )

  it.prop(
    "a name resolves to itself, whatever it is, unless another entity has it too",
    { name: Schema.String, other: Schema.String },
    ({ name, other }) => {
      if (name.trim() === other.trim()) return
      if (name.trim() === "")
        return assert.isUndefined(resolveIn(gathered(server("s", 1, ["products"], { list: [{ name }] })), name))
      const found = resolveIn(
        gathered(server("s", 1, ["products"], { list: [{ name: other }, { name, me: true }] })),
        name
      )
      assert.strictEqual(found?.match, "exact")
      assert.strictEqual(found?.matchedName.trim(), name.trim())
    }
  )

  it.prop(
    "case, accents, punctuation and separators do not matter",
    { world: World, query: Name, style: Schema.Int },
    (given) => {
      const { query, world } = given
      const styles = [
        query.toUpperCase(),
        query.toLowerCase().replaceAll(" ", "_"),
        query.replaceAll(/[ -]/g, ""),
        `${query.replaceAll("o", "ö").replaceAll("e", "é")}!`
      ]
      const withName = build([
        { domains: ["products"], first: [{ name: query, aliases: [], category: "Office" }], second: [] },
        ...world
      ])
      const found = resolveIn(withName, styles[Math.abs(given.style) % styles.length] ?? "")
      assert.include(["exact", "case", "normalized"], found?.match)
      assert.strictEqual(found?.server, "s0")
    }
  )

  it.prop("nothing resolves outside the domains of the type", { world: World, query: Query }, ({ query, world }) => {
    const resources = build(world)
    for (const type of ["products", "customers", "orders"]) {
      const found = Option.getOrUndefined(resolveEntity(query, type, resources, options))
      for (const place of found === undefined ? [] : [found, ...found.conflicts]) {
        const from = resources.servers.find((one) => one.id === place.server)
        assert.isTrue(from?.domains.includes(type))
      }
    }
  })

  it.prop(
    "conflicts are other servers that know the name, best priority first",
    { world: World, query: Query },
    ({ query, world }) => {
      const found = resolveIn(build(world), query)
      const losers = found?.conflicts ?? []
      assert.isFalse(losers.some((loser) => loser.server === found?.server))
      assert.deepStrictEqual(
        losers,
        losers.toSorted((left, right) => left.priority - right.priority)
      )
      for (const loser of losers) assert.isAbove(loser.priority, found?.priority ?? 0)
    }
  )

  it.prop("an entity is what stands at its path", { world: World, query: Query }, ({ query, world }) => {
    const resources = build(world)
    const found = resolveIn(resources, query)
    if (found === undefined) return
    const data = resources.servers.find((one) => one.id === found.server)?.resources.get(found.resource.name)?.data
    let value: unknown = data
    for (const step of found.path) value = Object.entries(value ?? {}).find(([key]) => key === String(step))?.[1]
    assert.deepStrictEqual(value, found.entity)
  })

  it.prop(
    "a fuzzy match has the threshold and the lead, and without fuzzy there is none",
    { world: World, query: Query },
    (given) => {
      const resources = build(given.world)
      const found = resolveIn(resources, given.query)
      const strict = resolveEntity(given.query, "products", resources, { ...options, fuzzy: false })
      if (found?.match !== "fuzzy") return assert.deepStrictEqual(Option.getOrUndefined(strict), found)
      assert.isTrue(Option.isNone(strict))
      const isOneWord = ![given.query, found.matchedName].some((name) => / [a-z]/i.test(name))
      assert.isAtLeast(found.score, isOneWord ? options.threshold : options.threshold - 0.07)
      assert.isAtLeast(found.score - (found.runnerUp?.score ?? 0), options.margin - 1e-9)
    }
  )
})

describe("tiers and conflicts", () => {
  const metadata = server("metadata", 1, ["products"], {
    aliases: { lp: { canonical_name: "Laptop Pro", aliases: ["notebook"], database_references: { "products.id": 1 } } }
  })
  const database = server("database", 10, ["products"], {
    products: [
      { id: 1, name: "Notebook" },
      { id: 2, name: "Laptop Pro" }
    ]
  })

  it("an alias of a better priority beats an exact name of a worse one, which is reported", () => {
    const found = resolveIn(gathered(metadata, database), "Notebook")
    assert.strictEqual(found?.server, "metadata")
    assert.strictEqual(found?.match, "alias")
    assert.deepStrictEqual(
      found?.conflicts.map(({ match, matchedName, server: id }) => [id, match, matchedName]),
      [["database", "exact", "Notebook"]]
    )
  })

  it("of two exact names the better priority wins, and the other is a conflict", () => {
    const found = resolveIn(gathered(database, metadata), "Laptop Pro")
    assert.strictEqual(found?.server, "metadata")
    assert.deepStrictEqual(found?.conflicts[0]?.path, [1])
  })

  it("ambiguous misspellings are refused, with the candidates", () => {
    const twins = gathered(
      server("s", 1, ["products"], { list: [{ name: "Pulse Watch One" }, { name: "Pulse Watch Two" }] })
    )
    const outcome = explainEntity("pulse wach", "products", twins, { ...options, threshold: 0.6 })
    assert.isNull(outcome.entity)
    assert.isTrue(outcome.ambiguous)
    assert.deepStrictEqual(outcome.suggestions, ["Pulse Watch One", "Pulse Watch Two"])
  })

  it("a name that two entities share is refused, with where they stand", () => {
    const twins = gathered(
      server("s", 1, ["products"], {
        list: [
          { id: 1, name: "Ann Lee" },
          { id: 2, name: "Ann Lee" }
        ]
      })
    )
    const outcome = explainEntity("Ann Lee", "products", twins, options)
    assert.isNull(outcome.entity)
    assert.isTrue(outcome.ambiguous)
    assert.deepStrictEqual(outcome.suggestions, ["Ann Lee (list.0)", "Ann Lee (list.1)"])
    assert.strictEqual(resolveIn(twins, "2")?.canonicalName, "Ann Lee")
  })

  it("a product called as a category is refused, with both", () => {
    const resources = { extra: { box: { name: "Cable", category: "Audio" } }, products: [{ name: "Audio" }] }
    const outcome = explainEntity("Audio", "products", gathered(server("s", 1, ["products"], resources)), options)
    assert.isNull(outcome.entity)
    assert.deepStrictEqual(outcome.suggestions, ["Audio (products.0)", "Audio (extra.box.category)"])
  })

  it("an entity that is called as the resource that lists it is meant, not the list", () => {
    const found = resolveIn(gathered(server("s", 1, ["products"], { phones: [{ name: "phones" }] })), "phones")
    assert.deepStrictEqual(found?.path, [0])
  })

  it("signs that a name does without make it ambiguous, but for the very name", () => {
    const languages = (...names: ReadonlyArray<string>) =>
      gathered(server("s", 1, ["products"], { list: names.map((name) => ({ name })) }))
    assert.deepStrictEqual(explainEntity("c#", "products", languages("C", "C++"), options), {
      entity: null,
      suggestions: ["C", "C++"],
      ambiguous: true
    })
    assert.strictEqual(resolveIn(languages("C", "C++", "C#"), "c#")?.canonicalName, "C#")
    assert.strictEqual(resolveIn(languages("O+", "O-"), "o-")?.canonicalName, "O-")
    assert.strictEqual(resolveIn(languages("Resume", "Résumé"), "résumé")?.canonicalName, "Résumé")
  })

  it("a server that knows several by the name decides that it is ambiguous, whatever others publish", () => {
    const unsure = server("unsure", 1, ["products"], { list: [{ name: "C" }, { name: "C++" }] })
    const sure = server("sure", 2, ["products"], { list: [{ name: "C#" }] })
    assert.isTrue(explainEntity("c#", "products", gathered(unsure, sure), options).ambiguous)
  })

  it("the spelling with the same ending is nearer than its plural or singular", () => {
    const glass = gathered(server("s", 1, ["products"], { list: [{ name: "Glass" }, { name: "Glasses" }] }))
    assert.strictEqual(resolveIn(glass, "GLASSES")?.canonicalName, "Glasses")
    assert.strictEqual(resolveIn(glass, "glass")?.canonicalName, "Glass")
  })

  it("an ambiguous server leaves the match to one that is sure", () => {
    const unsure = server("unsure", 1, ["products"], {
      list: [{ name: "Travel Charger A" }, { name: "Travel Charger B" }]
    })
    const sure = server("sure", 2, ["products"], { list: [{ name: "Travel Charger" }] })
    assert.strictEqual(resolveIn(gathered(unsure, sure), "Travle Charger")?.server, "sure")
  })

  it("not found comes with the nearest names", () => {
    const outcome = explainEntity("Lapptop Max", "products", gathered(metadata, database), options)
    assert.isNull(outcome.entity)
    assert.isFalse(outcome.ambiguous)
    assert.deepStrictEqual(outcome.suggestions, ["Laptop Pro"])
  })

  it("the id next door is nobody", () => {
    const items = gathered(server("s", 1, ["products"], { list: [{ id: "SKU-12345", name: "Desk" }] }))
    assert.strictEqual(resolveIn(items, "sku 12345")?.canonicalName, "Desk")
    assert.isUndefined(resolveIn(items, "SKU-12346"))
  })

  it("one catalog serves many names of one request", () => {
    const catalog = EntityCatalog.from(gathered(metadata, database))
    for (const name of ["Laptop Pro", "notebok", "lp"]) {
      assert.deepStrictEqual(
        explainEntity(name, "products", catalog, options),
        explainEntity(name, "products", gathered(metadata, database), options)
      )
    }
  })
})

describe("what is no misspelling", () => {
  const near = (asked: string, ...names: ReadonlyArray<string>) => {
    const list = gathered(server("s", 1, ["products"], { list: names.map((name) => ({ name })) }))
    const { entity, suggestions } = explainEntity(asked, null, list, options)
    return entity?.canonicalName ?? suggestions
  }

  it.each([
    ["hypertension", "Hypotension"],
    ["hyperthyroidism", "Hypothyroidism"],
    ["inactive users", "Active Users"],
    ["list of all inactive users", "List of all active users"],
    ["unsalted butter", "Salted Butter"],
    ["salted butter", "Unsalted Butter"],
    ["without sugar", "With Sugar"],
    ["tea with sugar", "Tea without Sugar"],
    ["non-dairy ice cream", "Dairy Ice Cream"],
    ["internal audit report", "External Audit Report"],
    ["maximum stock", "Minimum Stock"]
  ])("%s is not %s, but it is suggested", (asked, name) => {
    assert.deepStrictEqual(near(asked, name), [name])
  })

  it.each([
    ["pixel 8a", "Pixel 8"],
    ["pixel 8", "Pixel 8a"],
    ["iphone 15 pro", "iPhone 15 Pro Max"],
    ["iphone 15 plus", "iPhone 15"],
    ["galaxy tab s9", "Galaxy Tab 9"]
  ])("%s is another variant than %s", (asked, name) => {
    assert.deepStrictEqual(near(asked, name), [name])
  })

  it("letters in another place are", () => {
    assert.strictEqual(near("hypertention", "Hypertension"), "Hypertension")
    assert.strictEqual(near("untied airlines", "United Airlines"), "United Airlines")
    assert.strictEqual(near("inssulin glargine", "Insulin Glargine"), "Insulin Glargine")
    assert.strictEqual(near("pixel 8 pro", "Pixel 8", "Pixel 8 Pro"), "Pixel 8 Pro")
    assert.strictEqual(near("chanel no 5", "Chanel 5"), "Chanel 5")
  })

  it("a name of several words may fit less well than one of a single word", () => {
    const others = ["Alder", "Birch", "Cedar", "Dogwood", "Elm", "Fir", "Gum", "Hazel", "Juniper"]
    const trees = [...others, "Maplewood"].map((name) => `${name} Corp`)
    assert.strictEqual(near("maplewod", ...trees), "Maplewood Corp")
    assert.deepStrictEqual(near("magik", "Magic"), ["Magic"])
  })

  it("initials are a suggestion", () => {
    assert.deepStrictEqual(near("IBM", "International Business Machines", "Intel"), ["International Business Machines"])
    assert.deepStrictEqual(near("i.b.m.", "International Business Machines Corp"), [
      "International Business Machines Corp"
    ])
    assert.deepStrictEqual(near("BOA", "Bank of America"), ["Bank of America"])
    assert.deepStrictEqual(near("BA", "Bank of America"), ["Bank of America"])
    assert.deepStrictEqual(near("BAX", "Bank of America"), [])
  })
})

describe("the servers that are asked", () => {
  const both = gathered(
    server("names", 1, ["product_names"], { list: [{ name: "Lamp" }] }),
    server("shop", 2, ["customers"], { list: [{ name: "Ann" }] })
  )
  const found = (name: string, type: string | null) =>
    Option.getOrUndefined(resolveEntity(name, type, both, options))?.server

  it("are all without a type", () => {
    assert.strictEqual(found("Lamp", null), "names")
    assert.strictEqual(found("Ann", null), "shop")
  })

  it("are those of the plural for a singular type, whatever its case and separators", () => {
    assert.strictEqual(found("Ann", "Customer"), "shop")
    assert.strictEqual(found("Lamp", "product name"), "names")
    assert.isUndefined(found("Lamp", "customer"))
  })
})
