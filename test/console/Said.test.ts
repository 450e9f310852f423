/** What the page says, word for word, in states that are easily overlooked. */
import { assert, layer } from "@effect/vitest"
import { Effect } from "effect"
import type { Page } from "playwright-core"
import type { FakeScript } from "../../src/testing/index.ts"
import { ask, serve } from "../http/Served.ts"
import { Chromium, isInstalled, unless } from "./Chromium.ts"
import { catalog, database, failing, puzzle, question, servers } from "./Shop.ts"

const opened = Effect.fnUntraced(function* (
  view: string,
  scripts: ReadonlyArray<FakeScript.FakeScript> = [catalog, database]
) {
  const { bundle, open } = yield* Chromium
  const { url } = yield* serve({ scripts, servers, console: [bundle] })
  const page = yield* open()
  yield* Effect.promise(() => page.goto(`${url}/console#${view}`))
  return page
})

const lookUp = (page: Page, name: string) =>
  page
    .getByRole("textbox", { name: "Name" })
    .fill(name)
    .then(() => page.getByRole("button", { name: "Look up" }).click())

layer(Chromium.layer, { excludeTestServices: true })("the page says", (it) => {
  it.effect.skipIf(!isInstalled)(`what was understood of a server, with blanks between words${unless}`, () =>
    Effect.gen(function* () {
      const page = yield* opened("servers")
      yield* Effect.promise(async () => {
        await page
          .getByText(/^\d+ entit/)
          .first()
          .click()
        const details = page.locator("details", { hasText: "read" }).first()
        assert.match(await details.locator("p").innerText(), /^2 resources read, \d/)
        assert.deepStrictEqual(await details.locator("li").allInnerTexts(), ["notes: text", "products: 3 entities"])
      })
    })
  )

  it.effect.skipIf(!isInstalled)(
    `the last error of a server, and what to do about it, also when it delivers again${unless}`,
    () =>
      Effect.gen(function* () {
        const { bundle, open } = yield* Chromium
        const { fakes, url } = yield* serve({ scripts: [catalog, database, failing], servers, console: [bundle] })
        const page = yield* open()
        yield* Effect.promise(async () => {
          await page.goto(`${url}/console`)
          await page.locator(".failure").getByText("the disk is gone").waitFor()
          assert.strictEqual(await page.getByText("Last error").count(), 0)
        })
        yield* fakes[2]!.setScript({ ...failing, faults: [] })
        yield* Effect.promise(async () => {
          await page.getByRole("button", { name: "Validate now" }).click()
          await page.getByText("All servers deliver").waitFor()
          const last = await page.locator(".failure").allInnerTexts()
          assert.lengthOf(last, 1)
          assert.match(
            last[0]?.trim() ?? "",
            /^Last error at [\d:]{8}: read · \w+ .*the disk is gone.*\s+What to do: \w/s
          )
        })
      })
  )

  it.effect.skipIf(!isInstalled)(`who else claims a name, in any spelling, by what one gather read${unless}`, () =>
    Effect.gen(function* () {
      const named = (name: string): FakeScript.FakeScript => ({
        ...catalog,
        resources: [{ uri: "a://names", name: "names", json: [{ id: "1", name }] }]
      })
      const page = yield* opened("names", [named("Café-Crème Bands"), named("cafe creme band")])
      yield* Effect.promise(async () => {
        const asked: Array<string> = []
        page.on("request", (request) => asked.push(`${request.method()} ${new URL(request.url()).pathname}`))
        await page.getByRole("button", { name: "Find all conflicts" }).click()
        const conflicts = page.getByRole("region", { name: "Conflicts in products" })
        await conflicts.waitFor()
        assert.deepStrictEqual(await conflicts.locator("tbody td").allTextContents(), [
          "Café-Crème Bands",
          "server_1",
          "server_2"
        ])
        assert.deepStrictEqual(asked, ["GET /v1/vocabulary"])
      })
    })
  )

  it.effect.skipIf(!isInstalled)(`once what to do about a name that nobody knows${unless}`, () =>
    Effect.gen(function* () {
      const page = yield* opened("names")
      yield* Effect.promise(async () => {
        await lookUp(page, "zorkband")
        const said = await page.getByRole("alert").innerText()
        assert.strictEqual(said.split("Give the name as a server publishes it").length, 2, said)
        assert.include(said, "What to do: Give the name")
      })
    })
  )

  it.effect.skipIf(!isInstalled)(`nothing of steps and servers where there were none${unless}`, () =>
    Effect.gen(function* () {
      const page = yield* opened("ask")
      yield* Effect.promise(async () => {
        const body = `event: failed\ndata: ${JSON.stringify({ title: "Down", detail: "all of it" })}\n\n`
        await page.route(/\/events$/, (route) => route.fulfill({ body, contentType: "text/event-stream" }))
        await page.getByRole("combobox").fill("anything")
        await page.getByRole("combobox").press("Enter")
        await page.getByRole("alert").waitFor()
        assert.strictEqual(await page.getByText("0 steps").count(), 0)
        await page.getByRole("link", { name: "Gather" }).click()
        await page.getByRole("button", { name: "Gather now" }).click()
        await page.getByRole("alert").waitFor()
        assert.strictEqual(await page.getByRole("region", { name: "Waterfall" }).count(), 0)
      })
    })
  )

  it.effect.skipIf(!isInstalled)(`in sight what to do about a server, also on a telephone${unless}`, () =>
    Effect.gen(function* () {
      const page = yield* opened("servers", [catalog, failing])
      yield* Effect.promise(async () => {
        await page.setViewportSize({ width: 360, height: 800 })
        const told = page.locator(".failure p", { hasText: "What to do:" })
        const { width, x } = (await told.boundingBox()) ?? { width: 0, x: 0 }
        assert.isAtMost(x + width, 360)
        assert.isAbove(width, 180)
      })
    })
  )

  it.effect.skipIf(!isInstalled)(
    `who asked last and where the time went, in words what was asked here alone${unless}`,
    () =>
      Effect.gen(function* () {
        const { bundle, open } = yield* Chromium
        const { url } = yield* serve({ scripts: [catalog, database], servers, console: [bundle] })
        const page = yield* open()
        yield* Effect.promise(async () => {
          await page.goto(`${url}/console#ask`)
          await page.getByText(/They know/).waitFor()
          await page.getByRole("combobox").fill(question)
          await page.getByRole("combobox").press("Enter")
          await page.getByRole("heading", { name: "Rows" }).waitFor()
        })
        yield* ask(`${url}/v1/query`, { json: { question: puzzle, requestId: "others-1" } })
        yield* Effect.promise(async () => {
          await page.getByRole("link", { name: "Health" }).click()
          const recent = page.getByRole("region", { name: "Recent requests" })
          await recent.waitFor()
          const cells = (column: number) => recent.locator(`tbody td:nth-child(${column})`).allInnerTexts()
          assert.deepStrictEqual(
            (await cells(2)).map((text) => text.replace(/\n[\da-f]{32}$/, "")),
            ["query\nothers-1", `query: ${question}`, "vocabulary"]
          )
          assert.deepStrictEqual(await cells(3), ["NotUnderstood", "ok", "ok"])
          const lane = (await recent.getByRole("img").nth(1).getAttribute("aria-label")) ?? ""
          for (const step of [
            "server_1 gather",
            "server_2 gather",
            "server_2 list",
            "resolve",
            "generate",
            "server_2 execute"
          ]) {
            assert.match(lane, new RegExp(`(?:^|, )${step} \\d+ ms`))
          }
        })
      })
  )

  it.effect.skipIf(!isInstalled)(`how many conflicts it shows, where it does not show all${unless}`, () =>
    Effect.gen(function* () {
      const page = yield* opened("names")
      yield* Effect.promise(async () => {
        const entities = Array.from({ length: 501 }, (_, index) =>
          ["server_1", "server_2"].map((server) => ({
            name: `n${index}`,
            aliases: [],
            keys: [`n${index}`],
            members: [],
            server,
            uri: "a://b"
          }))
        )
        const claiming = ["server_1", "server_2"].map((server) => ({ server, priority: 1, domains: ["products"] }))
        const json = {
          servers: claiming,
          entities: entities.flat(),
          terms: [],
          databases: [],
          requestId: "r",
          generation: 1
        }
        await page.route(/\/v1\/vocabulary$/, (route) => route.fulfill({ json }))
        await page.getByRole("button", { name: "Find all conflicts" }).click()
        await page.getByRole("region", { name: "Conflicts in products" }).waitFor()
        const heading = await page.getByRole("heading", { name: "products" }).innerText()
        assert.strictEqual(heading, "products (501 names, the first 500 are shown)")
      })
    })
  )
})
