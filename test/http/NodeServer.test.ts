import { assert, it } from "@effect/vitest"
import { Effect, Fiber } from "effect"
import { subscribe, unsubscribe } from "node:diagnostics_channel"
import { once } from "node:events"
import * as NodeServer from "../../src/http/NodeServer.ts"

const listening = Effect.acquireRelease(
  Effect.promise(async () => {
    const server = NodeServer.make({})
    await once(server.listen(0, "127.0.0.1"), "listening")
    const address = server.address()
    return { server, url: `http://127.0.0.1:${address !== null && typeof address === "object" ? address.port : 0}` }
  }),
  ({ server }) => Effect.sync(() => server.close())
)

/** A request of this process has been read: Node tells it without a listener, which would count as a handler. */
const arrived = Effect.callback<void>((resume) => {
  const tell = () => resume(Effect.void)
  subscribe("http.server.request.start", tell)
  return Effect.sync(() => unsubscribe("http.server.request.start", tell))
})

const ask = (url: string) =>
  Effect.promise((signal) => fetch(url, { signal }).then(({ headers, status }) => ({ headers, status })))

it.live("requests before the first handler are answered by it, those after the last one are sent elsewhere", () =>
  Effect.gen(function* () {
    const { server, url } = yield* listening
    const coming = yield* Effect.forkChild(arrived, { startImmediately: true })
    const early = yield* Effect.forkChild(ask(url))
    yield* Fiber.join(coming)
    const handler = (_: unknown, response: { end: (text: string) => void }) => response.end("served")
    server.on("request", handler)
    assert.strictEqual((yield* Fiber.join(early)).status, 200)
    assert.strictEqual((yield* ask(url)).status, 200)
    server.off("request", handler)
    const late = yield* ask(url)
    assert.strictEqual(late.status, 503)
    assert.strictEqual(late.headers.get("retry-after"), "1")
  })
)
