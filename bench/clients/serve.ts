/** This project as a command of the runner that serves has it: bundled, with that heap. */
import * as Heap from "../../src/cli/Heap.ts"
import { ours } from "./Ours.ts"
import * as Process from "./Process.ts"

Heap.keepSmall()
Heap.serve()
Process.run(ours)
