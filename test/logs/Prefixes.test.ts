/** Logs as collectors hand them on; the forms are those of their documentation. */
import { assert, it } from "@effect/vitest"
import { Effect, Stream } from "effect"
import * as LogSummary from "../../src/logs/LogSummary.ts"
import * as Waterfall from "../../src/logs/Waterfall.ts"

const line = JSON.stringify({
  timestamp: "2026-11-26T10:00:00.000Z",
  level: "INFO",
  event: "resource_gathering_completed",
  request_id: "r1",
  server: "a {b}",
  duration_ms: 5
})
const escape = String.fromCharCode(27)

/** What each makes of our line. */
const forms: ReadonlyArray<readonly [name: string, text: string]> = [
  ["nobody", line],
  // https://docs.docker.com/reference/cli/docker/compose/logs/, with and without a terminal
  ["docker compose", `orchestrator-1  | ${line}`],
  ["docker compose in colours", `${escape}[36morchestrator-1  |${escape}[0m ${line}`],
  // https://docs.docker.com/reference/cli/docker/container/logs/ --timestamps
  ["docker logs --timestamps", `2026-11-26T10:00:00.123456789Z ${line}`],
  // https://docs.docker.com/engine/logging/drivers/json-file/
  ["Docker's json-file", JSON.stringify({ log: `${line}\n`, stream: "stderr", time: "2026-11-26T10:00:00.1Z" })],
  // https://kubernetes.io/docs/reference/kubectl/generated/kubectl_logs/ --prefix
  ["kubectl --prefix", `[pod/orchestrator-7d9f/app] ${line}`],
  // https://github.com/kubernetes/design-proposals-archive/blob/main/node/kubelet-cri-logging.md
  ["CRI", `2026-11-26T10:00:00.1Z stderr F ${line}`],
  // https://www.freedesktop.org/software/systemd/man/latest/journalctl.html -o short, -o json
  ["journalctl", `Nov 26 10:00:00 host mcp-orchestrator[4242]: ${line}`],
  ["journalctl -o json", JSON.stringify({ MESSAGE: line, _PID: "4242", PRIORITY: "6" })]
]

it.effect.each(forms)("a line that came through %s is read", ([, text]) =>
  Effect.gen(function* () {
    const summary = yield* LogSummary.summarise(Stream.make(`${text}\n`))
    assert.deepStrictEqual([summary.lines, summary.badLines], [1, 0])
    assert.deepInclude(summary.events[0], { event: "resource_gathering_completed", server: "a {b}" })
    const { bars } = yield* Waterfall.collect(Stream.make(`${text}\n`), "r1")
    assert.lengthOf(bars, 1)
  })
)

it.effect("what is not a line of ours is still a bad one, whatever braces are in it", () =>
  Effect.gen(function* () {
    const text = ["{", "}{", "a {b} c", '{"log": "{"}', '{"MESSAGE": {"event": "x"}}', `prefix [1] {"event": 1}`].join(
      "\n"
    )
    const summary = yield* LogSummary.summarise(Stream.make(text))
    assert.deepStrictEqual([summary.lines, summary.badLines], [6, 6])
  })
)
