import { assert, it } from "@effect/vitest"
import * as MetricsText from "../../src/workers/MetricsText.ts"

it("metrics of several workers say a family once, and of each series whose it is", () => {
  const text = (value: number) =>
    `# HELP a_total One\n# TYPE a_total counter\na_total{x="y z"} ${value}\n# TYPE b gauge\nb ${value}\n`
  assert.strictEqual(
    MetricsText.merge([
      [1, text(5)],
      [2, text(7)]
    ]),
    `# HELP a_total One
# TYPE a_total counter
a_total{worker="1",x="y z"} 5
a_total{worker="2",x="y z"} 7

# TYPE b gauge
b{worker="1"} 5
b{worker="2"} 7
`
  )
})
