/** What a gather leaves is young garbage: of the old, a process that gathers often would pile up hundreds of megabytes. */
import { assert, it } from "@effect/vitest"
import { execFile } from "node:child_process"
import { fileURLToPath } from "node:url"
import { promisify } from "node:util"
import { Effect } from "effect"
import { FakeServer } from "../../src/testing/index.ts"

const fixture = fileURLToPath(new URL("fixtures/gathers.ts", import.meta.url))

const resources = Array.from({ length: 50 }, (_, index) => ({
  uri: `a://${index}`,
  name: `resource ${index}`,
  json: { id: index, text: "x".repeat(2000) }
}))

it.live("leaves to the full collector less than a quarter of what it brought", () =>
  Effect.gen(function* () {
    const servers = yield* Effect.all([FakeServer.make({ resources }), FakeServer.make({ resources })])
    const { stdout } = yield* Effect.promise(() =>
      promisify(execFile)(process.execPath, [fixture, ...servers.map(({ url }) => url)])
    )
    assert.match(stdout, /^-?\d+\n$/)
    assert.isBelow(Number(stdout), (2 * resources.length * 2000) / 4)
  }).pipe(Effect.scoped)
)
