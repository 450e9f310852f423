/** What the page is shown over: servers with everything a view can show, and ways to make what they take always the same. */
import type { Page } from "playwright-core"
import type { FakeScript } from "../../src/testing/index.ts"
import * as Servers from "../query/Servers.ts"

const products = [
  {
    id: "p-1",
    name: "Pulse Band",
    aliases: ["fitness band"],
    category: "Wearables",
    database_references: { "products.id": 17 }
  },
  { id: "p-2", name: "AeroBuds Pro", aliases: ["earbuds"], category: "Audio" },
  { id: "p-3", name: "AeroBuds Lite", aliases: ["earbuds"], category: "Audio" }
]

/** Says what products are called, and wins. */
export const catalog: FakeScript.FakeScript = {
  serverInfo: { name: "catalog-mcp", version: "2.3.0" },
  resources: [
    { uri: "catalog://products", name: "products", description: "What is sold, by its names", json: products },
    { uri: "catalog://notes", name: "notes", mimeType: "text/markdown", text: "# Notes\n\nPrices are in euros." }
  ]
}

/** Knows the products under other names, has the orders, and runs SQL. */
export const database: FakeScript.FakeScript = {
  ...Servers.databaseScript(
    Servers.rows(["name", "total_amount"], ["Pulse Band", 3027.5], ["AeroBuds Pro", 1674], ["AeroBuds Lite", -96.25])
  ),
  serverInfo: { name: "shop-db", version: "1.0.4" },
  resources: [
    { uri: "database://metadata", name: "database_metadata", json: Servers.schema },
    {
      uri: "database://products",
      name: "products",
      json: [{ id: "17", name: "Pulse Band", aliases: ["band"], category: "Sport" }]
    }
  ]
}

/** Lists, and cannot read. */
export const failing: FakeScript.FakeScript = {
  ...catalog,
  serverInfo: { name: "stock-mcp", version: "0.9.1" },
  faults: [{ at: "read", fault: { kind: "error", code: -32000, message: "the disk is gone" } }]
}

/** Gives the first of its resources, and keeps everybody waiting for the second. */
export const stalled: FakeScript.FakeScript = {
  ...database,
  faults: [{ at: "read", uri: "database://products", fault: { kind: "stall" } }]
}

/** The catalog, a while later. */
export const changed: FakeScript.FakeScript = {
  ...catalog,
  resources: [
    { uri: "catalog://products", name: "products", json: products.slice(0, 2) },
    { uri: "catalog://prices", name: "prices", json: [{ id: "p-1", price: 79 }] }
  ]
}

/** The database, which answers every statement so. */
export const answering = (reply: FakeScript.FakeTool["reply"]): FakeScript.FakeScript => ({
  ...database,
  ...Servers.databaseScript(reply, { resources: database.resources ?? [] })
})

export const servers = [
  { name: "Product catalog", domains: ["products"] },
  { name: "Shop database", domains: ["products", "orders"] },
  { name: "Stock", domains: ["stock"] }
]

/** Answered by the rules over `database`. */
export const question = "total amount by product name"
/** Not understood. */
export const puzzle = "total amount of zorkbands by product name"

const gathering = new Set(["connected", "listed", "read", "introspected", "gathered"])

/** The events of a gather in the order of their servers, which is another one each time. */
const sorted = (text: string): string => {
  const blocks = text.split("\n\n").filter((block) => block.startsWith("event: "))
  const early = blocks.filter((block) => gathering.has(/^event: (\w+)/.exec(block)?.[1] ?? ""))
  const serverOf = (block: string) => /"server":"(\w+)"/.exec(block)?.[1] ?? ""
  return [
    ...early.toSorted((one, other) => serverOf(one).localeCompare(serverOf(other))),
    ...blocks.filter((block) => !early.includes(block))
  ]
    .map((block) => `${block}\n\n`)
    .join("")
}

/** The counts of a process that has answered for a while. */
const measured = `
orchestrator_requests_active 1
orchestrator_servers_connected 3
orchestrator_requests_total{request="query",outcome="ok"} 118
orchestrator_requests_total{request="query",outcome="error"} 4
orchestrator_retries_total{server="server_3",operation="read",error_type="ServerError"} 7
orchestrator_rate_limit_waits_total{server="server_2"} 12
orchestrator_resources_total{server="server_1"} 1220
orchestrator_resource_bytes_total{server="server_1"} 8400000
orchestrator_request_duration_seconds_bucket{request="query",outcome="ok",le="0.05"} 80
orchestrator_request_duration_seconds_bucket{request="query",outcome="ok",le="0.1"} 110
orchestrator_request_duration_seconds_bucket{request="query",outcome="ok",le="1"} 118
orchestrator_request_duration_seconds_bucket{request="query",outcome="ok",le="+Inf"} 118
orchestrator_request_duration_seconds_count{request="query",outcome="ok"} 118
orchestrator_request_duration_seconds_count{request="query",outcome="error",error_type="NotUnderstood"} 4
mcp_client_operation_duration_seconds_bucket{server="server_1",outcome="ok",le="0.01"} 900
mcp_client_operation_duration_seconds_bucket{server="server_1",outcome="ok",le="0.1"} 1000
mcp_client_operation_duration_seconds_bucket{server="server_1",outcome="ok",le="+Inf"} 1000
mcp_client_operation_duration_seconds_count{server="server_1",outcome="ok"} 1000
`

