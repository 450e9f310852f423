/** The view of servers, in a real browser. */
import { assert, layer } from "@effect/vitest"
import { Effect } from "effect"
import { serve, shop } from "../http/Served.ts"
import { Chromium, isInstalled, unless, violations } from "./Chromium.ts"

const failing = {
  ...shop,
  faults: [{ at: "read", fault: { kind: "error", code: -32000, message: "the disk is gone" } } as const]
}

layer(Chromium.layer, { excludeTestServices: true })("servers", (it) => {
  it.effect.skipIf(!isInstalled)(`a server that fails says where, why and what to do${unless}`, () =>
    Effect.gen(function* () {
      const { bundle, open } = yield* Chromium
      const { url } = yield* serve({ scripts: [shop, failing], console: [bundle] })
      const page = yield* open()
      page.on("console", (m) => console.log(m.text()))
      page.on("pageerror", (m) => console.log(m.message))
      yield* Effect.promise(async () => {
        await page.goto(`${url}/console`)
        await page.getByText("the disk is gone").waitFor()
        await page.screenshot({ path: "/tmp/shot-servers.png", fullPage: true })
        assert.deepStrictEqual(await violations(page), [])
      })
    })
  )
})
