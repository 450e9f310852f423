import { assert, describe, it } from "@effect/vitest"
import { Effect, Option, Schema } from "effect"
import * as ConfigLoader from "../../src/config/ConfigLoader.ts"
import * as ResourceUris from "../../src/mcp/ResourceUris.ts"
import type { Options } from "../../src/mcp/Server.ts"
import { type FakeScript, FakeServer } from "../../src/testing/index.ts"
import * as Shop from "../telemetry/shop.ts"
import * as Door from "./Door.ts"

/** A door before servers of these scripts, `server_1` and so on, and a client at it. */
const open = Effect.fnUntraced(function* (
  scripts: ReadonlyArray<FakeScript.FakeScript>,
  options: Options = {},
  entries: ReadonlyArray<{ readonly [key: string]: unknown }> = []
) {
  const servers = yield* Effect.forEach(scripts, (script) => FakeServer.make(script))
  const config = yield* ConfigLoader.fromUnknown(
    FakeServer.orchestratorConfig(servers, {
      servers: entries,
      orchestration: { retry: { attempts: 2, base_delay: "1 millis" } }
    })
  )
  const client = yield* Door.connect(yield* Door.open(Shop.orchestrator(config), options))
  const pages = Effect.fnUntraced(function* () {
    const pages: Array<ReadonlyArray<string>> = []
    let cursor: string | undefined
    do {
      const params = cursor === undefined ? {} : { cursor }
      const page = yield* Effect.promise(() => client.listResources(params))
      pages.push(page.resources.map(({ uri }) => uri))
      cursor = page.nextCursor
    } while (cursor !== undefined)
    return pages
  })
  const read = (uri: string) => Effect.promise(() => client.readResource({ uri }))
  const refused = (uri: string) =>
    Effect.map(Effect.flip(Effect.tryPromise(() => client.readResource({ uri }))), ({ cause }) => String(cause))
  return { client, pages, read, refused, servers }
})

const text = (uri: string, words = uri) => ({ uri, name: uri, text: words })

describe("URIs", () => {
  it.prop(
    "name the server and its own URI, whatever both are",
    [Schema.NonEmptyString, Schema.String],
    ([server, uri]) => {
      // A lone surrogate has no UTF-8; ids are checked to be letters and digits.
      const id = server.toWellFormed()
      assert.deepStrictEqual(ResourceUris.parse(ResourceUris.of(id, uri)), Option.some({ server: id, uri }))
    }
  )

  it("of others are none of ours", () => {
    for (const uri of [
      "",
      "database://metadata",
      "orchestrator://server",
      "orchestrator:/a/b",
      "orchestrator://%zz/b"
    ]) {
      assert.deepStrictEqual(ResourceUris.parse(uri), Option.none())
    }
  })

  it("are the same after a client has parsed them", () => {
    for (const uri of [
      "database://metadata",
      "postgres://reader@host:5432/shop/orders/schema",
      "file:///a/b.txt",
      "crm://x?y=1&z=%20#f"
    ]) {
      const given = ResourceUris.of("database_mcp", uri)
      assert.strictEqual(new URL(given).href, given)
    }
  })
})

