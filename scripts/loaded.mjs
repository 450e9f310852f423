/**
 * Runs a command on a machine that is busy: `node scripts/loaded.mjs 12 npm test`, beside as many busy loops as make its
 * load that number. Ends as the command does, and says how long it took and how high the load was.
 */
import { spawn } from "node:child_process"
import { availableParallelism, loadavg } from "node:os"

const [load = "12", command = "npm", ...args] = process.argv.slice(2)

// The command itself keeps the cores busy too.
const loops = Array.from({ length: Math.max(0, Number(load) - availableParallelism()) }, () =>
  spawn(process.execPath, ["--eval", "for (;;) {}"], { stdio: "ignore" })
)
const end = () => {
  for (const loop of loops) loop.kill("SIGKILL")
}
process.on("exit", end)

const started = performance.now()
let highest = 0
const watch = setInterval(() => (highest = Math.max(highest, loadavg()[0] ?? 0)), 1000)

const child = spawn(command, args, { stdio: "inherit" })
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => child.kill(signal))
child.on("close", (code) => {
  clearInterval(watch)
  console.error(
    `${[command, ...args].join(" ")} beside ${loops.length} busy loops: exit ${code ?? "by a signal"}, ` +
      `${Math.round((performance.now() - started) / 1000)} s, load up to ${highest.toFixed(1)}`
  )
  process.exit(code ?? 1)
})
