/** How the page is handed out; no browser is needed. */
import { assert, describe, it, layer } from "@effect/vitest"
import { Effect } from "effect"
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { gzipSync } from "node:zlib"
import { contentSecurityPolicy } from "../../src/http/Console.ts"
import { ask, serve, token } from "../http/Served.ts"
import { Bundle } from "./Bundle.ts"

/** A page that stands for the built one. */
const built = Effect.acquireRelease(
  Effect.sync(() => {
    const directory = mkdtempSync(join(tmpdir(), "console-"))
    for (const file of ["index.html", "app.js", "style.css"])
      writeFileSync(join(directory, file), `${file} `.repeat(100))
    return directory
  }),
  (directory) => Effect.sync(() => rmSync(directory, { recursive: true, force: true }))
)

describe("the console", () => {
  it.live("is under a policy that lets nothing run but its own script", () =>
    Effect.gen(function* () {
      const { url } = yield* serve({ console: [yield* built] })
      for (const path of ["/console", "/console/app.js", "/console/style.css"]) {
        const { headers } = yield* ask(`${url}${path}`)
        assert.strictEqual(headers.get("content-security-policy"), contentSecurityPolicy)
        assert.strictEqual(headers.get("x-content-type-options"), "nosniff")
        assert.strictEqual(headers.get("referrer-policy"), "no-referrer")
      }
      assert.notMatch(contentSecurityPolicy, /unsafe|\*|https?:/)
    })
  )

  it.live("is had without a token, and nothing else is", () =>
    Effect.gen(function* () {
      const { url } = yield* serve({ console: [yield* built], server: { token } })
      assert.strictEqual((yield* ask(`${url}/console`)).status, 200)
      for (const path of [
        "/console/../v1/config",
        "/console/..%2fv1/config",
        "/console/LICENSES.txt",
        "/console//v1/config",
        "/v1/config",
        "/metrics"
      ]) {
        assert.strictEqual((yield* ask(`${url}${path}`)).status, 401, path)
      }
      const foreign = yield* ask(`${url}/console`, { headers: { origin: "https://elsewhere.example" } })
      assert.strictEqual(foreign.status, 403)
    })
  )

  it.live("goes without gzip to who does not take it, and leads from /console/ to /console", () =>
    Effect.gen(function* () {
      const { url } = yield* serve({ console: [yield* built] })
      const plain = yield* ask(`${url}/console/app.js`, { headers: { "accept-encoding": "gzip;q=0, br" } })
      assert.isNull(plain.headers.get("content-encoding"))
      assert.match(plain.text, /^app\.js app\.js/)
      const led = yield* Effect.promise(() => fetch(`${url}/console/`))
      assert.strictEqual(led.url, `${url}/console`)
    })
  )

  it.live("is not there unless it is asked for, and says how it is built where it is not", () =>
    Effect.gen(function* () {
      assert.strictEqual((yield* ask(`${(yield* serve()).url}/console`)).status, 404)
      const missing = yield* ask(`${(yield* serve({ console: ["not-there"] })).url}/console`)
      assert.strictEqual(missing.status, 404)
      assert.match(missing.text, /npm run build/)
    })
  )
})

layer(Bundle.layer, { excludeTestServices: true })("the built page", (it) => {
  it.effect("is 60 KB gzipped at most, in three answers that are revalidated by their ETag", () =>
    Effect.gen(function* () {
      const bundle = yield* Bundle
      const { url } = yield* serve({ console: [bundle] })
      let size = 0
      for (const [path, file] of [
        ["/console", "index.html"],
        ["/console/app.js", "app.js"],
        ["/console/style.css", "style.css"]
      ] as const) {
        const { headers, status, text } = yield* ask(`${url}${path}`, { headers: { "accept-encoding": "gzip" } })
        assert.strictEqual(status, 200)
        assert.strictEqual(headers.get("content-encoding"), "gzip")
        assert.strictEqual(text, readFileSync(`${bundle}/${file}`, "utf8"))
        size += gzipSync(text, { level: 9 }).length
        const again = yield* ask(`${url}${path}`, { headers: { "if-none-match": headers.get("etag") ?? "" } })
        assert.strictEqual(again.status, 304)
        assert.strictEqual((yield* ask(`${url}${path}`, { method: "POST" })).status, 405)
      }
      assert.isAtMost(size, 60_000)
    })
  )
})
