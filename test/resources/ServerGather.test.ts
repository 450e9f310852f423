import { assert, describe, it } from "@effect/vitest"
import { Schema } from "effect"
import { keyed } from "../../src/resources/ServerGather.ts"

/** Few of each, so that names and URIs meet often; also each other's. */
const Word = Schema.Literals(["a", "b", "a (2)", "a (3)", "__proto__", "constructor", "B"])
const Resources = Schema.Array(Schema.Struct({ uri: Word, name: Word })).check(Schema.isMaxLength(7))

/** Each URI once, as a listing gives them. */
const listed = (all: typeof Resources.Type) => {
  const resources = [...new Map(all.map((resource) => [resource.uri, resource])).values()]
  return resources.map((resource) => ({ ...resource, size: 0, data: `content of ${resource.uri}` }))
}

describe("the resources of a server", () => {
  it.prop("are all there, whatever their names", [Resources], ([all]) => {
    const resources = listed(all)
    const uris = [...keyed(resources).values()].map(({ uri }) => uri)
    assert.deepStrictEqual(uris.toSorted(), resources.map(({ uri }) => uri).toSorted())
  })

  it.prop("are the same in whatever order they came", [Resources], ([all]) => {
    const resources = listed(all)
    const entries = [...keyed(resources)]
    assert.deepStrictEqual([...keyed(resources.toReversed())], entries)
    assert.deepStrictEqual([...keyed(resources.toSorted((one, other) => (one.uri < other.uri ? -1 : 1)))], entries)
  })

  it.prop("are found by name, the first by URI of those that share it, in order", [Resources], ([all]) => {
    const resources = listed(all)
    const map = keyed(resources)
    for (const { name } of resources) {
      const first = resources
        .filter((resource) => resource.name === name)
        .map(({ uri }) => uri)
        .toSorted()[0]
      assert.strictEqual(map.get(name)?.uri, first)
    }
    assert.deepStrictEqual([...map.keys()], [...map.keys()].toSorted())
  })
})
