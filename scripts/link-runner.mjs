// In a checkout, `npx mcp-orchestrator` would install the checkout into npx's cache first. A link where npx looks for
// local commands makes it run the built runner at once.
import { chmodSync, rmSync, symlinkSync } from "node:fs"

const link = "node_modules/.bin/mcp-orchestrator"
chmodSync("dist/runner/main.js", 0o755)
if (process.platform !== "win32") {
  rmSync(link, { force: true })
  symlinkSync("../../dist/runner/main.js", link)
}
