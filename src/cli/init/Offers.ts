/** What a server offers that a configuration has to say: resources, and a tool that runs SQL. */
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import type { OrchestratorConfig, ServerConfig } from "../../config/OrchestratorConfig.ts"
import type { Sessions } from "../../connection/Sessions.ts"
import { failed, type GatherError, type GatherFailure, toError } from "../../resources/GatherFailure.ts"
import * as Listing from "../../resources/Listing.ts"
import * as OneServer from "../../resources/OneServer.ts"
import * as QueryTool from "../../tools/QueryTool.ts"

export interface Offer {
  /** What the server calls itself. */
  readonly name: string
  /** The names of its resources. */
  readonly resources: ReadonlyArray<string>
  /** The tool that runs SQL; `null` if none is known to. */
  readonly sqlTool: string | null
  /** What the configuration has to say before one of its tools can run SQL; `null` if nothing. */
  readonly unclear: string | null
  /** What its name and tools say of its database; `null` if nothing. */
  readonly dialect: "postgres" | "mysql" | null
}

/** Asks the server over a session of its own. */
export const of = (config: OrchestratorConfig, server: ServerConfig): Effect.Effect<Offer, GatherError, Sessions> =>
  OneServer.askAlone(
    server,
    config,
    Effect.fnUntraced(function* (session, at, connection): Effect.fn.Return<Offer, GatherFailure> {
      at("list")
      const { offersResources, serverInfo } = session.info
      const { resources } = offersResources
        ? yield* Listing.listAll(session, connection, config, () => {})
        : { resources: [] }
      const tools = yield* QueryTool.listAll(session, config.limits).pipe(
        connection.throttle,
        Effect.mapError((cause) => failed("list", cause))
      )
      const chosen = QueryTool.choose(tools, server.sqlTool)
      const words = [serverInfo.name, ...tools.flatMap(({ description, name }) => [name, description ?? ""])].join(" ")
      return {
        name: serverInfo.name,
        resources: resources.map(({ name }) => name),
        sqlTool: Result.isSuccess(chosen) ? chosen.success.name : null,
        unclear: Result.isFailure(chosen) && chosen.failure.kind === "Unclear" ? chosen.failure.message : null,
        dialect: /postgres/i.test(words) ? "postgres" : /mysql|mariadb/i.test(words) ? "mysql" : null
      }
    })
  ).pipe(Effect.mapError((failure) => toError(server, failure)))
