/** Commands as a person or a package manager runs them. */
import { Data, Effect } from "effect"
import { execFile } from "node:child_process"
import { fileURLToPath } from "node:url"

export const root = fileURLToPath(new URL("../..", import.meta.url))

export interface Options {
  readonly cwd: string
  /** Folders that come first in PATH. */
  readonly path?: ReadonlyArray<string>
  readonly env?: { readonly [name: string]: string }
}

export class CommandFailed extends Data.TaggedError("CommandFailed")<{ readonly message: string }> {}

/** What a command wrote to stdout; fails with all it wrote if it does not end with 0. */
export const run = (
  options: Options,
  file: string,
  ...args: ReadonlyArray<string>
): Effect.Effect<string, CommandFailed> =>
  Effect.callback((resume) => {
    const env = {
      ...process.env,
      // Set by npm for its scripts, and heeded by the npm that is run here.
      npm_config_user_agent: undefined,
      NODE_OPTIONS: undefined,
      ...options.env,
      PATH: [...(options.path ?? []), process.env["PATH"]].join(":")
    }
    const child = execFile(file, args, { cwd: options.cwd, env, maxBuffer: 1e8 }, (error, stdout, stderr) => {
      const failure = () => new CommandFailed({ message: `${file} ${args.join(" ")}\n${stdout}${stderr}` })
      resume(error === null ? Effect.succeed(stdout) : Effect.fail(failure()))
    })
    return Effect.sync(() => child.kill())
  })
