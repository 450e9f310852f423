import { assert, it } from "@effect/vitest"
import { spawnSync } from "node:child_process"
import { fileURLToPath } from "node:url"

it("the runner stays small while V8 sees PostgreSQL's parser work again and again", () => {
  const script = fileURLToPath(new URL("fixtures/parses.ts", import.meta.url))
  const { stderr, stdout } = spawnSync(process.execPath, [script], { encoding: "utf8" })
  assert.match(stdout, /^\d+\n$/, stderr)
  // V8's optimising compiler takes 600 MB for the parser's grammar.
  assert.isBelow(Number(stdout), 150e6)
})

it("the runner's code is optimised for a command that computes", () => {
  const script = fileURLToPath(new URL("fixtures/optimised.ts", import.meta.url))
  const { stderr, stdout } = spawnSync(process.execPath, [script], { encoding: "utf8" })
  assert.strictEqual(stdout, "false\ntrue\n", stderr)
})
