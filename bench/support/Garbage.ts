/** Garbage is collected when a measurement says so, in a process that was started as any other. */
import { setFlagsFromString } from "node:v8"
import { runInNewContext } from "node:vm"

setFlagsFromString("--expose-gc")

export const collect: () => void = runInNewContext("gc")