describe("resources/list", () => {
  it.live("lists the resources of all servers, in the order of priorities and URIs, on pages", () =>
    Effect.gen(function* () {
      const { pages } = yield* open(
        [{ resources: [text("b://2"), text("a://1"), text("c://3")], pageSize: 2 }, { resources: [text("a://1")] }],
        { pageSize: 3 }
      )
      assert.deepStrictEqual(yield* pages(), [
        ["orchestrator://server_1/a://1", "orchestrator://server_1/b://2", "orchestrator://server_1/c://3"],
        ["orchestrator://server_2/a://1"]
      ])
    })
  )

  it.live("tells what the servers say of a resource", () =>
    Effect.gen(function* () {
      const { client } = yield* open([
        {
          resources: [
            { ...text("a://1"), name: "one", title: "One", description: "The first", mimeType: "text/markdown" }
          ]
        }
      ])
      const { resources } = yield* Effect.promise(() => client.listResources())
      assert.deepStrictEqual(resources, [
        {
          uri: "orchestrator://server_1/a://1",
          name: "one",
          title: "One",
          description: "The first",
          mimeType: "text/markdown"
        }
      ])
    })
  )

  it.live("asks the servers anew each time, and reads nothing", () =>
    Effect.gen(function* () {
      const { pages, servers } = yield* open([{ resources: [text("a://1")] }])
      const [server] = servers
      assert(server !== undefined)
      assert.deepStrictEqual((yield* pages()).flat(), ["orchestrator://server_1/a://1"])
      yield* server.setScript({ resources: [text("a://2")] })
      assert.deepStrictEqual((yield* pages()).flat(), ["orchestrator://server_1/a://2"])
      const { requests } = yield* server.counters
      assert.deepStrictEqual([requests["resources/list"], requests["resources/read"]], [2, undefined])
    })
  )

  it.live("a page begins after the last entry of the one before, whatever came or went", () =>
    Effect.gen(function* () {
      const { client, servers } = yield* open([{ resources: [text("a"), text("b"), text("d")] }], { pageSize: 2 })
      const { nextCursor = "" } = yield* Effect.promise(() => client.listResources())
      yield* servers[0]?.setScript({ resources: [text("a"), text("c"), text("d")] }) ?? Effect.void
      const { resources } = yield* Effect.promise(() => client.listResources({ cursor: nextCursor }))
      assert.deepStrictEqual(
        resources.map(({ name }) => name),
        ["c", "d"]
      )
    })
  )

  it.live("a cursor that was never given is refused", () =>
    Effect.gen(function* () {
      const { client } = yield* open([{ resources: [text("a")] }])
      for (const cursor of ["x", "W10", Buffer.from('["gone","a"]').toString("base64url")]) {
        const error = yield* Effect.flip(Effect.tryPromise(() => client.listResources({ cursor })))
        assert.match(String(error.cause), /-32602: Invalid cursor/)
      }
    })
  )

  it.live("is an error that names the server when one fails, never a part of the list", () =>
    Effect.gen(function* () {
      const { client } = yield* open([
        { resources: [text("a")] },
        { resources: [text("b")], faults: [{ at: "list", fault: { kind: "error" } }] }
      ])
      const error = yield* Effect.flip(Effect.tryPromise(() => client.listResources()))
      assert.match(String(error.cause), /-32603: cannot list the resources of server_2/)
      assert.nestedPropertyVal(error.cause, "data.error._tag", "ResourceFetchError")
    })
  )

  it.live("leaves out what the configuration excludes, and servers that declare no resources", () =>
    Effect.gen(function* () {
      const { pages, refused } = yield* open(
        [{ resources: [text("a://open"), text("a://secret/one")] }, { resources: [text("b://1")], tools: [] }],
        {},
        [{ resources: { exclude: ["a://secret/*"] } }, { capabilities: ["other"] }]
      )
      assert.deepStrictEqual((yield* pages()).flat(), ["orchestrator://server_1/a://open"])
      for (const uri of ["a://secret/one", "a://s%65cret/one", "a://x/../secret/one", "a://secret/./one"]) {
        assert.match(yield* refused(`orchestrator://server_1/${uri}`), /-32002: Resource not found/)
      }
      assert.match(yield* refused("orchestrator://server_2/b://1"), /-32002: Resource not found/)
    })
  )
})

