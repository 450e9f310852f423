/** Asks the servers of a configuration that is not written yet what they offer. */
import * as Effect from "effect/Effect"
import * as Record from "effect/Record"
import * as ConfigText from "../../config/ConfigText.ts"
import type { Sessions } from "../../connection/Sessions.ts"
import type { ClientServer } from "./ClientConfig.ts"
import * as Draft from "./Draft.ts"
import * as Offers from "./Offers.ts"
import * as Template from "./Template.ts"

/** A server without a name goes by what it calls itself. */
export type Wanted = Omit<ClientServer, "name"> & { readonly name: string | null }

/** Every server with its answer, side by side; without `connect` none is asked. */
export const all = Effect.fnUntraced(function* (servers: ReadonlyArray<Wanted>, connect: boolean) {
  const provisional = Draft.make(servers.map((server) => ({ ...server, name: server.name ?? hostOf(server.url) })))
  const answers = yield* Effect.forEach(provisional, (draft) => (connect ? answerOf(draft) : notAsked), {
    concurrency: "unbounded"
  })
  const named = servers.map((server, index) => {
    const answer = answers[index]
    const said = answer?._tag === "Offers" ? answer.offer.name : hostOf(server.url)
    return { ...server, name: server.name ?? said }
  })
  return Draft.make(named).flatMap((draft, index) => {
    const answer = answers[index]
    return answer === undefined ? [] : [{ draft, answer }]
  })
})

/** What one server says of itself: for a question about it. */
export const one = (server: Wanted): Effect.Effect<Draft.Answer, never, Sessions> =>
  Effect.forEach(Draft.make([{ ...server, name: server.name ?? hostOf(server.url) }]), answerOf).pipe(
    Effect.map(([answer]) => answer ?? { _tag: "Silent", why: "it has no address" })
  )

// -----------------------------------------------------------------------------
// internals

const notAsked = Effect.succeed<Draft.Answer>({ _tag: "Silent", why: "--no-connect was given" })

const hostOf = (url: string): string => /^\w+:\/\/(?:[^/?#@]*@)?([^/?#]+)/.exec(url)?.[1] ?? "server"

const answerOf = (draft: Draft.Draft): Effect.Effect<Draft.Answer, never, Sessions> => {
  const env = { ...withoutOverrides, ...draft.literals }
  const unset = Draft.unset(draft, env)
  if (unset.length > 0) {
    return Effect.succeed({ _tag: "Silent", why: `${unset.join(", ")} ${unset.length === 1 ? "is" : "are"} not set` })
  }
  const text = Template.render([
    {
      ...draft,
      enabled: true,
      priority: 1,
      domains: [draft.id],
      capabilities: ["list_resources"],
      dialect: null,
      isKnown: false,
      remarks: []
    }
  ])
  return Effect.fromResult(ConfigText.readText(text, { env }, "", (path) => path)).pipe(
    Effect.mapError((error) =>
      error._tag === "ConfigError" ? error.problems.map(({ message }) => message).join("; ") : error.detail
    ),
    Effect.flatMap(({ config }) =>
      Effect.forEach(config.servers, (server) =>
        Effect.mapError(Offers.of(config, server), ({ detail, stage }) => `${stage}: ${detail}`)
      )
    ),
    Effect.match({
      onFailure: (why): Draft.Answer => ({ _tag: "Silent", why: why.replace(/\.$/, "") }),
      onSuccess: ([offer]): Draft.Answer =>
        offer === undefined ? { _tag: "Silent", why: "it is disabled" } : { _tag: "Offers", offer }
    })
  )
}

/** Overrides are for the file that will be, and name keys that this text does not have. */
const withoutOverrides = Record.filter(process.env, (_, name) => !/^MCP__/i.test(name))
