/** The first import of the package's entries: refuses a Node that is too old, in one sentence. */
import { problem } from "./NodeVersion.ts"

if (problem !== null) throw new Error(problem)
