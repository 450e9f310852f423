import { assert, it } from "@effect/vitest"
import * as Colour from "../../src/telemetry/Colour.ts"

const terminal = (isTTY: boolean, env: Readonly<Record<string, string>>) => {
  const { hasColors, isTTY: before } = process.stderr
  Object.assign(process.stderr, { isTTY, hasColors: () => true })
  try {
    return Colour.onStderr(env)
  } finally {
    Object.assign(process.stderr, { isTTY: before, hasColors })
  }
}

it("a terminal has colours, anything else has none", () => {
  assert.isTrue(terminal(true, {}))
  assert.isFalse(terminal(false, {}))
})

it("CLICOLOR_FORCE has colours anywhere, unless it is 0 or empty", () => {
  assert.isTrue(terminal(false, { CLICOLOR_FORCE: "1" }))
  assert.isFalse(terminal(false, { CLICOLOR_FORCE: "0" }))
  assert.isFalse(terminal(false, { CLICOLOR_FORCE: "" }))
})

it("NO_COLOR wins, unless it is empty", () => {
  assert.isFalse(terminal(true, { NO_COLOR: "1", CLICOLOR_FORCE: "1" }))
  assert.isTrue(terminal(true, { NO_COLOR: "" }))
})
