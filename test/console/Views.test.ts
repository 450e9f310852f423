/** Every view in each of its states, in a real browser: what it shows, that all can use it, and how it looks. */
import { assert, layer } from "@effect/vitest"
import { Effect } from "effect"
import type { Page } from "playwright-core"
import type { FakeScript } from "../../src/testing/index.ts"
import { serve } from "../http/Served.ts"
import { Chromium, complaints, isInstalled, unless, violations } from "./Chromium.ts"
import { matches } from "./Screenshot.ts"
import { catalog, database, failing, puzzle, question, servers, steady } from "./Shop.ts"

interface State {
  readonly name: string
  readonly view: "servers" | "ask" | "names" | "gather" | "health"
  readonly scripts?: ReadonlyArray<FakeScript.FakeScript>
  /** From the opened view to the state. */
  readonly reach: (page: Page) => Promise<unknown>
  /** What `/v1/config` answers; by default that it was given as a value. */
  readonly config?: unknown
}

/** A file that was changed for the worse, as `serve` tells it. */
const rejected = {
  file: "/etc/mcp-orchestrator/mcp-config.yaml",
  values: [
    { path: "mcp_servers.server_1.url", value: "http://catalog:8002/sse", source: "line 4 (${CATALOG})" },
    { path: "mcp_servers.server_1.headers.authorization", value: "***", source: "line 6" },
    { path: "mcp_servers.server_1.priority", value: "1", source: "line 7" },
    { path: "orchestration.connect_timeout", value: "5 seconds", source: "default" }
  ],
  current: false,
  problems: [
    {
      path: "mcp_servers.server_1.priority",
      message: 'must be a whole number, found "first"',
      line: 7,
      column: 15,
      severity: "error",
      found: "first",
      expected: "a whole number",
      suggestion: null,
      variable: null,
      excerpt: "    priority: first\n              ^^^^^"
    }
  ]
}

const healthy = [catalog, database]

const ask = (page: Page, text: string) =>
  page
    .getByRole("combobox")
    .fill(text)
    .then(() => page.getByRole("button", { name: "Ask", exact: true }).click())

const lookUp = (page: Page, name: string) =>
  page
    .getByRole("textbox", { name: "Name" })
    .fill(name)
    .then(() => page.getByRole("button", { name: "Look up" }).click())

const gather = async (page: Page) => {
  await page.getByRole("button", { name: "Gather now" }).click()
  await page.getByRole("button", { name: "Stop" }).waitFor({ state: "detached" })
}

