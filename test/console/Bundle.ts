/** The page as `npm run build` makes it, in a directory of its own. No browser is needed for it. */
import { Context, Effect, Layer } from "effect"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { build } from "rolldown"
import { consoleBundle } from "../../console/bundle.ts"

/** The directory with the page. */
export class Bundle extends Context.Service<Bundle, string>()("test/console/Bundle") {
  static readonly layer = Layer.effect(
    Bundle,
    Effect.gen(function* () {
      const directory = yield* Effect.acquireRelease(
        Effect.sync(() => mkdtempSync(join(tmpdir(), "console-"))),
        (directory) => Effect.sync(() => rmSync(directory, { recursive: true, force: true }))
      )
      yield* Effect.promise(() => build(consoleBundle(directory)))
      return directory
    })
  )
}
