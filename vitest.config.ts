import { configDefaults, defineConfig } from "vitest/config"

/** What `npm run test:quick` leaves to `npm test`, and why. Everything else is there: units, laws, real sockets. */
const slow = [
  // Processes of others: servers from npm and PyPI, compilers, bundlers, the runner as a process of its own.
  "test/real/**",
  "test/examples/**",
  "test/Consumer.test.ts",
  "test/Example.test.ts",
  "test/cli/Process.test.ts",
  "test/cli/Stdin.test.ts",
  "test/cli/Loaded.test.ts",
  "test/cli/Serve.test.ts",
  "test/cli/BatchProcess.test.ts",
  "test/docs/Snippets.test.ts",
  "test/http/OpenApi.test.ts",
  "test/workers/**",
  "test/replicas/**",
  // Wait for deadlines, by the hundred, or for looks at a file that are a second apart.
  "test/chaos/**",
  "test/testing/FakeFault.test.ts",
  "test/LiveConfig.test.ts",
  "test/config/ConfigWatch.test.ts",
  "test/connection/Distance.test.ts",
  "test/connection/SharedRateLimits.test.ts",
  "test/batch/Faults.test.ts",
  "test/batch/Batch.test.ts",
  // Every scenario that can leak, each with every command; every text that can hurt, the same.
  "test/telemetry/Canary*.test.ts",
  "test/cli/HostileText.test.ts",
  "test/telemetry/Redaction.test.ts",
  // Thousands of generated documents, statements and questions.
  "test/config/ConfigProperties.test.ts",
  "test/config/KeyBehaviour.test.ts",
  "test/Models.test.ts",
  "test/guard/Hostile.test.ts",
  "test/guard/Legitimate.test.ts",
  "test/sql/model/Elements.test.ts",
  "test/sql/model/Endpoints.test.ts",
  "test/sql/model/Budget.test.ts",
  "test/grounding/Ddl.test.ts",
  "test/grounding/SchemaReaderProperties.test.ts",
  "test/guard/TokenSoup.test.ts",
  "test/guard/Work.test.ts",
  "test/laws/**",
  "test/eval/**",
  "test/sql/rulebased/**",
  "test/query/Answers.test.ts",
  // A browser.
  "test/console/**",
  // Databases that are compiled to WebAssembly.
  "test/guard/Pglite.test.ts",
  "test/grounding/introspection/**"
]

/** What puts other modules in the place of the program's own, and so needs a world of its own. */
const replacing = [
  "test/cli/OptionalPeer.test.ts",
  "test/guard/MissingParser.test.ts",
  "test/guard/ParserPackages.test.ts",
  "test/health/BrokenParser.test.ts",
  "test/query/ReadOnce.test.ts",
  "test/telemetry/CanaryControl.test.ts"
]

/** What only computes: these modules keep nothing that a file could leave behind for the next one, so it need not load them anew. */
const computing = ["eval", "grounding", "guard", "laws", "query", "resolution", "sql", "text"].map(
  (folder) => `test/${folder}/**/*.test.ts`
)

export default defineConfig(({ mode }) => {
  const left = [...configDefaults.exclude, ...(mode === "quick" ? slow : [])]
  // No test takes a tenth of it on a quiet machine; this is for one that is busy with something else.
  const patience = { testTimeout: 240_000, hookTimeout: 240_000 }
  return {
    test: {
      // One more than cores: the chaos suite mostly waits for deadlines.
      maxWorkers: 3,
      // To load the program for each file by itself is a third of the time. What must hold before a change lands is not held
      // to what another file may have left behind.
      projects: [
        {
          test: {
            ...patience,
            name: "tests",
            globalSetup: "test/Bundled.ts",
            isolate: mode !== "quick",
            include: ["test/**/*.test.ts"],
            exclude: [...left, ...computing, ...replacing]
          }
        },
        {
          test: { ...patience, name: "computing", isolate: false, include: computing, exclude: [...left, ...replacing] }
        },
        { test: { ...patience, name: "replacing", include: replacing, exclude: left } }
      ],
      coverage: {
        provider: "v8",
        include: ["src/**/*.ts"],
        reporter: ["text-summary", "json-summary"],
        thresholds: { lines: 90 }
      }
    }
  }
})
