/**
 * The console in a real browser, over loopback:
 *
 *     npm run bench:console
 *
 * Writes the section `console` of `docs/benchmarks.md`. What a first load brings, when the page can be used (its first view is drawn and its own script has ended), and how ten
 * thousand rows and ten thousand resources scroll: milliseconds between frames while a region is scrolled from its
 * beginning to its end. Medians of five loads.
 */
import { Console, Effect } from "effect"
import type { Page } from "playwright-core"
import { serve } from "../test/http/Served.ts"
import { Chromium } from "../test/console/Chromium.ts"
import { catalog, database, gathers, question, servers } from "../test/console/Shop.ts"
import * as Servers from "../test/query/Servers.ts"
import * as Document from "./support/Document.ts"
import { median, quantile } from "./support/Statistics.ts"

const loads = 5
const many = 10_000

interface Load {
  readonly ms: number
  readonly bytes: number
  /** Milliseconds of CPU of the page's main thread. */
  readonly cpu: number
}

/** The page looks itself, once a frame: what the driver of the browser waits for is not in it. */
const looking = `{
  const look = () => document.querySelector("nav a") ? performance.mark("usable") : requestAnimationFrame(look)
  look()
}`

/** From the beginning of the navigation to the navigation bar that can be clicked; and the bytes that came. */
const load = async (page: Page, url: string): Promise<Load> => {
  const session = await page.context().newCDPSession(page)
  await session.send("Performance.enable", { timeDomain: "threadTicks" })
  await page.addInitScript(looking)
  await page.goto(`${url}/console`)
  const usable = await page.waitForFunction<number>(`performance.getEntriesByName("usable")[0]?.startTime`)
  const ms = await usable.jsonValue()
  const bytes = await page.evaluate(() =>
    [...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")].reduce(
      (sum, entry) =>
        sum + (entry instanceof PerformanceResourceTiming && /console/.test(entry.name) ? entry.encodedBodySize : 0),
      0
    )
  )
  const { metrics } = await session.send("Performance.getMetrics")
  const cpu = (metrics.find(({ name }) => name === "TaskDuration")?.value ?? 0) * 1000
  return { ms, bytes, cpu }
}

/** Milliseconds between the frames of a region that is scrolled through in 240 steps. */
const scroll = (page: Page, label: string): Promise<ReadonlyArray<number>> =>
  page.getByRole("region", { name: label }).evaluate(
    (region) =>
      new Promise<ReadonlyArray<number>>((resolve) => {
        const gaps: Array<number> = []
        let last = performance.now()
        const step = (at: number) => {
          gaps.push(at - last)
          last = at
          if (gaps.length > 240) return resolve(gaps.slice(1))
          region.scrollTop = (region.scrollHeight * gaps.length) / 240
          requestAnimationFrame(step)
        }
        requestAnimationFrame(step)
      })
  )

const frames = (gaps: ReadonlyArray<number>): string =>
  `${median(gaps).toFixed(1)} ms median, ${quantile(gaps, 0.95).toFixed(1)} ms p95, ${Math.max(...gaps).toFixed(1)} ms longest`

const program = Effect.gen(function* () {
  const { bundle, open } = yield* Chromium
  const { url } = yield* serve({ scripts: [catalog, database], servers, console: [bundle] })
  const figures: Array<Load> = []
  for (let count = 0; count < loads; count++) {
    const page = yield* open()
    figures.push(yield* Effect.promise(() => load(page, url)))
  }
  const large = yield* serve({
    scripts: [
      catalog,
      {
        ...Servers.databaseScript(
          Servers.rows(
            ["name", "total_amount"],
            ...Array.from({ length: many }, (_, index) => [`product ${index}`, index * 1.5] as const)
          )
        ),
        resources: [{ uri: "database://metadata", name: "database_metadata", json: Servers.schema }]
      }
    ],
    servers,
    orchestration: { query: { max_rows: many } },
    console: [bundle]
  })
  const page = yield* open()
  const version = page.context().browser()?.version() ?? ""
  page.setDefaultTimeout(180_000)
  const gaps = yield* Effect.promise(async () => {
    await gathers(page, many)
    await page.goto(`${large.url}/console#gather`)
    await page.getByRole("button", { name: "Gather now" }).click()
    await page.getByRole("region", { name: "Resources" }).waitFor()
    const resources = await scroll(page, "Resources")
    await page.getByRole("link", { name: "Ask" }).click()
    await page.getByRole("combobox").fill(question)
    await page.getByRole("combobox").press("Enter")
    const rows = page.getByRole("region", { name: "Rows of the answer" })
    // With its header.
    await rows.locator(`table[aria-rowcount="${many + 1}"]`).waitFor()
    return { resources, rows: await scroll(page, "Rows of the answer") }
  })

  const figure = (key: keyof Load) => median(figures.map((load) => load[key]))
  const report = [
    "## The console",
    "`npm run bench:console`",
    `Machine: ${Document.machine()}, headless Chromium ${version}.`,
    `Method: the page as it is built, over loopback. Medians of ${loads} loads of its first view, each with nothing kept from another; it can be used when its navigation is drawn. Then a region is scrolled from its beginning to its end in 240 steps, and the time between frames is taken.`,
    Document.table(
      ["", "wanted", "measured"],
      [
        ["first load, gzipped", "60 kB", `${(figure("bytes") / 1000).toFixed(1)} kB`],
        ["can be used after, by the clock", "300 ms", `${figure("ms").toFixed(0)} ms`],
        ["of it, CPU of the page's main thread", "", `${figure("cpu").toFixed(0)} ms`],
        [`between frames, ${many.toLocaleString("en")} resources`, "", frames(gaps.resources)],
        [`between frames, ${many.toLocaleString("en")} rows`, "", frames(gaps.rows)]
      ]
    )
  ].join("\n\n")
  yield* Console.log(report)
  Document.writeSection("console", report)
})

await Effect.runPromise(program.pipe(Effect.scoped, Effect.provide(Chromium.layer)))
