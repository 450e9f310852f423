import { assert, it } from "@effect/vitest"
import { Effect } from "effect"
import { vi } from "vitest"
import * as Canaries from "./canaries.ts"

// What the canaries prove is worth nothing if nobody could have seen them: the same scenes without redaction.
vi.mock("../../src/telemetry/Redaction.ts", async (original) => {
  const same = (text: string) => text
  return {
    ...(await original<object>()),
    text: same,
    url: (url: URL | string) => String(url),
    withSecrets: () => same,
    withSecretsInCut: () => same,
    isSecretName: () => false
  }
})

it.live("without redaction every secret comes out, so the places are those where secrets are seen", () =>
  Effect.gen(function* () {
    const runs = yield* Effect.forEach(Canaries.scenarios, ({ commands = [], ...scenario }) =>
      Canaries.run({ ...scenario, commands: commands.slice(0, 1) })
    )
    const leaks = runs.flatMap((run) => run.leaks)
    const seen = new Set(leaks.map(({ canary }) => canary))
    const secrets = Object.keys({ ...Canaries.configured, ...Canaries.foreign, ...Canaries.withheld })
    assert.deepStrictEqual(
      secrets.filter((name) => !seen.has(name)),
      Object.keys(Canaries.withheld)
    )
    for (const place of ["stdout", "stderr", "span", "OTLP"]) {
      assert.isTrue(
        leaks.some(({ where }) => where.includes(place)),
        place
      )
    }
    const exported = runs.flatMap((run) => run.exported)
    assert.isTrue(exported.some(({ headers }) => headers["x-tenant"] === Canaries.withheld.exporterHeader))
  })
)

it("a canary is found by any part of it, and in every encoding", () => {
  const [name, canary] = ["header", Canaries.configured.header]
  assert.deepStrictEqual(Canaries.found(`… ${canary.slice(9, 17)} …`), [name])
  assert.deepStrictEqual(Canaries.found(Buffer.from(canary).toString("base64")), [name])
  assert.deepStrictEqual(Canaries.found(canary.slice(0, 7)), [])
  for (const [encoding, encoded] of Object.entries(Canaries.encodings)) {
    const shown = encoded(canary).replaceAll("\n", " ")
    assert.deepStrictEqual(Canaries.found(shown), [name], encoding)
    assert.deepStrictEqual(Canaries.found(JSON.stringify(shown)), [name], encoding)
  }
})
