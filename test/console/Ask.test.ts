/** What the view of questions tells while a question is on its way, and when it comes back without an answer. */
import { assert, layer } from "@effect/vitest"
import { Effect } from "effect"
import type { Page } from "playwright-core"
import { serve } from "../http/Served.ts"
import { Chromium, isInstalled, unless } from "./Chromium.ts"
import { catalog, database, question, servers } from "./Shop.ts"

type Event = { readonly event: string; readonly data: unknown }

/** The API answers every question with these events. */
const answers = (page: Page, events: ReadonlyArray<Event>) =>
  page.route(/\/v1\/query\/events$/, (route) =>
    route.fulfill({
      body: events.map(({ data, event }) => `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`).join(""),
      contentType: "text/event-stream"
    })
  )

/** Nothing in it helps to say the question in other words. */
const failed: Event = {
  event: "failed",
  data: {
    status: 502,
    title: "A server cannot deliver",
    detail: "the disk is gone",
    error: { _tag: "ServerFailed", detail: "the disk is gone", remedy: "Mend the disk." }
  }
}

const asked = Effect.fnUntraced(function* (events: ReadonlyArray<Event>) {
  const { bundle, open } = yield* Chromium
  const { url } = yield* serve({ scripts: [catalog, database], servers, console: [bundle] })
  const page = yield* open()
  yield* Effect.promise(async () => {
    await answers(page, events)
    await page.goto(`${url}/console#ask`)
    await page.getByRole("combobox").fill(question)
    await page.getByRole("combobox").press("Enter")
    await page.getByRole("alert").waitFor()
  })
  return page
})

layer(Chromium.layer, { excludeTestServices: true })("a question", (it) => {
  it.effect.skipIf(!isInstalled)(`has no heading over other words where there are none${unless}`, () =>
    Effect.gen(function* () {
      const page = yield* asked([failed])
      yield* Effect.promise(async () => {
        assert.strictEqual(await page.getByRole("heading", { name: "Ask instead" }).count(), 0)
      })
    })
  )
})
