/** Whether a package that only some need is there, without loading it. */
import * as Option from "effect/Option"
import { nodeBuiltin } from "./NodeBuiltin.ts"

export const isInstalled = (packageName: string): boolean =>
  Option.liftThrowable(nodeBuiltin("node:module").findPackageJSON)(packageName, import.meta.url).pipe(
    Option.exists((path) => path !== undefined)
  )
