/** This project as the runner has it: bundled, with the runner's small heap; but gathering as often as it is told to. */
import * as Heap from "../../src/cli/Heap.ts"
import { ours } from "./Ours.ts"
import * as Process from "./Process.ts"

Heap.keepSmall()
Process.run(ours)
