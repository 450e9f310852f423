/** `resolve NAME [--type TYPE]`: one entity and why. */
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import { Orchestrator } from "../Orchestrator.ts"
import { EntityNotFoundError } from "../OrchestratorError.ts"
import { isSameType } from "../resolution/EntityCatalog.ts"
import * as NotFound from "../resolution/NotFound.ts"
import { Resolved, type ResolvedEntity } from "../resolution/ResolvedEntity.ts"
import * as Table from "../text/Table.ts"
import { didYouMean } from "./AdHoc.ts"
import { usage, UsageError } from "./CommandError.ts"
import * as Heap from "./Heap.ts"
import * as Output from "./Output.ts"
import * as Setup from "./Setup.ts"
import * as ShellWord from "./ShellWord.ts"
import * as Terminal from "./Terminal.ts"

const writeJson = Output.jsonOf(Resolved)

export const run = Effect.fnUntraced(function* (input: {
  readonly json: boolean
  readonly name: string
  readonly type: Option.Option<string>
}) {
  if (input.name.trim() === "") return yield* usage("give the name to look for, in quotes")
  yield* Effect.sync(Heap.optimise)
  const orchestrator = yield* Orchestrator
  const { json, name } = input
  const type = Option.getOrNull(input.type)
  if (type !== null)
    yield* checkType(
      type,
      (yield* orchestrator.config).servers.flatMap(({ domains }) => domains)
    )
  const resolved = yield* orchestrator.resolve(name, type)
  const { ambiguous, entity, suggestions } = resolved
  if (entity === null) {
    const [nearest] = suggestions
    if (nearest === undefined || ambiguous) {
      return yield* NotFound.error(name, type, resolved, yield* orchestrator.config)
    }
    const remedy = `Did you mean: mcp-orchestrator resolve ${ShellWord.quoted(nearest)}`
    return yield* new EntityNotFoundError({ name, resourceType: type, suggestions, ambiguous, remedy })
  }
  yield* json ? writeJson(resolved) : Output.stdout(explain(name, entity))
}, Effect.provide(Setup.layer))

/** A type that no server has is a slip of the pen, and no server need be asked to know it. */
const checkType = Effect.fnUntraced(function* (type: string, domains: ReadonlyArray<string>) {
  if (domains.some((domain) => isSameType(domain, type))) return
  const all = [...new Set(domains)].toSorted()
  return yield* new UsageError({
    problems: [`no server has the domain ${type}${didYouMean(type, all)}`, `There are: ${all.join(", ")}`]
  })
})

/** Which server won by which rule, what came near, and who lost. */
const explain = (name: string, entity: ResolvedEntity): string =>
  [
    ...Table.wrap(`"${name}" is ${entity.canonicalName}`, Terminal.columns()),
    ...labelled(
      "said by",
      `${entity.server} (priority ${entity.priority}), resource ${entity.resource.name}${path(entity)}`
    ),
    ...labelled("rule", `${entity.match} match on "${entity.matchedName}", score ${entity.score.toFixed(2)}`),
    ...(entity.runnerUp === null
      ? []
      : labelled("runner-up", `${entity.runnerUp.name}, score ${entity.runnerUp.score.toFixed(2)}`)),
    ...(entity.members.length === 0 ? [] : labelled("stands for", entity.members.join(", "))),
    ...Object.entries(entity.databaseReferences).flatMap(([column, value]) =>
      labelled("database", `${column} = ${JSON.stringify(value)}`)
    ),
    ...entity.conflicts.flatMap((lost) =>
      labelled(
        "lost",
        `${lost.server} (priority ${lost.priority}), ${lost.match} match on "${lost.matchedName}", score ${lost.score.toFixed(2)}`
      )
    )
  ].join("\n")

/** Words that do not fit go on below the first ones. */
const labelled = (label: string, text: string): ReadonlyArray<string> =>
  Table.wrap(text, Terminal.columns() - labelWidth).map(
    (line, index) => (index === 0 ? `  ${label}` : "").padEnd(labelWidth) + line
  )

const labelWidth = "  stands for ".length

const path = ({ path }: ResolvedEntity): string => (path.length === 0 ? "" : ` at ${path.join(".")}`)
