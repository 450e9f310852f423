/** A real browser on the page that `serve --console` gives: headless Chromium, wherever one is installed. */
import axe from "axe-core"
import { Context, Effect, Layer, type Scope } from "effect"
import { accessSync, constants } from "node:fs"
import { delimiter, join } from "node:path"
import { type BrowserContextOptions, chromium, type Page } from "playwright-core"
import { Bundle } from "./Bundle.ts"

const isExecutable = (file: string): boolean => {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** Found in `PATH`, under the names of the distributions. */
const executable = (process.env["PATH"] ?? "")
  .split(delimiter)
  .flatMap((directory) => ["chromium", "chromium-browser", "google-chrome"].map((name) => join(directory, name)))
  .find(isExecutable)

/** To say in a test's name why it is skipped. */
export const isInstalled = executable !== undefined
export const unless = isInstalled ? "" : " (skipped: no Chromium is installed)"

export class Chromium extends Context.Service<
  Chromium,
  {
    /** The directory with the page, as `npm run build` makes it. */
    readonly bundle: string
    /** A page of its own, closed with the scope. */
    readonly open: (options?: BrowserContextOptions) => Effect.Effect<Page, never, Scope.Scope>
  }
>()("test/console/Chromium") {
  static readonly layer = Layer.effect(
    Chromium,
    Effect.gen(function* () {
      const bundle = yield* Bundle
      const browser = yield* Effect.acquireRelease(
        Effect.promise(() =>
          chromium.launch({
            executablePath: executable ?? "chromium",
            args: ["--no-sandbox", "--font-render-hinting=none"]
          })
        ),
        (browser) => Effect.promise(() => browser.close())
      )
      return {
        bundle,
        open: (options) =>
          Effect.acquireRelease(
            Effect.promise(async () => {
              const context = await browser.newContext({
                reducedMotion: "reduce",
                viewport: { width: 1280, height: 800 },
                ...options
              })
              const page = await context.newPage()
              page.setDefaultTimeout(30_000)
              return page
            }),
            (page) =>
              Effect.promise(async () => {
                // An answer that is still awaited is awaited no more.
                await page.unrouteAll({ behavior: "ignoreErrors" })
                await page.context().close()
              })
          )
      }
    })
  ).pipe(Layer.provide(Bundle.layer))
}

/**
 * The rules that the page breaks, each with the first place where it does: of all, or of one. Injected over the protocol, beside
 * the CSP.
 */
export const violations = async (page: Page, rule?: string): Promise<ReadonlyArray<string>> => {
  await page.evaluate(axe.source)
  return page.evaluate<ReadonlyArray<string>>(
    `axe.run(${rule === undefined ? "" : `{ runOnly: ["${rule}"] }`}).then(({ violations }) => violations.map(({ id, nodes }) => id + ": " + nodes[0].html + " " + nodes[0].failureSummary))`
  )
}

/** What the page must never do: break its CSP, throw, or ask another host. */
export const complaints = (page: Page, url: string): ReadonlyArray<string> => {
  const found: Array<string> = []
  page.on("pageerror", (error) => found.push(`threw ${error.message}`))
  page.on("console", (message) => {
    if (/Content Security Policy|Trusted/i.test(message.text())) found.push(message.text())
  })
  page.on("dialog", (dialog) => {
    found.push(`dialog ${dialog.message()}`)
    void dialog.dismiss()
  })
  page.on("request", (request) => {
    if (!/^(?:data|blob):/.test(request.url()) && !request.url().startsWith(url)) found.push(`asked ${request.url()}`)
  })
  return found
}
