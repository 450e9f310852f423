// After `npm ci`: patches the compiler with Effect's diagnostics, and builds. Then `npx mcp-orchestrator` finds a command
// in the checkout itself: a package's own is not among those that npm links, and npx would link the checkout into its
// cache first, with warnings about the Node that is not used in the end.
import { execSync } from "node:child_process"
import { mkdirSync, writeFileSync } from "node:fs"

// npx runs this too when it links the checkout all the same.
if (process.env.npm_command !== "exec") {
  try {
    execSync("effect-tsgo patch && npm run build", { stdio: "pipe" })
  } catch (error) {
    // What the tools have said is of interest now, and not before.
    process.stderr.write(`${error.stdout}${error.stderr}`)
    process.exit(1)
  }
  mkdirSync("node_modules/.bin", { recursive: true })
  writeFileSync("node_modules/.bin/mcp-orchestrator", '#!/usr/bin/env node\nimport("../../dist/runner/main.js")\n', {
    mode: 0o755
  })
  console.log("built: npm start shows it, npx mcp-orchestrator --help says what it does")
}
