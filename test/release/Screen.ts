/** A terminal of 80 columns that types commands and reads what stands on it: a shell in tmux. */
import { Effect, Schedule } from "effect"
import { run } from "./Command.ts"

export interface Screen {
  /** Types a line, waits for the prompt, and gives what was printed. */
  readonly type: (line: string) => Effect.Effect<string, unknown>
  /** Types a line whose command goes on, and gives what was printed once it says `until`. */
  readonly start: (line: string, until: string) => Effect.Effect<string, unknown>
}

/** A shell in `cwd`; it ends with the scope, and so does what it runs. */
export const make = Effect.fn("Screen.make")(function* (cwd: string, name: string) {
  const tmux = (...args: ReadonlyArray<string>) =>
    run({ cwd }, "env", "-i", ...environment, "tmux", "-L", name, "-f", "/dev/null", ...args)
  const prompted = `${name}-prompt`
  yield* Effect.acquireRelease(
    // The prompt is the sign that a command has ended: no look at the screen can tell that.
    tmux(
      "new-session",
      "-d",
      "-s",
      name,
      "-x",
      "80",
      "-y",
      "200",
      "-c",
      cwd,
      "-e",
      "PS1=$ ",
      "-e",
      `PROMPT_COMMAND=tmux -L ${name} wait-for -S ${prompted}`,
      "bash",
      "--norc"
    ),
    () => Effect.ignore(tmux("kill-server"))
  )
  yield* tmux("wait-for", prompted)
  const send = Effect.fnUntraced(function* (line: string) {
    yield* tmux("send-keys", "-t", name, "-R")
    yield* tmux("clear-history", "-t", name)
    yield* tmux("send-keys", "-t", name, "-l", line)
    yield* tmux("send-keys", "-t", name, "Enter")
  })
  const shown = tmux("capture-pane", "-p", "-t", name, "-S", "-")
  const screen: Screen = {
    type: (line) => send(line).pipe(Effect.andThen(tmux("wait-for", prompted)), Effect.andThen(shown)),
    start: (line, until) =>
      send(line).pipe(
        Effect.andThen(
          shown.pipe(Effect.repeat({ schedule: Schedule.spaced("200 millis"), until: (text) => text.includes(until) }))
        )
      )
  }
  return screen
})

// -----------------------------------------------------------------------------
// internals

/** Of this process, but for what npm and vitest have put into it: a newcomer's shell has nothing of the project. */
const environment: ReadonlyArray<string> = Object.entries(process.env)
  .flatMap(([key, value = ""]) =>
    /^(?:npm_(?!config_)|VITEST|NODE|INIT_CWD|MCP_|LLM_|TMUX|TERM|LANG|CI$)/.test(key)
      ? []
      : [`${key}=${key === "PATH" ? withoutModules(value) : value}`]
  )
  .concat("TERM=xterm-256color", "LANG=C.UTF-8")

function withoutModules(path: string): string {
  return path
    .split(":")
    .filter((folder) => !folder.includes("node_modules"))
    .join(":")
}
