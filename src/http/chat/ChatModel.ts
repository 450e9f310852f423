/** What a configured language model does for a chat page beside the SQL: it reads follow-ups, and words the answer. */
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import type { LanguageModel } from "effect/ai/LanguageModel"
import type { ConfigError, SqlGenerationError } from "../../OrchestratorError.ts"
import * as ModelSettings from "../../sql/model/ModelSettings.ts"
import type { Rows } from "../../tools/Rows.ts"

/** One message of a conversation. */
export interface Turn {
  readonly role: "user" | "assistant"
  readonly text: string
}

/** What the whole of one question cost. */
export interface Usage {
  readonly promptTokens: number
  readonly completionTokens: number
}

/** Where no model was asked. */
export const nothing: Usage = { promptTokens: 0, completionTokens: 0 }

/** What a model said, and what it cost. */
export interface Said<A> {
  readonly said: A
  readonly usage: Usage
}

export class ChatModel extends Context.Service<
  ChatModel,
  {
    /** The question as it would be asked without the turns before it; the question itself where there are none. */
    standalone(question: string, earlier: ReadonlyArray<Turn>): Effect.Effect<Said<string>, SqlGenerationError>
    /**
     * What the rows answer, in a sentence. `null` where no model is there, where it fails, or where it says a number that
     * is not among what it was shown.
     */
    sentence(question: string, rows: Rows): Effect.Effect<Said<string | null>>
  }
>()("effect-mcp-orchestrator/http/chat/ChatModel") {
  /** No model: every question stands by itself, and the rules word the answer. */
  static readonly layerRules: Layer.Layer<ChatModel> = Layer.succeed(ChatModel, {
    standalone: (question) => Effect.succeed({ said: question, usage: nothing }),
    sentence: () => Effect.succeed({ said: null, usage: nothing })
  })

  /** That model. Loaded when the Layer is built. */
  static readonly layerModel: Layer.Layer<ChatModel, never, LanguageModel> = Layer.unwrap(
    Effect.map(
      Effect.promise(() => import("./ModelWords.ts")),
      ({ make }) => Layer.effect(ChatModel, make)
    )
  )

  /** The model that the environment names, else none; as `ConfiguredGenerator.layer`. */
  static readonly layerConfigured: Layer.Layer<ChatModel, ConfigError> = Layer.unwrap(
    Effect.gen(function* () {
      const settings = yield* ModelSettings.fromEnvironment
      if (Option.isNone(settings)) return ChatModel.layerRules
      const provider = yield* Effect.promise(() => import("../../sql/model/OpenAiProvider.ts"))
      return ChatModel.layerModel.pipe(Layer.provide(provider.layer(settings.value)))
    })
  )
}
