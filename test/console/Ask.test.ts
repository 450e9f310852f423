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

const read = (server: string, done: number): Event => ({
  event: "read",
  data: { _tag: "Read", server, uri: `a://${done}`, bytes: 10, done, total: 50 }
})

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

  it.effect.skipIf(!isInstalled)(`shows the last read of each server, also where servers take turns${unless}`, () =>
    Effect.gen(function* () {
      const turns = Array.from({ length: 50 }, (_, index) => index + 1)
      const page = yield* asked([...turns.flatMap((done) => [read("server_1", done), read("server_2", done)]), failed])
      yield* Effect.promise(async () => {
        await page.getByText("2 steps").click()
        assert.deepStrictEqual(await page.locator(".steps li").allTextContents(), [
          "server_1: read 50 of 50, the last of 10 B",
          "server_2: read 50 of 50, the last of 10 B"
        ])
      })
    })
  )

  it.effect.skipIf(!isInstalled)(`is answered digit for digit, beyond the integers of JavaScript${unless}`, () =>
    Effect.gen(function* () {
      const { bundle, open } = yield* Chromium
      const { url } = yield* serve({ scripts: [catalog, database], servers, console: [bundle] })
      const page = yield* open()
      yield* Effect.promise(async () => {
        // What the server answers, but for one number.
        await page.route(/\/v1\/query\/events$/, async (route) => {
          const response = await route.fetch()
          await route.fulfill({ response, body: (await response.text()).replace("3027.5", "9007199254740993") })
        })
        await page.goto(`${url}/console#ask`)
        await page.getByRole("combobox").fill(question)
        await page.getByRole("combobox").press("Enter")
        const rows = page.getByRole("region", { name: "Rows of the answer" })
        await rows.getByText("9007199254740993").waitFor()
        await rows.getByText("1674").waitFor()
      })
    })
  )
})
