/** `init [FILE]`: writes a commented configuration, from flags, from another client's file, or from a few questions. */
import * as Effect from "effect/Effect"
import * as FileSystem from "effect/FileSystem"
import * as Layer from "effect/Layer"
import * as Logger from "effect/Logger"
import * as Option from "effect/Option"
import * as Path from "effect/Path"
import * as References from "effect/References"
import * as Result from "effect/Result"
import * as ConfigFile from "../config/ConfigFile.ts"
import * as FileText from "../config/FileText.ts"
import * as ConfigValues from "../config/ConfigValues.ts"
import { Sessions } from "../connection/Sessions.ts"
import * as AdHoc from "./AdHoc.ts"
import * as GlobalFlags from "./GlobalFlags.ts"
import * as Input from "./Input.ts"
import * as Asking from "./init/Asking.ts"
import * as ClientConfig from "./init/ClientConfig.ts"
import * as Draft from "./init/Draft.ts"
import * as Template from "./init/Template.ts"
import * as Output from "./Output.ts"
import * as ShellWord from "./ShellWord.ts"
import * as Table from "../text/Table.ts"
import * as Terminal from "./Terminal.ts"
import { usage, UsageError } from "./CommandError.ts"
import * as ValidateCommand from "./ValidateCommand.ts"

export interface Options {
  readonly file: Option.Option<string>
  /** The file of another client; `-` for stdin. */
  readonly from: Option.Option<string>
  /** `URL` or `ID=URL`. */
  readonly servers: ReadonlyArray<string>
  /** `Name: value`, for all of `servers`. */
  readonly headers: ReadonlyArray<string>
  readonly connect: boolean
  readonly force: boolean
}

/** What was found out of a server is told with the result; there is no configuration yet that says what to log. */
const silent = Layer.mergeAll(Logger.layer([]), Layer.succeed(References.MinimumLogLevel, "None"))

export const run = Effect.fnUntraced(
  function* (options: Options) {
    const target = yield* targetOf(options)
    const { leftOut, servers } = yield* wanted(options)
    if (servers.length === 0) return yield* new UsageError({ problems: nothingTaken(leftOut) })
    const answered = yield* Asking.all(servers, options.connect)
    const entries = Draft.entries(answered, ConfigFile.serverCeiling)
    yield* write(target, Template.render(entries), options.force)
    const unset = [...new Set(entries.flatMap((entry) => Draft.unset(entry, process.env)))]
    yield* Output.stdout(report(target, entries, leftOut, unset))
    if (!entries.some(({ enabled }) => enabled)) return
    if (unset.length > 0) return yield* Output.stdout(`\nThen: mcp-orchestrator validate ${ShellWord.word(target)}`)
    yield* Output.stdout("")
    yield* ValidateCommand.run({ file: Option.some(target), connect: options.connect, json: false, format: "table" })
  },
  Effect.provide([Sessions.layerSse, silent])
)

// -----------------------------------------------------------------------------
// internals

/** The absolute path to be written, which is free unless `--force` is given. */
const targetOf = Effect.fnUntraced(function* ({ file, force }: Options) {
  const path = yield* Path.Path
  const fs = yield* FileSystem.FileSystem
  const option = yield* GlobalFlags.Config
  const named = Option.getOrUndefined(Option.orElse(file, () => option))
  const target = path.resolve(FileText.whichFile({ file: named, env: process.env }).name)
  const exists = yield* Effect.orElseSucceed(fs.exists(target), () => false)
  return exists && !force ? yield* taken(target) : target
})

const taken = (target: string) => usage(`${target} exists already: name another file, or overwrite it with --force`)

const wanted = Effect.fnUntraced(function* (options: Options) {
  const named = yield* Effect.forEach(options.servers, (server) => namedServer(server, options.headers))
  if (Option.isSome(options.from)) {
    const file = options.from.value
    const read = ClientConfig.read(yield* Input.text(file))
    if (Result.isFailure(read)) return yield* usage(`${file === "-" ? "stdin" : file}: ${read.failure}`)
    return withoutBadUrls({ ...read.success, servers: [...read.success.servers, ...named] })
  }
  if (named.length > 0) return withoutBadUrls({ servers: named, leftOut: [] })
  if (!process.stdin.isTTY || !process.stderr.isTTY) {
    return yield* usage("name a server with --server URL, or the file of another client with --from FILE")
  }
  const { ask } = yield* Effect.promise(() => import("./init/Questions.ts"))
  return withoutBadUrls({ servers: yield* ask, leftOut: [] })
})

const namedServer = Effect.fnUntraced(function* (server: string, headers: ReadonlyArray<string>) {
  const [, name, url = server] = /^([\w.-]+)=(https?:.*)$/i.exec(server) ?? []
  const pairs = yield* Effect.forEach(headers, AdHoc.headerOf)
  return { name: name ?? null, url, headers: Object.fromEntries(pairs), saysSse: true, disabled: false }
})

const withoutBadUrls = ({
  leftOut,
  servers
}: {
  readonly servers: ReadonlyArray<Asking.Wanted>
  readonly leftOut: ReadonlyArray<ClientConfig.LeftOut>
}) => {
  const problems = servers.map((server) => {
    // User information goes into a header, a variable may hold anything, and a fragment is not sent.
    const problem = ConfigValues.urlProblem(server.url.replace(/^(\w+:\/\/)[^/?#@]*@/, "$1").replace(/#.*$/, ""))
    return server.url.includes("${") ? undefined : problem
  })
  return {
    servers: servers.filter((_, index) => problems[index] === undefined),
    leftOut: [
      ...leftOut,
      ...servers.flatMap(({ name }, index) => {
        const why = problems[index]
        return why === undefined ? [] : [{ name: name ?? "--server", why }]
      })
    ]
  }
}

const nothingTaken = (leftOut: ReadonlyArray<ClientConfig.LeftOut>): ReadonlyArray<string> => [
  "there is no server to write into a configuration: nothing was written",
  ...leftOut.map(({ name, why }) => `${name}: ${why}`)
]

const write = Effect.fnUntraced(function* (target: string, text: string, force: boolean) {
  const fs = yield* FileSystem.FileSystem
  // Whatever came there since it was looked at is not overwritten, either.
  yield* fs
    .writeFileString(target, text, { flag: force ? "w" : "wx" })
    .pipe(
      Effect.catch((error) =>
        error.reason._tag === "AlreadyExists"
          ? taken(target)
          : usage(`${target} cannot be written: ${Input.plainReason(error)}`)
      )
    )
})

const report = (
  target: string,
  entries: ReadonlyArray<Draft.Entry>,
  leftOut: ReadonlyArray<ClientConfig.LeftOut>,
  unset: ReadonlyArray<string>
): string => {
  const doubtful = entries.filter(({ enabled, isKnown }) => !enabled || !isKnown)
  return [
    `Wrote ${target} with ${entries.length} ${entries.length === 1 ? "server" : "servers"}.`,
    ...doubtful.flatMap(({ enabled, id, remarks }) => [
      "",
      `${id}${enabled ? "" : " is disabled"}:`,
      ...remarks.flatMap((remark) => indented(remark))
    ]),
    ...(leftOut.length === 0
      ? []
      : ["", "Left out:", ...leftOut.flatMap(({ name, why }) => indented(`${name}: ${why}`))]),
    ...(unset.length === 0 ? [] : ["", "Set these variables:", ...unset.map((name) => `  ${name}`)])
  ].join("\n")
}

const indented = (text: string): ReadonlyArray<string> =>
  Table.wrap(text, Terminal.columns() - 2).map((line) => `  ${line}`)
