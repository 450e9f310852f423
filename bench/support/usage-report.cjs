// Preloaded into a measured command (plain JavaScript: the type stripper would be measured too). Writes to descriptor 3.
const fs = require("node:fs")

process.on("exit", () => {
  const { maxRSS, systemCPUTime, userCPUTime } = process.resourceUsage()
  fs.writeSync(
    3,
    JSON.stringify({ cpuMs: (systemCPUTime + userCPUTime) / 1000, peakBytes: highWaterMark() ?? maxRSS * 1024 })
  )
})

/** On Linux `maxRSS` begins at what the parent had when it forked; the kernel's own high-water mark does not. */
function highWaterMark() {
  try {
    return Number(/VmHWM:\s+(\d+) kB/.exec(fs.readFileSync("/proc/self/status", "utf8"))?.[1]) * 1024
  } catch {
    return undefined
  }
}
