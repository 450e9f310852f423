/** `resolve NAME [--type TYPE]`: one entity and why. */
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import { Orchestrator } from "../Orchestrator.ts"
import * as NotFound from "../resolution/NotFound.ts"
import { Resolved, type ResolvedEntity } from "../resolution/ResolvedEntity.ts"
import * as Visible from "../text/Visible.ts"
import * as Output from "./Output.ts"
import * as Setup from "./Setup.ts"

const writeJson = Output.jsonOf(Resolved)

export const run = Effect.fnUntraced(function* (input: {
  readonly json: boolean
  readonly name: string
  readonly type: Option.Option<string>
}) {
  const orchestrator = yield* Orchestrator
  const { json, name } = input
  const type = Option.getOrNull(input.type)
  const resolved = yield* orchestrator.resolve(name, type)
  const { entity } = resolved
  if (entity === null) return yield* NotFound.error(name, type, resolved, yield* orchestrator.config)
  yield* json ? writeJson(resolved) : Output.stdout(explain(name, entity))
}, Effect.provide(Setup.layer))

/** Which server won by which rule, what came near, and who lost. */
export const explain = (name: string, entity: ResolvedEntity): string =>
  [
    `"${name}" is ${entity.canonicalName}`,
    `  said by    ${entity.server} (priority ${entity.priority}), resource ${entity.resource.name}${path(entity)}`,
    `  rule       ${entity.match} match on "${entity.matchedName}", score ${entity.score.toFixed(2)}`,
    ...(entity.runnerUp === null
      ? []
      : [`  runner-up  ${entity.runnerUp.name}, score ${entity.runnerUp.score.toFixed(2)}`]),
    ...(entity.members.length === 0 ? [] : [`  stands for ${entity.members.join(", ")}`]),
    ...Object.entries(entity.databaseReferences).map(
      ([column, value]) => `  database   ${column} = ${JSON.stringify(value)}`
    ),
    ...entity.conflicts.map(
      (lost) =>
        `  lost       ${lost.server} (priority ${lost.priority}), ${lost.match} match on "${lost.matchedName}", score ${lost.score.toFixed(2)}`
    )
  ]
    .map(Visible.line)
    .join("\n")

const path = ({ path }: ResolvedEntity): string => (path.length === 0 ? "" : ` at ${path.join(".")}`)
