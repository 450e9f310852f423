/** Every view in each of its states, in a real browser: what it shows, that all can use it, and how it looks. */
import { assert, layer } from "@effect/vitest"
import { Effect } from "effect"
import { serve } from "../http/Served.ts"
import { Chromium, complaints, isInstalled, unless, violations } from "./Chromium.ts"
import { matches } from "./Screenshot.ts"
import { catalog, database, servers, steady } from "./Shop.ts"
import { states } from "./States.ts"

layer(Chromium.layer, { excludeTestServices: true })("views", (it) => {
  for (const state of states) {
    const {
      config,
      isLive,
      isSmall,
      metrics,
      model,
      name,
      reach,
      requests,
      scripts = [catalog, database],
      view
    } = state
    it.effect.skipIf(!isInstalled)(`${name} can be used by all and looks as in the documentation${unless}`, () =>
      Effect.gen(function* () {
        const { bundle, open } = yield* Chromium
        const { fakes, url } = yield* serve({
          scripts,
          servers,
          console: [bundle],
          ...(model === undefined ? {} : { model })
        })
        const page = yield* open(isSmall === true ? { deviceScaleFactor: 0.5 } : {})
        const broken = complaints(page, url)
        yield* Effect.promise(async () => {
          await steady(page, { isLive, metrics, requests })
          if (config !== undefined) await page.route(/\/v1\/config$/, (route) => route.fulfill({ json: config }))
          await page.goto(`${url}/console#${view}`)
          await reach(page, fakes)
          assert.deepStrictEqual(await violations(page), [])
          await page.emulateMedia({ colorScheme: "dark" })
          assert.deepStrictEqual(await violations(page, "color-contrast"), [])
          await page.emulateMedia({ colorScheme: "light" })
          await matches(page, name)
          // Nothing is cut off, from a telephone to a wall: only regions scroll sideways, never the page.
          for (const width of [360, 2560]) {
            await page.setViewportSize({ width, height: 800 })
            assert.isAtMost(await page.evaluate("document.documentElement.scrollWidth"), width, `at ${width} px`)
          }
        })
        assert.deepStrictEqual(broken, [])
      })
    )
  }
})
