// After `npm ci`: patches the compiler with Effect's diagnostics, and builds, so that `npx mcp-orchestrator` has
// something to run.
import { execSync } from "node:child_process"
import { rmSync, symlinkSync } from "node:fs"

/** `npx` of npm 8 looks only here, and would fetch a stranger's package of that name. */
const linkBin = () => {
  const link = "node_modules/.bin/mcp-orchestrator"
  rmSync(link, { force: true })
  symlinkSync("../../dist/runner/main.js", link)
}

// npx itself runs this too when it first links the checkout; then there is nothing to do.
if (process.env.npm_command !== "exec") {
  try {
    execSync("effect-tsgo patch && npm run build", { stdio: "pipe" })
    // On Windows npm writes scripts instead of links; npm 8 comes with no Node that is still maintained there.
    if (process.platform !== "win32") linkBin()
  } catch (error) {
    // What the tools have said is of interest now, and not before.
    process.stderr.write(`${error.stdout}${error.stderr}`)
    process.exit(1)
  }
  console.log("built: npm start shows it, npx mcp-orchestrator --help says what it does")
}
