/**
 * Which Node this package needs. On an older one its modules fail with errors that name neither Node nor its version, so
 * this is looked at before any of them is loaded.
 */
const [major = 0, minor = 0] = process.versions.node.split(".").map(Number)

/** What to say on a Node that is too old; `null` on one that will do. */
export const problem =
  major > 22 || (major === 22 && minor >= 19)
    ? null
    : `effect-mcp-orchestrator needs Node >= 22.19; this is Node ${process.versions.node}.`
