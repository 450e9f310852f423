/** The page as a whole, in a real browser: who may see it, what it may do, and what becomes of it without its server. */
import { assert, layer } from "@effect/vitest"
import { Effect } from "effect"
import type { Page } from "playwright-core"
import { readFileSync } from "node:fs"
import type { FakeScript } from "../../src/testing/index.ts"
import { ask, serve, token } from "../http/Served.ts"
import * as Servers from "../query/Servers.ts"
import { Chromium, complaints, isInstalled, unless, violations } from "./Chromium.ts"
import { matches } from "./Screenshot.ts"
import { catalog, database, gathers, question, servers } from "./Shop.ts"

const scripts = [catalog, database]

/** Were any of it taken for markup, it would run, load or break something. */
const canary = `<img src="canary:x" onerror="alert(1)"><script>alert(2)</script><b>"bold"</b>`

/** A server that says it wherever a server may say something. */
const hostile: FakeScript.FakeScript = {
  ...Servers.databaseScript(Servers.rows([`n${canary}`, "total"], [canary, 1], [`2${canary}`, 2])),
  serverInfo: { name: canary, version: canary },
  resources: [
    { uri: "database://metadata", name: "database_metadata", json: Servers.schema },
    {
      uri: "x://canary",
      name: canary,
      title: canary,
      description: canary,
      json: [{ id: "1", name: `Band ${canary}`, aliases: ["fitness band", canary], [canary]: canary }]
    }
  ]
}
const other: FakeScript.FakeScript = {
  serverInfo: { name: canary, version: canary },
  resources: [{ uri: "y://canary", name: "y", json: [{ id: "2", name: "fitness band", [canary]: `other ${canary}` }] }]
}
const angry: FakeScript.FakeScript = {
  ...other,
  faults: [{ at: "read", fault: { kind: "error", code: -32000, message: canary } }]
}

const nothingRan = async (page: Page) => {
  assert.strictEqual(await page.locator("#app img, #app script, #app b").count(), 0)
}

/** Sums up how far what is on the page was moved by what came later; also by what a key or a click has brought. */
const observing = `
  globalThis.shifted = 0
  const count = (entries) => entries.forEach(({ value }) => (shifted += value))
  globalThis.shifts = new PerformanceObserver((list) => count(list.getEntries()))
  shifts.observe({ type: "layout-shift", buffered: true })
`

/** What was drawn is on the screen: the frame after the next one begins. */
const painted = "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"

/** A fifth of what Google allows a page that does not jump (https://web.dev/articles/cls). */
const holdsStill = async (page: Page) => {
  await page.evaluate(painted)
  await page.evaluate("shifts.takeRecords().forEach(({ value }) => (shifted += value))")
  assert.isBelow(await page.evaluate<number>("shifted"), 0.02)
  assert.strictEqual(await page.evaluate<number>("document.getAnimations().length"), 0)
}

/** The names of what Tab comes to, from the beginning of the page to its end; each of it shows that it has the focus. */
const walked = async (page: Page): Promise<Array<string>> => {
  await page.evaluate("document.body.tabIndex = -1, document.body.focus()")
  const names: Array<string> = []
  for (let keys = 0; keys < 60; keys++) {
    await page.keyboard.press("Tab")
    const [name, isShown] = await page.evaluate<[string | null, boolean]>(`{
      const focused = document.activeElement
      const label = focused.ariaLabel ?? focused.labels?.[0]?.textContent ?? focused.textContent
      const end = focused === document.body || focused === document.documentElement
      ;[end ? null : label.trim(), getComputedStyle(focused).outlineStyle !== "none"]
    }`)
    if (name === null) break
    assert.isTrue(isShown, `${name} does not show that it has the focus`)
    names.push(name)
  }
  return names
}