const states: ReadonlyArray<State> = [
  {
    name: "servers",
    view: "servers",
    reach: async (page) => {
      await page.getByText("Validated at").waitFor()
      await page
        .getByRole("img", { name: /last 12 tries/ })
        .first()
        .waitFor()
    }
  },
  {
    name: "servers-failing",
    view: "servers",
    scripts: [...healthy, failing],
    reach: async (page) => {
      await page.getByText("the disk is gone").waitFor()
      await page.getByText("What to do:").waitFor()
      await page
        .getByRole("img", { name: /last 12 tries/ })
        .first()
        .waitFor()
    }
  },
  {
    name: "servers-configuration",
    view: "servers",
    config: rejected,
    reach: async (page) => {
      await page.getByText("the one before it still is").waitFor()
      await page.getByText("4 values of").click()
      await page.getByText("Validated at").waitFor()
      await page
        .getByRole("img", { name: /last 12 tries/ })
        .first()
        .waitFor()
    }
  },
  {
    name: "ask",
    view: "ask",
    reach: (page) => page.getByText(/They know \d+ words/).waitFor()
  },
  {
    name: "ask-completion",
    view: "ask",
    reach: async (page) => {
      await page.getByText(/They know \d+ words/).waitFor()
      await page.getByRole("combobox").pressSequentially("amount of aero")
      await page.getByRole("option", { name: "AeroBuds Pro" }).waitFor()
      await page.getByRole("combobox").press("ArrowDown")
    }
  },
  {
    name: "ask-answered",
    view: "ask",
    reach: async (page) => {
      await ask(page, question)
      await page.getByRole("heading", { name: "Rows" }).waitFor()
    }
  },
  {
    name: "ask-mention",
    view: "ask",
    reach: async (page) => {
      await ask(page, "total amount of fitness band")
      await page.locator("mark").first().waitFor()
      await page.getByRole("heading", { name: "SQL for server_2" }).waitFor()
    }
  },
  {
    name: "ask-dry-run",
    view: "ask",
    reach: async (page) => {
      await page.getByLabel("Dry run").check()
      await ask(page, question)
      await page.getByText("It was checked, and not run").waitFor()
    }
  },
  {
    name: "ask-refused",
    view: "ask",
    reach: async (page) => {
      await ask(page, puzzle)
      await page.getByRole("heading", { name: "Ask instead" }).waitFor()
    }
  },
  { name: "names", view: "names", reach: (page) => page.getByText("A name, and why").waitFor() },
  {
    name: "names-conflict",
    view: "names",
    reach: async (page) => {
      await lookUp(page, "pulse band")
      await page.getByRole("region", { name: "What each server says" }).getByText("Sport").waitFor()
    }
  },
  {
    name: "names-ambiguous",
    view: "names",
    reach: async (page) => {
      await lookUp(page, "earbuds")
      await page.getByText("Several entities of one server").waitFor()
    }
  },
  {
    name: "names-conflicts",
    view: "names",
    reach: async (page) => {
      await page.getByRole("button", { name: "Find all conflicts" }).click()
      await page.getByRole("region", { name: "Conflicts in products" }).waitFor()
    }
  },
  { name: "gather", view: "gather", reach: (page) => page.getByText("Nothing was gathered").waitFor() },
  {
    name: "gather-browsed",
    view: "gather",
    reach: async (page) => {
      await gather(page)
      await page.getByRole("button", { name: "products" }).first().click()
      await page.getByRole("button", { name: "Table" }).click()
    }
  },
  {
    name: "gather-compared",
    view: "gather",
    reach: async (page) => {
      await gather(page)
      await gather(page)
      await page.getByLabel("Compare with").selectOption("1")
      await page.getByText("Both hold the same").waitFor()
      await page.getByRole("button", { name: "database_metadata" }).click()
    }
  },
  {
    name: "gather-failed",
    view: "gather",
    scripts: [...healthy, failing],
    reach: async (page) => {
      await gather(page)
      await page.getByRole("alert").waitFor()
    }
  },
  {
    name: "health",
    view: "health",
    reach: (page) => page.getByText("122 requests, 4 failed").waitFor()
  }
]

layer(Chromium.layer, { excludeTestServices: true })("views", (it) => {
  for (const { config, name, reach, scripts = healthy, view } of states) {
    it.effect.skipIf(!isInstalled)(`${name} can be used by all and looks as in the documentation${unless}`, () =>
      Effect.gen(function* () {
        const { bundle, open } = yield* Chromium
        const { url } = yield* serve({ scripts, servers, console: [bundle] })
        const page = yield* open()
        const broken = complaints(page, url)
        yield* Effect.promise(async () => {
          await steady(page)
          if (config !== undefined) await page.route(/\/v1\/config$/, (route) => route.fulfill({ json: config }))
          await page.goto(`${url}/console#${view}`)
          await reach(page)
          assert.deepStrictEqual(await violations(page), [])
          await page.emulateMedia({ colorScheme: "dark" })
          assert.deepStrictEqual(await violations(page), [])
          await page.emulateMedia({ colorScheme: "light" })
          await matches(page, name)
          // Nothing is cut off, from a telephone to a wall: only regions scroll sideways, never the page.
          for (const width of [360, 2560]) {
            await page.setViewportSize({ width, height: 800 })
            assert.isAtMost(await page.evaluate("document.documentElement.scrollWidth"), width, `at ${width} px`)
          }
          assert.deepStrictEqual(await violations(page), [])
        })
        assert.deepStrictEqual(broken, [])
      })
    )
  }
})
