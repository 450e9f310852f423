/** Whether a package that only some need is there, without loading it. */
import * as Option from "effect/Option"
import { nodeBuiltin } from "./NodeBuiltin.ts"

/** By resolving it: `module.findPackageJSON` would do, but Bun has none. */
export const isInstalled = (packageName: string): boolean =>
  Option.isSome(Option.liftThrowable(nodeBuiltin("node:module").createRequire(import.meta.url).resolve)(packageName))
