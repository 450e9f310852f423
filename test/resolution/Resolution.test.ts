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

const order = ["exact", "normalized", "alias", "fuzzy"]

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
    "the best tier that any server reaches decides; in it the lowest priority number",
    { world: World, query: Query },
    (given) => {
      const resources = build(given.world)
      const alone = resources.servers.flatMap((one) => resolveIn(gathered(one), given.query) ?? [])
      const best = alone.toSorted(
        (left, right) => order.indexOf(left.match) - order.indexOf(right.match) || left.priority - right.priority
      )[0]
      const winner = resolveIn(resources, given.query)
      assert.deepStrictEqual(winner && { ...winner, conflicts: [] }, best && { ...best, conflicts: [] })
    }
  )

  it.prop(
    "a further server of worse priority changes the winner only by a better tier",
    { world: World, more: Server, query: Query },
    (given) => {
      const before = resolveIn(build(given.world), given.query)
      const after = resolveIn(build([...given.world, given.more]), given.query)
      if (before === undefined || after === undefined) return assert.isTrue(before === undefined)
      if (order.indexOf(after.match) < order.indexOf(before.match))
        return assert.strictEqual(after.server, `s${given.world.length}`)
      assert.deepStrictEqual({ ...after, conflicts: [] }, { ...before, conflicts: [] })
    }
  )

  it.prop("exact beats all", { world: World, item: Item }, ({ item, world }) => {
    const found = resolveIn(build([...world, { domains: ["products"], first: [item], second: [] }]), item.name)
    assert.strictEqual(found?.match, "exact")
    assert.strictEqual(found?.matchedName, item.name)
    assert.strictEqual(found?.score, 1)
  })

  it.prop(
    "a name resolves to itself, whatever it is",
    { name: Schema.String, other: Schema.String },
    ({ name, other }) => {
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
      assert.include(["exact", "normalized"], found?.match)
      // Of what differs only so, another server may have the very spelling.
      if (found?.match === "normalized") assert.strictEqual(found.server, "s0")
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
      for (const loser of losers) {
        assert.isTrue(
          order.indexOf(loser.match) > order.indexOf(found?.match ?? "") || loser.priority > (found?.priority ?? 0)
        )
      }
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
      assert.isAtLeast(found.score, options.threshold)
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

  it("an exact name of a worse priority beats an alias of a better one, which is reported", () => {
    const found = resolveIn(gathered(metadata, database), "Notebook")
    assert.strictEqual(found?.server, "database")
    assert.strictEqual(found?.match, "exact")
    assert.deepStrictEqual(
      found?.conflicts.map(({ match, matchedName, server: id }) => [id, match, matchedName]),
      [["metadata", "alias", "notebook"]]
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

  it("a name that two entities share is found, and said to be ambiguous", () => {
    const twins = gathered(
      server("s", 1, ["products"], {
        list: [
          { id: 1, name: "Ann Lee" },
          { id: 2, name: "Ann Lee" }
        ]
      })
    )
    const outcome = explainEntity("Ann Lee", "products", twins, options)
    assert.deepStrictEqual(outcome.entity?.path, [0])
    assert.deepStrictEqual(outcome.entity?.runnerUp, { name: "Ann Lee", score: 1 })
    assert.isTrue(outcome.ambiguous)
  })

  it("a product called as a category wins, and is said to be ambiguous", () => {
    const resources = { extra: { box: { name: "Cable", category: "Audio" } }, products: [{ name: "Audio" }] }
    const outcome = explainEntity("Audio", "products", gathered(server("s", 1, ["products"], resources)), options)
    assert.deepStrictEqual(outcome.entity?.members, [])
    assert.isTrue(outcome.ambiguous)
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