layer(Chromium.layer, { excludeTestServices: true })("the page", (it) => {
  it.effect.skipIf(!isInstalled)(`shows what servers say as text, in every view${unless}`, () =>
    Effect.gen(function* () {
      const { bundle, open } = yield* Chromium
      const { fakes, url } = yield* serve({ scripts: [hostile, other], console: [bundle] })
      const page = yield* open()
      const broken = complaints(page, url)
      const shows = (text: string) => page.getByText(text, { exact: false }).first().waitFor()
      yield* Effect.promise(async () => {
        await page.goto(`${url}/console`)
        await shows("<img src=")
        await page.getByText(/entit/).first().click()
        await nothingRan(page)

        await page.getByRole("link", { name: "Ask" }).click()
        await page.getByText(/They know/).waitFor()
        await page.getByRole("combobox").pressSequentially("ban")
        await page.getByRole("option").first().waitFor()
        await nothingRan(page)
        await page.getByRole("combobox").fill(question)
        await page.getByRole("combobox").press("Enter")
        await page.getByRole("region", { name: "Rows of the answer" }).getByText("<img src=").first().waitFor()
        await nothingRan(page)
        await page.getByRole("combobox").fill(`total ${canary}`)
        await page.getByRole("combobox").press("Enter")
        await page.getByRole("alert").waitFor()
        await nothingRan(page)

        await page.getByRole("link", { name: "Names" }).click()
        await page.getByRole("textbox", { name: "Name" }).fill("fitness band")
        await page.getByRole("button", { name: "Look up" }).click()
        await page.getByRole("region", { name: "What each server says" }).getByText("other <img").waitFor()
        await page.getByRole("button", { name: "Find all conflicts" }).click()
        await page.getByRole("region", { name: "Conflicts in products" }).waitFor()
        await nothingRan(page)

        await page.getByRole("link", { name: "Gather" }).click()
        await page.getByRole("button", { name: "Gather now" }).click()
        await page.getByRole("region", { name: "Resources" }).getByRole("button", { name: "<img src=" }).click()
        for (const form of ["Tree", "Table", "Text"]) {
          await page.getByRole("button", { name: form, exact: true }).click()
          await nothingRan(page)
        }
        await page.getByRole("link", { name: "Health" }).click()
        await shows("<img src=")
        await nothingRan(page)
      })
      yield* fakes[1]!.setScript(angry)
      yield* Effect.promise(async () => {
        await page.getByRole("link", { name: "Servers" }).click()
        await page.getByRole("button", { name: "Validate now" }).click()
        await page.locator(".failure").getByText("<img src=").waitFor()
        await nothingRan(page)
      })
      assert.deepStrictEqual(broken, [])
    })
  )

  it.effect.skipIf(!isInstalled)(`takes a token once, keeps it in memory, and says when it is wrong${unless}`, () =>
    Effect.gen(function* () {
      const { bundle, open } = yield* Chromium
      const { url } = yield* serve({ scripts, servers, server: { token }, console: [bundle] })
      const page = yield* open()
      const broken = complaints(page, url)
      yield* Effect.promise(async () => {
        await page.goto(`${url}/console`)
        await page.getByRole("heading", { name: "A token is needed" }).waitFor()
        assert.deepStrictEqual(await violations(page), [])
        await matches(page, "token")
        await page.getByLabel("Token").fill("Schlüssel €")
        await page.getByRole("button", { name: "Enter" }).click()
        await page.getByText("That is not the token").waitFor()
        await page.getByLabel("Token").fill("another")
        await page.getByRole("button", { name: "Enter" }).click()
        await page.getByText("That is not the token").waitFor()
        assert.deepStrictEqual(await violations(page), [])
        await page.getByLabel("Token").fill(token)
        await page.getByLabel("Token").press("Enter")
        await page.getByText("catalog-mcp").waitFor()
        const kept = await page.evaluate<string>(
          `JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie, location.href, document.documentElement.outerHTML])`
        )
        assert.notInclude(kept, token)
        await page.reload()
        await page.getByRole("heading", { name: "A token is needed" }).waitFor()
      })
      assert.deepStrictEqual(broken, [])
    })
  )

  it.effect.skipIf(!isInstalled)(`goes on by itself when a server that went away is back${unless}`, () =>
    Effect.gen(function* () {
      const { bundle, open } = yield* Chromium
      const first = yield* serve({ scripts, servers, console: [bundle] })
      const page = yield* open()
      yield* Effect.promise(async () => {
        await page.goto(`${first.url}/console#ask`)
        await page.getByText(/They know/).waitFor()
        await page.getByRole("combobox").fill("half a quest")
      })
      yield* first.close
      yield* Effect.promise(async () => {
        await page.getByRole("combobox").fill(question)
        await page.getByRole("button", { name: "Ask", exact: true }).click()
        await page.getByText("The server is gone.").waitFor()
        assert.deepStrictEqual(await violations(page), [])
        await matches(page, "gone")
      })
      yield* serve({ scripts, servers, server: { port: first.port }, console: [bundle] })
      yield* Effect.promise(async () => {
        await page.getByText("The server is gone.").waitFor({ state: "detached" })
        // What was typed is still there, and can be asked.
        assert.strictEqual(await page.getByRole("combobox").inputValue(), question)
        await page.getByRole("button", { name: "Ask", exact: true }).click()
        await page.getByRole("heading", { name: "Rows" }).waitFor()
      })
    })
  )

  it.effect.skipIf(!isInstalled)(`can be used with a keyboard alone, from the first key to an answer${unless}`, () =>
    Effect.gen(function* () {
      const { bundle, open } = yield* Chromium
      const { url } = yield* serve({ scripts, servers, console: [bundle] })
      const page = yield* open()
      const { keyboard } = page
      const focused = () =>
        page.evaluate<string>("document.activeElement.textContent || document.activeElement.tagName")
      yield* Effect.promise(async () => {
        await page.goto(`${url}/console`)
        await page.getByText("catalog-mcp").waitFor()
        await keyboard.press("Tab")
        assert.strictEqual(await focused(), "Skip to the content")
        await keyboard.press("Tab")
        await keyboard.press("Tab")
        assert.strictEqual(await focused(), "Ask")
        await keyboard.press("Enter")
        await page.getByText(/They know/).waitFor()
        for (let keys = 0; (await focused()) !== "INPUT" && keys < 10; keys++) await keyboard.press("Tab")
        await keyboard.type("total amount of fitn")
        await page.getByRole("option", { name: "fitness band" }).waitFor()
        await keyboard.press("ArrowDown")
        await keyboard.press("Enter")
        await keyboard.press("Enter")
        await page.getByRole("heading", { name: "Rows" }).waitFor()
        // Sorting and the rows themselves are reached, too.
        const seen = new Set<string>()
        for (let keys = 0; keys < 40; keys++) {
          await keyboard.press("Tab")
          seen.add(
            await page.evaluate<string>("document.activeElement.ariaLabel || document.activeElement.textContent.trim()")
          )
        }
        for (const name of ["Copy SQL", "Download CSV", "Rows of the answer", "total_amount"])
          assert.include([...seen], name)
      })
    })
  )

  // What each view has to be reached, beside the way to it.
  for (const [view, arrived, names] of [
    ["servers", "Validated at", ["Validate now", "State of each server", "3 entities, 1 text"]],
    ["names", "Find all conflicts", ["Name", "Domain", "Look up", "Find all conflicts"]],
    ["gather", "Nothing was gathered", ["Gather now"]],
    ["health", "Since the process began", ["Durations by request", "Durations by server", "Recent requests"]]
  ] as const) {
    it.effect.skipIf(!isInstalled)(`can be used with a keyboard alone: ${view}${unless}`, () =>
      Effect.gen(function* () {
        const { bundle, open } = yield* Chromium
        const { url } = yield* serve({ scripts, servers, console: [bundle] })
        yield* ask(`${url}/v1/query`, { json: { question } })
        const page = yield* open()
        yield* Effect.promise(async () => {
          await page.goto(`${url}/console#${view}`)
          await page.getByText(arrived).waitFor()
          assert.includeMembers(await walked(page), ["Skip to the content", "Servers", "Health", ...names])
          if (view !== "gather") return
          // What a key has started can be looked through with keys, too.
          await page.getByRole("button", { name: "Gather now" }).press("Enter")
          await page.getByRole("region", { name: "Resources" }).waitFor()
          assert.includeMembers(await walked(page), ["Waterfall", "Search", "Download all", "Resources", "products"])
          await page.getByRole("button", { name: "products" }).first().press("Enter")
          await page.getByRole("group", { name: "Shown as" }).waitFor()
          assert.includeMembers(await walked(page), ["Tree", "Table", "Text", "Copy", "Download", "[3]"])
        })
      })
    )
  }

  it.effect.skipIf(!isInstalled)(`hands rows to the clipboard, to a file and in order${unless}`, () =>
    Effect.gen(function* () {
      const { bundle, open } = yield* Chromium
      const { url } = yield* serve({ scripts, servers, console: [bundle] })
      const page = yield* open({ permissions: ["clipboard-read", "clipboard-write"] })
      yield* Effect.promise(async () => {
        await page.goto(`${url}/console#ask`)
        await page.getByRole("combobox").fill(question)
        await page.getByRole("combobox").press("Enter")
        const rows = page.getByRole("region", { name: "Rows of the answer" })
        await rows.getByRole("button", { name: "total_amount" }).click()
        assert.strictEqual(
          await rows.getByRole("columnheader", { name: "total_amount" }).getAttribute("aria-sort"),
          "ascending"
        )
        assert.deepStrictEqual(await rows.locator("tbody tr td:first-child").allTextContents(), [
          "AeroBuds Lite",
          "AeroBuds Pro",
          "Pulse Band"
        ])
        await page.getByRole("button", { name: "Copy", exact: true }).click()
        await page.getByRole("button", { name: "Copied" }).waitFor()
        assert.match(
          await page.evaluate<string>("navigator.clipboard.readText()"),
          /^name\ttotal_amount\nAeroBuds Lite\t-96.25\n/
        )
        const [file] = await Promise.all([
          page.waitForEvent("download"),
          page.getByRole("button", { name: "Download CSV" }).click()
        ])
        assert.strictEqual(
          readFileSync(await file.path(), "utf8"),
          "name,total_amount\r\nAeroBuds Lite,-96.25\r\nAeroBuds Pro,1674\r\nPulse Band,3027.5\r\n"
        )
        await page.getByRole("button", { name: "Copy SQL" }).click()
        assert.match(await page.evaluate<string>("navigator.clipboard.readText()"), /^SELECT /)
      })
    })
  )

  // What there is once the answers are here.
  for (const [view, arrived] of [
    ["servers", "Validated at"],
    ["ask", "They know"],
    ["names", "Find all conflicts"],
    ["gather", "Nothing was gathered"],
    ["health", "Since the process began"]
  ] as const) {
    it.effect.skipIf(!isInstalled)(
      `stays where it is while answers come, and does not move for who wants no motion: ${view}${unless}`,
      () =>
        Effect.gen(function* () {
          const { bundle, open } = yield* Chromium
          const { url } = yield* serve({ scripts, servers, console: [bundle] })
          yield* ask(`${url}/v1/query`, { json: { question } })
          const page = yield* open()
          yield* Effect.promise(async () => {
            const answered = Promise.withResolvers<void>()
            await page.addInitScript(observing)
            await page.route(/\/v1\/|\/metrics$/, (route) => answered.promise.then(() => route.continue()))
            await page.goto(`${url}/console#${view}`)
            await page.getByRole("heading", { level: 2 }).waitFor()
            // As over a slow line: what waits for the answers is painted before they come.
            await page.evaluate(painted)
            answered.resolve()
            await page.getByText(arrived).waitFor()
            await holdsStill(page)
          })
        })
    )
  }

  it.effect.skipIf(!isInstalled)(`stays where it is while a question is answered${unless}`, () =>
    Effect.gen(function* () {
      const { bundle, open } = yield* Chromium
      const { url } = yield* serve({ scripts, servers, console: [bundle] })
      const page = yield* open()
      yield* Effect.promise(async () => {
        await page.addInitScript(observing)
        await page.goto(`${url}/console#ask`)
        await page.getByText(/They know/).waitFor()
        await page.getByRole("combobox").fill(question)
        await page.getByRole("combobox").press("Enter")
        await page.getByRole("heading", { name: "Rows" }).waitFor()
        await holdsStill(page)
      })
    })
  )

  it.effect.skipIf(!isInstalled)(
    `says when a saved configuration is put in force, and what is different${unless}`,
    () =>
      Effect.gen(function* () {
        const { bundle, open } = yield* Chromium
        const { url } = yield* serve({ scripts, servers, console: [bundle] })
        const page = yield* open()
        yield* Effect.promise(async () => {
          const values = [{ path: "mcp_servers.server_1.priority", value: "1", source: "line 7" }]
          let config = { file: "/mcp-config.yaml", values, current: true, problems: [] }
          await page.route(/\/v1\/config$/, (route) => route.fulfill({ json: config }))
          await page.goto(`${url}/console`)
          await page.getByText("1 value of /mcp-config.yaml").waitFor()
          config = { ...config, values: values.map((row) => ({ ...row, value: "3" })) }
          const log = page.getByRole("log", { name: "Reloads" })
          await log.getByText("mcp_servers.server_1.priority: 1 → 3").waitFor()
          await log.getByText(/^Reloaded at [\d:]+ mcp_servers/).waitFor()
        })
      })
  )

  it.effect.skipIf(!isInstalled)(`draws only the rows in sight of ten thousand resources${unless}`, () =>
    Effect.gen(function* () {
      const { bundle, open } = yield* Chromium
      const { url } = yield* serve({ scripts, servers, console: [bundle] })
      const page = yield* open()
      yield* Effect.promise(async () => {
        await gathers(page, 10_000)
        await page.goto(`${url}/console#gather`)
        await page.getByRole("button", { name: "Gather now" }).click()
        const list = page.getByRole("region", { name: "Resources" })
        await list.waitFor()
        assert.isBelow(await list.locator("tbody tr").count(), 60)
        await list.press("End")
        await list.getByRole("button", { name: "r9999" }).waitFor()
        await page.getByLabel("Search").fill("server_1 a://r77")
        await page.getByText("111 resources").waitFor()
      })
    })
  )
})
