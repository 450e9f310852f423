/**
 * The id that one request carries through everything it does: a field of its log lines, an attribute of its spans, and
 * what it answers with.
 */
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Random from "effect/Random"
import * as References from "effect/References"
import * as Schema from "effect/Schema"

/** The id of the request that is running; `null` outside of one. */
export const RequestId: Context.Reference<string | null> = Context.Reference<string | null>(
  "effect-mcp-orchestrator/telemetry/RequestId",
  { defaultValue: () => null }
)

/** An id that a caller may give. Anything longer or stranger would be a way to write the log. */
export const pattern = /^[\w.:-]{1,128}$/

/** What a result can be found by in the logs. */
export const Answered = Schema.Struct({
  requestId: Schema.String,
  /** Of the configuration that the whole request ran under; 1 without reloads. */
  generation: Schema.Int
})
export type Answered = typeof Answered.Type

/**
 * Runs `effect` as a request: with the caller's id if it is one (up to 128 letters, digits and `.:_-`), else with the
 * id of the request it is already part of, else with a new one. Read it inside with `yield* RequestId`.
 */
export const within = <A, E, R>(effect: Effect.Effect<A, E, R>, id?: string): Effect.Effect<A, E, R> =>
  Effect.updateContext(effect, (context: Context.Context<R>) => into(context, id))

/** The context of that request: what runs `within` it runs in. */
export const into = <R>(context: Context.Context<R>, id?: string): Context.Context<R> => {
  const requestId = id !== undefined && pattern.test(id) ? id : (Context.get(context, RequestId) ?? fresh(context))
  const annotated = (annotations: typeof References.CurrentLogAnnotations) => ({
    ...Context.get(context, annotations),
    request_id: requestId
  })
  return context.pipe(
    Context.add(References.CurrentLogAnnotations, annotated(References.CurrentLogAnnotations)),
    Context.add(References.TracerSpanAnnotations, annotated(References.TracerSpanAnnotations)),
    Context.add(RequestId, requestId)
  )
}

/** Runs `effect` as no request's: for what outlives the request that began it, such as watching its session. */
export const outside = <A, E, R>(effect: Effect.Effect<A, E, R>): Effect.Effect<A, E, R> =>
  effect.pipe(
    Effect.updateService(References.CurrentLogAnnotations, (annotations) => {
      const { generation: _, request_id: __, ...others } = annotations
      return others
    }),
    Effect.provideService(References.CurrentLogSpans, []),
    Effect.provideService(RequestId, null)
  )

// -----------------------------------------------------------------------------
// internals

/** 128 bits in hex. Sixteen at a time: V8 writes small integers several times faster than others. */
const fresh = (context: Context.Context<never>): string => {
  const random = Context.get(context, Random.Random)
  let id = ""
  while (id.length < 32)
    id += Math.floor(0x10000 * (1 + random.nextDoubleUnsafe()))
      .toString(16)
      .slice(1)
  return id
}
