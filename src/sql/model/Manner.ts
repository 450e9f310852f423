/**
 * How a model's server wants to be asked. All of them speak the same API, and each leaves out, requires or renames
 * something else of it; none says so before it is asked. Pure.
 */

/** How an answer in JSON is asked for. */
export type JsonMode = "json_schema" | "json_object" | "prompt"

export interface Manner {
  readonly json: JsonMode
  /** False where the rules have to stand in the user's message: several chat templates know no other role. */
  readonly hasSystemRole: boolean
  /** True where an answer only comes as a stream. */
  readonly streams: boolean
  /** What the limit of the answer is called; `null` sends none. */
  readonly limit: "max_tokens" | "max_completion_tokens" | null
}

/** What most servers take. A limit is sent only where there is one. */
export const initial = (hasLimit: boolean): Manner => ({
  json: "json_schema",
  hasSystemRole: true,
  streams: false,
  limit: hasLimit ? "max_tokens" : null
})

/**
 * Another way to ask, after what a server says of this one; `null` if none is left. Words that say nothing of the way
 * to ask may still mean the form of the answer, so that is left away at last. Every step goes one way: none comes back.
 */
export const instead = (manner: Manner, objection: string): Manner | null => {
  if (!manner.streams && wantsStream.test(objection)) return { ...manner, streams: true }
  if (manner.limit === "max_tokens" && /max_completion_tokens/i.test(objection)) {
    return { ...manner, limit: "max_completion_tokens" }
  }
  if (manner.limit === null && isLimitMissing.test(objection)) {
    return { ...manner, limit: /max_completion_tokens/i.test(objection) ? "max_completion_tokens" : "max_tokens" }
  }
  if (manner.hasSystemRole && knowsNoSystemRole.test(objection)) return { ...manner, hasSystemRole: false }
  if (manner.json === "json_schema" && isAboutForm.test(objection)) return { ...manner, json: "json_object" }
  return manner.json === "prompt" ? null : { ...manner, json: "prompt" }
}

// -----------------------------------------------------------------------------
// internals

const wantsStream =
  /\b(?:only|must|require[sd]?|enable|need|set)\b[^.]*\bstream|\bstream(?:ing)?\b[^.]*\b(?:only|must|required|true|enabled?)\b|non-stream/i

/** "max_tokens: Field required", `"loc":["body","max_tokens"],"msg":"field required"`, "missing field `max_tokens`". */
const isLimitMissing =
  /max_(?:completion_)?tokens[^]{0,60}\b(?:required|missing|must be (?:set|provided|specified))|\b(?:missing|requires?|required)[^]{0,40}max_(?:completion_)?tokens/i

const knowsNoSystemRole =
  /\bsystem\b[^.]*\b(?:role|message|prompt|instruction)|developer instruction|roles? must alternate|invalid role|only user and assistant/i

const isAboutForm = /response_format|json_(?:schema|object)|structured/i
