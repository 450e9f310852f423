/** Runs the command line inside the test's process, so that its coverage counts, and collects what it writes. */
import * as NodeServices from "@effect/platform-node/NodeServices"
import { Cause, Effect, Exit } from "effect"
import { vi } from "vitest"
import * as Cli from "../../src/cli/Cli.ts"
import { ExitWith } from "../../src/cli/Failure.ts"
import * as DemoServers from "../../src/demo/DemoServers.ts"

export interface Ran {
  readonly exitCode: number
  readonly stdout: string
  readonly stderr: string
}

/** One run at a time: the process has one stdout. With `terminal` both streams are one of so many columns. */
export const run = (
  args: ReadonlyArray<string>,
  options: { readonly terminal?: { readonly columns: number } } = {}
): Effect.Effect<Ran> =>
  Effect.acquireUseRelease(
    Effect.sync(() => ({
      stdout: capture(process.stdout, options.terminal),
      stderr: capture(process.stderr, options.terminal)
    })),
    ({ stderr, stdout }) =>
      Cli.run(args).pipe(
        Effect.provide(NodeServices.layer),
        Effect.exit,
        Effect.map((exit) => ({ exitCode: codeOf(exit), stdout: stdout.text(), stderr: stderr.text() }))
      ),
    ({ stderr, stdout }) =>
      Effect.sync(() => {
        stdout.restore()
        stderr.restore()
      })
  )

/** The demo servers on free ports, and the shipped configuration pointed at them. */
export const withDemoServers = Effect.gen(function* () {
  const servers = yield* DemoServers.start({ productPort: 0, databasePort: 0, host: "127.0.0.1" })
  yield* environment({
    MCP__MCP_SERVERS__PRODUCT_METADATA_MCP__URL: servers.productUrl,
    MCP__MCP_SERVERS__DATABASE_MCP__URL: servers.databaseUrl
  })
  return servers
})

/** Environment variables for as long as the scope is open. */
export const environment = (variables: { readonly [name: string]: string }) =>
  Effect.acquireRelease(
    Effect.sync(() => {
      for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value)
    }),
    () => Effect.sync(() => void vi.unstubAllEnvs())
  )

const codeOf = (exit: Exit.Exit<void, ExitWith>): number => {
  if (Exit.isSuccess(exit)) return 0
  if (Cause.hasInterruptsOnly(exit.cause)) return 130
  const error = Cause.squash(exit.cause)
  return error instanceof ExitWith ? error.code : 1
}

const capture = (stream: NodeJS.WriteStream, terminal: { readonly columns: number } | undefined) => {
  const chunks: Array<string> = []
  const write = (chunk: unknown, ...rest: ReadonlyArray<unknown>) => {
    chunks.push(String(chunk))
    const done = rest.at(-1)
    if (typeof done === "function") done()
    return true
  }
  const spies: Array<{ mockRestore(): void }> = [vi.spyOn(stream, "write").mockImplementation(write)]
  if (stream === process.stderr) {
    // The logger writes through the console, which vitest keeps apart from stderr.
    spies.push(vi.spyOn(console, "error").mockImplementation((line) => void chunks.push(`${line}\n`)))
  }
  const { columns, hasColors, isTTY } = stream
  Object.assign(stream, { isTTY: terminal !== undefined, columns: terminal?.columns, hasColors: () => false })
  return {
    text: () => chunks.join(""),
    restore: () => {
      Object.assign(stream, { columns, hasColors, isTTY })
      spies.forEach((spy) => spy.mockRestore())
    }
  }
}