const step = (name: string, server: string | null, offsetMs: number, durationMs: number, outcome = "ok") => ({
  name,
  server,
  offsetMs,
  durationMs,
  outcome
})

/** The last requests of such a process. */
const asked = [
  {
    requestId: "7f3a9c02e1b84d6695a0c8d2f417be53",
    kind: "query",
    beganAt: "2026-03-01T10:00:06.000Z",
    durationMs: null,
    outcome: null,
    errorType: null,
    steps: [step("list", "server_1", 2, 9), step("gather", "server_1", 1, 24)]
  },
  {
    requestId: "b41d07e8c95f4a2f8e6b3d10a7c2f964",
    kind: "gather",
    beganAt: "2026-03-01T10:00:04.000Z",
    durationMs: 31,
    outcome: "error",
    errorType: "ServerError",
    steps: [
      step("list", "server_1", 1, 8),
      step("list", "server_3", 1, 12),
      step("gather", "server_3", 0, 30, "error"),
      step("gather", "server_1", 0, 30, "interrupted"),
      step("gather", "server_2", 0, 30, "interrupted")
    ]
  },
  {
    requestId: "nightly-report-17",
    kind: "query",
    beganAt: "2026-03-01T10:00:01.000Z",
    durationMs: 148,
    outcome: "ok",
    errorType: null,
    steps: [
      step("connect", "server_1", 0, 14),
      step("connect", "server_2", 0, 22),
      step("list", "server_1", 14, 11),
      step("list", "server_2", 22, 9),
      step("gather", "server_1", 0, 41),
      step("introspect", "server_2", 38, 25),
      step("gather", "server_2", 0, 64),
      step("resolve", null, 65, 6),
      step("generate", null, 72, 18),
      step("execute", "server_2", 93, 54)
    ]
  }
]

/** Times are of every run its own: they are made the same, and the looks at the servers come at once, a dozen of them. */
export const steady = async (
  page: Page,
  options: {
    /** What `/metrics` answers. */
    readonly metrics?: string | undefined
    /** The requests that `/v1/requests` answers. */
    readonly requests?: ReadonlyArray<unknown> | undefined
    /** Events come as the server sends them: it does not end the stream. */
    readonly isLive?: boolean | undefined
  } = {}
): Promise<void> => {
  await page.addInitScript(`
    Date.prototype.toLocaleTimeString = () => "10:00:00"
    let now = 0
    performance.now = () => (now += 9)
    const [later, asked] = [setTimeout, fetch]
    let looks = 0
    fetch = (what, ...rest) => {
      if (what === "v1/servers") looks++
      return asked(what, ...rest)
    }
    setTimeout = (run, ms, ...rest) => later(run, ms === 5000 ? (looks < 12 ? 1 : 1e9) : ms, ...rest)
  `)
  let count = 0
  await page.route(/\/v1\//, async (route) => {
    if (options.isLive === true && route.request().url().endsWith("/events")) return route.continue()
    const response = await route.fetch()
    const text = (await response.text())
      .replaceAll(
        /"(durationMs|ms|gather|resolve|generate|execute)":\d+/g,
        (_, key) => `"${key}":${12 + ((count++ * 7) % 23)}`
      )
      .replace(/("execute":\d+,"total":)\d+/, "$148")
    await route.fulfill({ response, body: text.startsWith(":\n\n") ? sorted(text) : text })
  })
  await page.route(/\/v1\/requests$/, (route) => route.fulfill({ json: { requests: options.requests ?? asked } }))
  await page.route(/\/metrics$/, (route) =>
    route.fulfill({ body: options.metrics ?? measured, contentType: "text/plain" })
  )
}

/** A gather of so many resources as the API streams it: a server that has them takes half a minute to be read. */
export const gathers = async (page: Page, count: number): Promise<void> => {
  const names = Array.from({ length: count }, (_, index) => `r${index}`)
  const resources = {
    requestId: "r",
    generation: 1,
    servers: {
      server_1: {
        name: "Many",
        priority: 1,
        domains: ["products"],
        capabilities: ["list_resources"],
        schema: null,
        manifest: null,
        resources: Object.fromEntries(names.map((name) => [name, name])),
        listing: Object.fromEntries(names.map((name) => [name, { uri: `a://${name}`, name, size: name.length }]))
      }
    }
  }
  const events = [
    { event: "connected", data: { _tag: "Connected", server: "server_1" } },
    ...names.map((name, index) => ({
      event: "read",
      data: { _tag: "Read", server: "server_1", uri: `a://${name}`, bytes: name.length, done: index + 1, total: count }
    })),
    { event: "completed", data: { _tag: "Completed", resources } }
  ]
  const body = events.map(({ data, event }) => `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`).join("")
  await page.route(/\/v1\/gather\/events$/, (route) => route.fulfill({ body, contentType: "text/event-stream" }))
}
