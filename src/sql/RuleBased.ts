/** SQL from rules: no model, no key, no network; what a rule does not understand is refused. Loaded with the first question. */
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { type GenerationRequest, SqlGenerator } from "./SqlGenerator.ts"

/** The embedded generator. It gives one answer to a question, so asking again is of no use. */
export const layer: Layer.Layer<SqlGenerator> = Layer.succeed(
  SqlGenerator,
  SqlGenerator.of({
    name: "rule-based",
    repairs: false,
    generate: Effect.fn("RuleBased.generate")((request: GenerationRequest) =>
      Effect.flatMap(rules, ({ generate }) => Effect.fromResult(generate(request)))
    )
  })
)

// -----------------------------------------------------------------------------
// internals

const rules = Effect.promise(() => import("./rulebased/RuleBasedSql.ts"))
