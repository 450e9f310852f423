// After `npm ci`: patches the compiler with Effect's diagnostics, and builds, so that `npx mcp-orchestrator` has
// something to run.
import { execSync } from "node:child_process"

// npx itself runs this too when it first links the checkout; then there is nothing to do.
if (process.env.npm_command !== "exec") {
  try {
    execSync("effect-tsgo patch && npm run build", { stdio: "pipe" })
  } catch (error) {
    // What the tools have said is of interest now, and not before.
    process.stderr.write(`${error.stdout}${error.stderr}`)
    process.exit(1)
  }
  console.log("built: npm start shows it, npx mcp-orchestrator --help says what it does")
}
