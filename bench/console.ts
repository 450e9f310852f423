/**
 * The console in a real browser, over loopback:
 *
 *     npm run bench:console
 *
 * What a first load brings, when the page can be used (its first view is drawn and its own script has ended), and how ten
 * thousand rows and ten thousand resources scroll: milliseconds between frames while a region is scrolled from its
 * beginning to its end. Medians of five loads.
 */
import { Effect } from "effect"
import type { Page } from "playwright-core"
import { serve } from "../test/http/Served.ts"
import { Chromium } from "../test/console/Chromium.ts"
import { catalog, database, gathers, question, servers } from "../test/console/Shop.ts"
import * as Servers from "../test/query/Servers.ts"

const loads = 5
const many = 10_000

const row = (name: string, ...figures: ReadonlyArray<string>) =>
  console.log(`${name.padEnd(44)}${figures.map((figure) => figure.padStart(14)).join("")}`)

const middle = (values: ReadonlyArray<number>, share = 0.5): number =>
  values.toSorted((one, other) => one - other)[Math.floor((values.length - 1) * share)] ?? 0

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
  await page.goto(`${url}/console#health`)
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

const frames = (gaps: ReadonlyArray<number>): ReadonlyArray<string> => [
  `${middle(gaps).toFixed(1)} ms`,
  `${middle(gaps, 0.95).toFixed(1)} ms`,
  `${Math.max(...gaps).toFixed(1)} ms`
]

const program = Effect.gen(function* () {
  const { bundle, open } = yield* Chromium
  const { url } = yield* serve({ scripts: [catalog, database], servers, console: [bundle] })
  const figures: Array<Load> = []
  for (let count = 0; count < loads; count++) {
    const page = yield* open()
    figures.push(yield* Effect.promise(() => load(page, url)))
  }
  row("first load, gzipped", `${(middle(figures.map(({ bytes }) => bytes)) / 1000).toFixed(1)} kB`)
  row("can be used after", `${middle(figures.map(({ ms }) => ms)).toFixed(0)} ms`)
  row("of CPU in the page until then", `${middle(figures.map(({ cpu }) => cpu)).toFixed(0)} ms`)

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
  page.setDefaultTimeout(180_000)
  yield* Effect.promise(async () => {
    row("frames while scrolling", "median", "p95", "longest")
    await gathers(page, many)
    await page.goto(`${large.url}/console#gather`)
    await page.getByRole("button", { name: "Gather now" }).click()
    await page.getByRole("region", { name: "Resources" }).waitFor()
    row(`${many} resources`, ...frames(await scroll(page, "Resources")))
    await page.getByRole("link", { name: "Ask" }).click()
    await page.getByRole("combobox").fill(question)
    await page.getByRole("combobox").press("Enter")
    await page.getByRole("region", { name: "Rows of the answer" }).waitFor()
    row(
      `${await page.locator("table").first().getAttribute("aria-rowcount")} rows with the header`,
      ...frames(await scroll(page, "Rows of the answer"))
    )
  })
})

await Effect.runPromise(program.pipe(Effect.scoped, Effect.provide(Chromium.layer)))
