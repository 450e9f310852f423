/** Gathering as a whole command, from the start of the process to its end. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import * as Effect from "effect/Effect"
import * as Command from "./Command.ts"
import { configuration } from "./Configuration.ts"
import * as FakeServers from "./FakeServers.ts"
import { median } from "./Statistics.ts"

/** Medians over the runs. */
export interface CommandResult extends Command.Run {
  readonly name: string
}

export interface CommandResults {
  /** An empty program, two idle servers with a few resources, ten with 50 resources each. */
  readonly empty: CommandResult
  readonly two: ReadonlyArray<CommandResult>
  readonly ten: ReadonlyArray<CommandResult>
}

export const runnerName = "`mcp-orchestrator gather --json`"
const emptyName = "node -e 0"

/** All take turns, the empty program with them. */
export const measure = Effect.fnUntraced(
  function* (
    runner: string,
    clients: ReadonlyArray<{ readonly name: string; readonly program: string }>,
    rounds: number
  ) {
    const on = Effect.fnUntraced(function* (load: FakeServers.Load) {
      const { urls } = yield* FakeServers.start(load)
      return yield* alternate(
        new Map([
          [emptyName, ["-e", "0"]],
          [runnerName, [runner, "gather", "--json", "--config", yield* configFile(urls)]],
          ...clients.map(({ name, program }): [string, Array<string>] => [name, [program, "--once", ...urls]])
        ]),
        rounds
      )
    })
    const [empty, ...two] = yield* on({ servers: 2, resources: 5, bytes: 2000, latency: 0 })
    const [, ...ten] = yield* on({ servers: 10, resources: 50, bytes: 2000, latency: 0 })
    return empty === undefined ? yield* Effect.die("nothing was measured") : { empty, two, ten }
  },
  (effect) => Effect.scoped(effect)
)

/** Runs all commands `rounds` times, one after another in turn. */
export const alternate = Effect.fnUntraced(function* (
  commands: ReadonlyMap<string, ReadonlyArray<string>>,
  rounds: number
) {
  const runs = new Map(Array.from(commands.keys(), (name): [string, Array<Command.Run>] => [name, []]))
  for (let round = 0; round < rounds; round += 1) {
    for (const [name, args] of commands) runs.get(name)?.push(yield* Command.run(args))
  }
  return Array.from(runs, ([name, all]): CommandResult => ({
    name,
    wallMs: median(all.map(({ wallMs }) => wallMs)),
    cpuMs: median(all.map(({ cpuMs }) => cpuMs)),
    peakMb: median(all.map(({ peakMb }) => peakMb))
  }))
})

/** A configuration file for these servers, which goes with the scope. */
export const configFile = (urls: ReadonlyArray<string>) =>
  Effect.acquireRelease(
    Effect.sync(() => {
      const folder = mkdtempSync(join(tmpdir(), "effect-mcp-orchestrator-bench-"))
      const file = join(folder, "mcp-config.yaml")
      writeFileSync(file, JSON.stringify(configuration(urls)))
      return file
    }),
    (file) => Effect.sync(() => rmSync(join(file, ".."), { recursive: true }))
  )
