/** What the tools do: the orchestrator's answers and failures as results that a model can read. */
import * as Effect from "effect/Effect"
import { identity } from "effect/Function"
import * as Predicate from "effect/Predicate"
import * as Record from "effect/Record"
import * as Schema from "effect/Schema"
import type * as Scope from "effect/Scope"
import { reportOf } from "../health/HealthReport.ts"
import type { Orchestrator, QueryOptions } from "../Orchestrator.ts"
import { type OrchestratorError, OrchestratorErrorJson } from "../OrchestratorError.ts"
import * as NotFound from "../resolution/NotFound.ts"
import * as QueryEvents from "../query/QueryEvents.ts"
import * as Progress from "../resources/Progress.ts"
import type { Host } from "./Host.ts"
import * as HostLog from "./HostLog.ts"
import * as ProgressShare from "./ProgressShare.ts"
import * as Toolkit from "./Toolkit.ts"

/** A `CallToolResult` of the MCP specification: the structured content, and the same as text for older clients. */
export interface ToolResult {
  readonly content: [{ readonly type: "text"; readonly text: string }]
  readonly structuredContent: { [field: string]: unknown }
  readonly isError?: true
}

/** One tool's handler. Never fails: what goes wrong is a result. */
export type Call = (args: { readonly [name: string]: unknown }, host: Host) => Effect.Effect<ToolResult>

export interface Options {
  /** Whether the host's own model writes the SQL, where the host offers one. */
  readonly sampling: boolean
}

/** The handlers by the tools' names. */
export const make = (orchestrator: Orchestrator["Service"], options: Options): ReadonlyMap<string, Call> => {
  const handle = handling(orchestrator)
  return new Map([
    handle(Toolkit.query, ({ dryRun, question }, host) =>
      generatorOf(host, options).pipe(
        Effect.flatMap((generator) => orchestrator.query(question, { dryRun: dryRun ?? false, generator })),
        telling(orchestrator, host, ProgressShare.querySteps),
        Effect.scoped
      )
    ),
    handle(Toolkit.resolve, ({ name, type = null }, host) =>
      orchestrator.resolve(name, type).pipe(
        telling(orchestrator, host, 0),
        Effect.tap((resolved) =>
          Effect.flatMap(orchestrator.config, (config) =>
            // Nothing found is an answer; what was not looked for at all is none.
            NotFound.hasDomain(config.servers, type)
              ? Effect.void
              : Effect.fail(NotFound.error(name, type, resolved, config))
          )
        )
      )
    ),
    handle(Toolkit.gatherResources, (_, host) => orchestrator.gather().pipe(telling(orchestrator, host, 0))),
    handle(Toolkit.servers, () => Effect.map(orchestrator.health(), reportOf))
  ])
}

// -----------------------------------------------------------------------------
// internals

const handling =
  (orchestrator: Orchestrator["Service"]) =>
  <Input, Output>(
    { input, name, output }: Toolkit.Tool<Input, Output>,
    run: (input: Input, host: Host) => Effect.Effect<Output, OrchestratorError>
  ): readonly [string, Call] => {
    const decode = Schema.decodeUnknownEffect(Schema.toCodecJson(input), { errors: "all", onExcessProperty: "error" })
    const encode = Schema.encodeEffect(Schema.toCodecJson(output))
    return [
      name,
      (args, host) =>
        // Models write `null` for what they leave out. What else is wrong is a result, as the specification wants it: a
        // model can mend its arguments, a host cannot.
        Effect.matchEffect(decode(Record.filter(args, Predicate.isNotNull)), {
          onFailure: ({ message }) =>
            Effect.succeed(
              failed({ _tag: "InvalidArguments", message, remedy: "Call it again, as its input schema has it." })
            ),
          onSuccess: (decoded) =>
            run(decoded, host).pipe(
              Effect.flatMap((value) => Effect.orDie(encode(value))),
              Effect.map((json) => result(Object(json))),
              Effect.catch((error) => Effect.map(Effect.orDie(encodeError(error)), (json) => failed(Object(json)))),
              (effect) => Effect.flatMap(orchestrator.config, (config) => HostLog.telling(host, config)(effect))
            )
        }).pipe(Effect.catchDefect(unexpected))
    ]
  }

const encodeError = Schema.encodeEffect(OrchestratorErrorJson)

const result = (structuredContent: ToolResult["structuredContent"]): ToolResult => ({
  content: [{ type: "text", text: JSON.stringify(structuredContent) }],
  structuredContent
})

const failed = (error: object): ToolResult => ({ ...result({ error }), isError: true })

/** A bug of ours is in the log; the host gets no word of it, since it is not known whose. */
const unexpected = (defect: unknown): Effect.Effect<ToolResult> =>
  Effect.as(
    Effect.logError("a tool failed unexpectedly", defect),
    failed({ _tag: "InternalError", message: "internal error", remedy: "Look into the orchestrator's log." })
  )

/** With the host's model where it is wanted and there; heavy, so loaded when it is used. */
const generatorOf = (
  { sample }: Host,
  { sampling }: Options
): Effect.Effect<QueryOptions["generator"], never, Scope.Scope> =>
  sampling && sample !== null
    ? Effect.flatMap(
        Effect.promise(() => import("./HostModel.ts")),
        ({ generator }) => generator(sample)
      )
    : Effect.undefined

const telling = (orchestrator: Orchestrator["Service"], { progress }: Host, steps: number) =>
  progress === null
    ? identity
    : <A, E, R>(effect: Effect.Effect<A, E, R>): Effect.Effect<A, E, R> =>
        Effect.flatMap(orchestrator.config, ({ servers }) => {
          const share = ProgressShare.make(servers.length, steps, progress)
          return effect.pipe(
            Effect.provideService(Progress.Listener, share.gather),
            Effect.provideService(QueryEvents.Listener, share.step)
          )
        })
