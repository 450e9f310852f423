import { assert, it } from "@effect/vitest"
import { preferred } from "../../src/http/Forms.ts"

const offers = ["application/json", "text/event-stream"]

// The rules of RFC 9110, 12.5.1; what browsers, curl and EventSource send among them.
const cases: ReadonlyArray<readonly [accept: string, type: string | undefined]> = [
  ["*/*", "application/json"],
  ["", undefined],
  ["text/event-stream", "text/event-stream"],
  ["TEXT/Event-Stream", "text/event-stream"],
  ["application/json, text/event-stream", "application/json"],
  ["application/json;q=0.5, text/event-stream", "text/event-stream"],
  ["text/*", "text/event-stream"],
  ["text/*;q=0.3, application/*;q=0.4", "application/json"],
  ["text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "application/json"],
  ["text/event-stream;q=0, */*", "application/json"],
  ["application/json;q=0, text/event-stream;q=0", undefined],
  ["text/html", undefined],
  ["application/json;q=nonsense", undefined],
  [", ,;,", undefined]
]
for (const [accept, type] of cases) {
  it(`accept: ${accept} is ${type}`, () => assert.strictEqual(preferred(accept, offers), type))
}