describe("resources/read", () => {
  it.live("gives the contents as the server gave them: texts, bytes, several", () =>
    Effect.gen(function* () {
      const several = [
        { uri: "a://many", mimeType: "text/plain", text: "one" },
        { uri: "a://many/2", blob: "AAEC" }
      ]
      const { read } = yield* open([
        {
          resources: [
            { ...text("a://text", '{"a": 1}\n'), mimeType: "text/plain" },
            { uri: "a://bytes", name: "bytes", mimeType: "image/png", blob: "AAEC" },
            { uri: "a://many", name: "many", contents: several }
          ]
        }
      ])
      assert.deepStrictEqual(yield* read("orchestrator://server_1/a://text"), {
        contents: [{ uri: "orchestrator://server_1/a://text", mimeType: "text/plain", text: '{"a": 1}\n' }]
      })
      assert.deepStrictEqual(yield* read("orchestrator://server_1/a://bytes"), {
        contents: [{ uri: "orchestrator://server_1/a://bytes", mimeType: "image/png", blob: "AAEC" }]
      })
      assert.deepStrictEqual(yield* read("orchestrator://server_1/a://many"), {
        contents: several.map((content) => ({ ...content, uri: `orchestrator://server_1/${content.uri}` }))
      })
    })
  )

  it.live("asks the one server, anew each time", () =>
    Effect.gen(function* () {
      const { read, servers } = yield* open([{ resources: [text("a", "old")] }, { resources: [text("b")] }])
      const [one, other] = servers
      assert(one !== undefined && other !== undefined)
      yield* read("orchestrator://server_1/a")
      yield* one.setScript({ resources: [text("a", "new")] })
      const { contents } = yield* read("orchestrator://server_1/a")
      assert.deepInclude(contents[0], { text: "new" })
      assert.strictEqual((yield* other.counters).sessions.total, 0)
    })
  )

  it.live("of what does not exist is the specification's error, also where the server says so", () =>
    Effect.gen(function* () {
      const { refused } = yield* open([{ resources: [text("a")] }])
      for (const uri of [
        "orchestrator://server_1/missing",
        "orchestrator://server_9/a",
        "a",
        "orchestrator://server_1"
      ]) {
        assert.match(yield* refused(uri), /-32002: Resource not found/)
      }
    })
  )

  it.live("fails with the tagged error when the server does, or when the resource is too large", () =>
    Effect.gen(function* () {
      const { refused, servers } = yield* open([{ resources: [text("a", "x".repeat(9 * 1024 * 1024))] }])
      assert.match(yield* refused("orchestrator://server_1/a"), /-32603: cannot read .*server_1/)
      yield* servers[0]?.kill ?? Effect.void
      assert.match(yield* refused("orchestrator://server_1/a"), /-32603: cannot connect to server_1/)
    })
  )

  it.live("a secret in a URI is masked in the list, and the masked URI can be read", () =>
    Effect.gen(function* () {
      const secret = "hunter2hunter2"
      const uri = `postgres://reader:${secret}@host/shop/orders/schema?token=${secret}`
      const { pages, read } = yield* open([{ resources: [text(uri, "columns"), text("a://b")] }])
      const [, listed = ""] = (yield* pages()).flat()
      assert.notInclude(listed, secret)
      const answer = yield* read(listed)
      assert.deepInclude(answer.contents[0], { uri: listed, text: "columns" })
      // Python's client parses a URI, which encodes its brackets.
      const encoded = yield* read(listed.replaceAll("<", "%3C").replaceAll(">", "%3E"))
      assert.deepInclude(encoded.contents[0], { text: "columns" })
    })
  )
})

describe("resources/templates/list", () => {
  it.live("lists the templates of all servers, and what comes of one can be read", () =>
    Effect.gen(function* () {
      const { client, read } = yield* open(
        [
          { templates: ["users://{id}", "secret://{id}"], resources: [text("users://7", "seven")] },
          { capabilities: { resources: {} }, resources: [] }
        ],
        {},
        [{ resources: { exclude: ["secret://*"] } }]
      )
      const { resourceTemplates } = yield* Effect.promise(() => client.listResourceTemplates())
      assert.deepStrictEqual(
        resourceTemplates.map(({ uriTemplate }) => uriTemplate),
        ["orchestrator://server_1/users://{id}"]
      )
      const { contents } = yield* read("orchestrator://server_1/users://7")
      assert.deepInclude(contents[0], { text: "seven" })
    })
  )
})
