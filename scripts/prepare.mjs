// After `npm ci`: patches the compiler with Effect's diagnostics, and builds, so that `npx mcp-orchestrator` has
// something to run. npx itself runs this script too when it first links the checkout; then there is nothing to do.
import { execSync } from "node:child_process"

if (process.env.npm_command !== "exec") execSync("effect-tsgo patch && npm run build", { stdio: "inherit" })
