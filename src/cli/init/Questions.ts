/** The few questions of `init` at a terminal: which servers, and what they are told apart by. */
import * as Effect from "effect/Effect"
import * as Terminal from "effect/Terminal"
import * as Prompt from "effect/cli/Prompt"
import * as ConfigFile from "../../config/ConfigFile.ts"
import * as ConfigValues from "../../config/ConfigValues.ts"
import * as Output from "../Output.ts"
import * as Asking from "./Asking.ts"
import type * as Draft from "./Draft.ts"

/** Asks for servers until no more is named. Everything is shown on stderr. */
export const ask = Effect.gen(function* () {
  const servers: Array<Asking.Wanted> = []
  while (servers.length < ConfigFile.serverCeiling) {
    const url = yield* Prompt.run(address(servers.length === 0))
    if (url === "") break
    const server = { name: null, url, headers: {}, saysSse: true, disabled: false }
    const answer = yield* Asking.one(server)
    if (answer._tag === "Offers") {
      const { name, resources, sqlTool } = answer.offer
      yield* Output.stderr(
        `  ${name}: ${resources.length} resources, ${sqlTool === null ? "no tool that runs SQL" : `runs SQL with ${sqlTool}`}`
      )
    } else yield* Output.stderr(`  not reached (${answer.why})`)
    const name = yield* Prompt.run(Prompt.String({ message: "Its name", ...defaultName(answer) }))
    const token = answer._tag === "Offers" ? "" : yield* Prompt.run(tokenVariable)
    servers.push({
      ...server,
      name: name === "" ? null : name,
      headers: token === "" ? {} : { Authorization: `Bearer \${${token}}` }
    })
  }
  return servers
}).pipe(
  // stdout carries what was done, and nothing of how it came about.
  Effect.updateService(Terminal.Terminal, (terminal) =>
    Terminal.make({ ...terminal, display: (text) => Effect.sync(() => void process.stderr.write(text)) })
  )
)

// -----------------------------------------------------------------------------
// internals

const address = (isFirst: boolean) =>
  Prompt.String({
    message: isFirst ? "The address of an MCP server (http://localhost:8000/sse)" : "The next one (empty: no more)",
    validate: (url) => {
      const problem = url === "" && !isFirst ? undefined : ConfigValues.urlProblem(url)
      return problem === undefined ? Effect.succeed(url) : Effect.fail(problem)
    }
  })

const defaultName = (answer: Draft.Answer): { readonly default?: string } =>
  answer._tag === "Offers" ? { default: answer.offer.name } : {}

const tokenVariable = Prompt.String({
  message: "If it wants a token: the environment variable that holds it (empty: none)",
  validate: (name) =>
    /^(?:[A-Za-z_]\w*)?$/.test(name)
      ? Effect.succeed(name)
      : Effect.fail("a name of letters, digits and underscores; the token itself does not go into the file")
})
