import { ours } from "./Ours.ts"
import * as Process from "./Process.ts"

Process.run(ours)
