/** Every view in each of its states, and how it is reached. */
import { Effect, type Layer } from "effect"
import type { Page } from "playwright-core"
import type { LanguageModel } from "effect/ai/LanguageModel"
import { type FakeScript, type FakeServer, StubLanguageModel } from "../../src/testing/index.ts"
import * as Servers from "../query/Servers.ts"
import { answering, catalog, changed, database, failing, puzzle, question, stalled } from "./Shop.ts"

interface State {
  readonly name: string
  readonly view: "servers" | "ask" | "names" | "gather" | "health"
  /** Of the servers; by default two that are well. */
  readonly scripts?: ReadonlyArray<FakeScript.FakeScript>
  /** Drawn at half its size: no document shows the picture. */
  readonly isSmall?: true
  /** From the opened view to the state. */
  readonly reach: (page: Page, fakes: ReadonlyArray<FakeServer.FakeServer>) => Promise<unknown>
  /** What `/v1/config` answers; by default that it was given as a value. */
  readonly config?: unknown
  /** What `/metrics` answers; by default the counts of a process that has answered for a while. */
  readonly metrics?: string
  /** What `/v1/requests` answers; by default some of such a process. */
  readonly requests?: ReadonlyArray<unknown>
  /** It is a state on the way, and the stream of events does not end. */
  readonly isLive?: boolean
  /** Writes the SQL, in place of the rules. */
  readonly model?: Layer.Layer<LanguageModel>
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

export const states: ReadonlyArray<State> = [
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
    name: "servers-recovered",
    isSmall: true,
    view: "servers",
    scripts: [...healthy, failing],
    reach: async (page, [, , server]) => {
      await page.getByText("the disk is gone").waitFor()
      if (server !== undefined) await Effect.runPromise(server.setScript({ ...failing, faults: [] }))
      await page.getByRole("button", { name: "Validate now" }).click()
      await page.getByText("Last error at").waitFor()
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
  {
    name: "ask-running",
    isSmall: true,
    view: "ask",
    scripts: [catalog, stalled],
    isLive: true,
    reach: async (page) => {
      await ask(page, question)
      await page.getByText("server_1: gathered in").first().waitFor()
      await page.getByText("server_2: read 1 of 2").first().waitFor()
    }
  },
  {
    name: "ask-not-gathered",
    isSmall: true,
    view: "ask",
    scripts: [...healthy, failing],
    reach: async (page) => {
      await ask(page, question)
      await page.getByRole("alert").getByText("the disk is gone").waitFor()
    }
  },
  {
    name: "ask-not-run",
    isSmall: true,
    view: "ask",
    scripts: [catalog, answering(Servers.databaseError("permission denied for table orders"))],
    reach: async (page) => {
      await ask(page, question)
      await page.getByRole("alert").getByText("permission denied").waitFor()
      await page.getByRole("heading", { name: "SQL that failed" }).waitFor()
    }
  },
  {
    name: "ask-no-rows",
    isSmall: true,
    view: "ask",
    scripts: [catalog, answering(Servers.rows(["name", "total_amount"]))],
    reach: async (page) => {
      await ask(page, question)
      await page.getByText("gave no rows").waitFor()
    }
  },
  {
    name: "ask-tries",
    isSmall: true,
    view: "ask",
    model: StubLanguageModel.layer([
      { sql: "SELECT nmae, price FROM products" },
      { sql: "SELECT name, price FROM products", explanation: "The price of each product." }
    ]),
    reach: async (page) => {
      await ask(page, "what does each product cost?")
      await page.getByRole("heading", { name: "Tried before" }).waitFor()
    }
  },
  {
    name: "ask-history",
    isSmall: true,
    view: "ask",
    reach: async (page) => {
      await ask(page, puzzle)
      await page.getByRole("alert").waitFor()
      await ask(page, question)
      await page.getByRole("heading", { name: "Rows" }).waitFor()
      await page.getByRole("heading", { name: "Asked in this page" }).waitFor()
      await page.getByRole("button", { name: puzzle }).click()
      await page.getByRole("alert").waitFor()
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
  {
    name: "names-not-found",
    isSmall: true,
    view: "names",
    reach: async (page) => {
      await lookUp(page, "zorkband")
      await page.getByRole("alert").waitFor()
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
    name: "gather-running",
    isSmall: true,
    view: "gather",
    scripts: [catalog, stalled],
    isLive: true,
    reach: async (page) => {
      await page.getByRole("button", { name: "Gather now" }).click()
      const rows = page.getByRole("region", { name: "Waterfall" }).getByRole("row")
      await rows.filter({ hasText: "server_1" }).getByText("2 of 2").waitFor()
      await rows.filter({ hasText: "server_2" }).getByText("1 of 2").waitFor()
    }
  },
  {
    name: "gather-tree",
    isSmall: true,
    view: "gather",
    reach: async (page) => {
      await gather(page)
      await page.getByRole("button", { name: "products" }).first().click()
      await page.locator(".tree summary").nth(1).click()
      await page.locator(".tree").getByText("Pulse Band").waitFor()
    }
  },
  {
    name: "gather-text",
    isSmall: true,
    view: "gather",
    reach: async (page) => {
      await gather(page)
      await page.getByRole("button", { name: "notes" }).click()
      await page.getByText("Prices are in euros.").waitFor()
    }
  },
  {
    name: "gather-differs",
    isSmall: true,
    view: "gather",
    reach: async (page, [server]) => {
      await gather(page)
      if (server !== undefined) await Effect.runPromise(server.setScript(changed))
      await gather(page)
      await page.getByLabel("Compare with").selectOption("1")
      await page.getByText("3 differences").waitFor()
      await page.getByText("changed").click()
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
  },
  {
    name: "health-nothing",
    isSmall: true,
    view: "health",
    metrics: "",
    requests: [],
    reach: (page) => page.getByText("Nothing was measured yet").first().waitFor()
  }
]
