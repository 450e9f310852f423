/** What the page says, word for word, in states that are easily overlooked. */
import { assert, layer } from "@effect/vitest"
import { Effect } from "effect"
import type { FakeScript } from "../../src/testing/index.ts"
import { serve } from "../http/Served.ts"
import { Chromium, isInstalled, unless } from "./Chromium.ts"
import { catalog, database, servers } from "./Shop.ts"

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
})
