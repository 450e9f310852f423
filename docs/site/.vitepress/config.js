/** docs/ as a site: the pages as they are, a sidebar in the order of the path, search in the browser. */
import { cpSync, existsSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { defineConfig } from "vitepress"

const apiReference = fileURLToPath(new URL("../../api/html", import.meta.url))

/** The pages lie outside of this package, which has the modules that their compiled form imports. */
const vueOfThisPackage = {
  name: "vue-of-this-package",
  enforce: "pre",
  resolveId(source, _importer, { ssr }) {
    if (!/^vue(?:\/|$)/.test(source)) return null
    // Pages are rendered in this package's folder, where Node finds it: two copies of Vue would not know each other.
    return ssr
      ? { id: source, external: true }
      : this.resolve(source, fileURLToPath(import.meta.url), { skipSelf: true })
  }
}

export default defineConfig({
  title: "effect-mcp-orchestrator",
  description:
    "Gathers every resource of every MCP server, all or nothing, and turns questions into SQL that only reads.",
  srcDir: "..",
  srcExclude: ["site/**", "api/**"],
  // Works below any path, as on GitHub Pages.
  base: process.env["DOCS_BASE"] ?? "/",
  cleanUrls: false,
  lastUpdated: false,
  // Links out of docs/ lead to files of the repository; test/docs/Links.test.ts holds them to what is there.
  ignoreDeadLinks: [
    /^http:\/\/localhost/,
    /^(?:\.\/)?(?:\.\.\/)+(?:README|CONTRIBUTING|ARCHITECTURE|CHANGELOG|SECURITY|LICENSE|eval|THIRD)/
  ],
  vite: { plugins: [vueOfThisPackage] },
  themeConfig: {
    search: { provider: "local" },
    outline: [2, 3],
    nav: [
      { text: "Tutorial", link: "/tutorial" },
      { text: "Reference", link: "/reference/cli" },
      ...(existsSync(apiReference) ? [{ text: "API", link: "/api/index.html", target: "_self" }] : [])
    ],
    sidebar: [
      { text: "Overview", link: "/" },
      { text: "Tutorial", link: "/tutorial" },
      {
        text: "How to",
        items: [
          { text: "Use it in scripts and CI", link: "/how-to/scripts" },
          { text: "Tokens, certificates, proxies", link: "/how-to/tokens-and-proxies" },
          { text: "Let a model write the SQL", link: "/how-to/language-model" },
          { text: "Find out why something fails", link: "/how-to/failures" },
          { text: "Embed it in an app", link: "/how-to/embed" },
          { text: "Serve it over HTTP", link: "/http" },
          { text: "Put it into a web server", link: "/web-servers" },
          { text: "Look at it in a browser", link: "/console" },
          { text: "Use it from an MCP host", link: "/mcp" },
          { text: "Ask many questions", link: "/batch" },
          { text: "Run more than one of it", link: "/scale" },
          { text: "Connect servers of others", link: "/servers" },
          { text: "Test an app", link: "/testing" },
          { text: "Watch it", link: "/telemetry" }
        ]
      },
      {
        text: "Reference",
        items: [
          { text: "Command line", link: "/command-line" },
          { text: "Every command", link: "/reference/cli" },
          { text: "Configuration", link: "/configuration" },
          { text: "Configuration keys", link: "/reference/configuration" },
          { text: "Errors", link: "/errors" },
          { text: "Reasons of errors", link: "/reference/errors" },
          { text: "Events", link: "/reference/events" },
          { text: "Metrics", link: "/reference/metrics" },
          { text: "Results and JSON", link: "/results" },
          { text: "Connections", link: "/connections" },
          { text: "Resolution", link: "/resolution" },
          { text: "Queries and the guard", link: "/queries" },
          { text: "Introspection", link: "/introspection" },
          { text: "Benchmarks", link: "/benchmarks" }
        ]
      },
      {
        text: "Explanation",
        items: [
          { text: "Why all or nothing", link: "/explanation/all-or-nothing" },
          { text: "Why no cache", link: "/explanation/no-cache" },
          { text: "How names win", link: "/explanation/names" },
          { text: "What else there is", link: "/alternatives" },
          { text: "Releases", link: "/releases" }
        ]
      }
    ]
  },
  buildEnd: ({ outDir }) => {
    if (existsSync(apiReference)) cpSync(apiReference, `${outDir}/api`, { recursive: true })
  }
})
