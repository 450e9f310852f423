import { assert, it } from "@effect/vitest"
import { describedCodes } from "../../src/grounding/DescribedCodes.ts"

it("are read with their meanings", () => {
  for (const [description, ...codes] of [
    ["E = emergency, P = planned, T = transfer", "E emergency", "P planned", "T transfer"],
    ["Status: A=active; O=obsolete", "A active", "O obsolete"],
    ["N=new, S=sent, P=partly received, R=received", "N new", "S sent", "P partly received", "R received"],
    ["E enrolled, C completed, W withdrawn", "E enrolled", "C completed", "W withdrawn"],
    ["1: low, 2: medium or 3: high", "1 low", "2 medium", "3 high"],
    ["F for female and M for male. Empty if not said", "F female", "M male"]
  ]) {
    const found = describedCodes(description ?? null).map(({ code, meaning }) => `${code} ${meaning}`)
    assert.deepStrictEqual(found, codes, description)
  }
})

it("are no scales, no yes and no, and no other words", () => {
  for (const description of [
    null,
    "1 is best, 5 is failed",
    "Y = yes, N = no",
    "1 if known, 0 otherwise",
    "Address (street, city)",
    "VAT and fee",
    "A4 paper or B5 paper",
    "ISO code, 2 letters",
    "X-ray, Y-axis",
    "NULL = unknown, A = known",
    "E = emergency",
    "A = one, A = other"
  ]) {
    assert.deepStrictEqual(describedCodes(description), [], String(description))
  }
})
