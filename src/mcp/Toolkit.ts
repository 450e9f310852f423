/**
 * The tools of the MCP server as definitions: names, what they are for, what goes in and what comes out. The JSON is that
 * of the command line's `--json`; a failure is a result too, `{ "error": { "_tag", "message", … } }`.
 */
import * as Schema from "effect/Schema"
import { HealthReport } from "../health/HealthReport.ts"
import { QueryResult } from "../query/QueryResult.ts"
import { Resolved } from "../resolution/ResolvedEntity.ts"
import { Gathered } from "../resources/GatheredResources.ts"
import * as Asked from "../text/Asked.ts"

export interface Tool<Input, Output> {
  readonly name: string
  /** For people. */
  readonly title: string
  /** For the model that chooses among tools. */
  readonly description: string
  readonly input: Schema.Codec<Input, unknown>
  readonly output: Schema.Codec<Output, unknown>
}

const nothing = Schema.Record(Schema.String, Schema.Never.annotate({ message: "This tool takes no arguments" }))

/** Its description has no word of the language that databases speak: an orchestrator would take it for a tool of that. */
export const query = define({
  name: "query",
  title: "Ask a question",
  description:
    "Answers a question in natural language with rows of the connected databases. Reads everything afresh, only reads, and says what it understood and which servers it used. Ask for one thing at a time, in the words that the resources use.",
  input: Asked.object({
    question: Asked.filled.annotate({
      description: "The question in natural language, such as: total revenue of the fitness band this year"
    }),
    dryRun: Schema.optionalKey(
      Schema.Boolean.annotate({ description: "Only write and check the statement, do not run it. Default: false." })
    )
  }),
  output: QueryResult
})

export const resolve = define({
  name: "resolve",
  title: "Resolve a name",
  description:
    "Finds the entity that a name means (a product, a customer, a term) among all connected servers, and says which server decided and which ones lost. Nothing found is an answer too, with the nearest names.",
  input: Asked.object({
    name: Asked.filled.annotate({ description: "The name as somebody would write it." }),
    type: Schema.optionalKey(
      Schema.String.annotate({
        description: "A domain such as products: only its servers are asked. Default: all servers."
      })
    )
  }),
  output: Resolved
})

export const gatherResources = define({
  name: "gather_resources",
  title: "Gather all resources",
  description:
    "Reads every resource of every connected server afresh: all of them, or an error. The answer can be large; to look at one resource, list and read the resources of this server instead.",
  input: nothing,
  output: Gathered
})

export const servers = define({
  name: "servers",
  title: "Look at the servers",
  description:
    "Says of each connected server whether what it declares can be listed now, how much it lists, and what is wrong with it.",
  input: nothing,
  output: HealthReport
})

/** A tool as `tools/list` announces it. */
export interface ListedTool {
  readonly name: string
  readonly title: string
  readonly description: string
  readonly inputSchema: ObjectSchema
  readonly outputSchema: ObjectSchema
  readonly annotations: { readonly readOnlyHint: true; readonly openWorldHint: false }
}

/** JSON Schema, draft 2020-12, of an object: MCP allows nothing else at the top. */
export interface ObjectSchema {
  readonly type: "object"
  readonly [keyword: string]: unknown
}

/** All of them. Every tool only reads. */
export const listed = (): ReadonlyArray<ListedTool> =>
  [query, resolve, gatherResources, servers].map(({ description, input, name, output, title }) => ({
    name,
    title,
    description,
    inputSchema: objectSchema(input),
    outputSchema: withFailure(jsonSchema(output)),
    annotations: { readOnlyHint: true, openWorldHint: false }
  }))

// -----------------------------------------------------------------------------
// internals

function define<Input, Output>(tool: Tool<Input, Output>): Tool<Input, Output> {
  return tool
}

interface JsonSchema {
  readonly schema: { readonly [keyword: string]: unknown }
  readonly definitions: { readonly [name: string]: unknown }
}

/** Of the JSON form; unknown keys are not allowed, as the decoder has it. */
const jsonSchema = (schema: Schema.Constraint): JsonSchema =>
  Schema.toJsonSchemaDocument(Schema.toCodecJson(schema), { onExcessProperty: "error" })

const objectSchema = (schema: Schema.Constraint): ObjectSchema => {
  const { definitions, schema: root } = jsonSchema(schema)
  // Several hosts refuse an object without `properties`.
  return { properties: {}, ...root, ...$defs(definitions), type: "object" }
}

/** Clients check what a tool answers, failures too. The tagged errors whole would be most of every list of tools. */
const failure = {
  type: "object",
  properties: {
    error: {
      type: "object",
      properties: { _tag: { type: "string" }, message: { type: "string" }, remedy: { type: "string" } },
      required: ["_tag", "message"]
    }
  },
  required: ["error"]
}

const withFailure = ({ definitions, schema }: JsonSchema): ObjectSchema => ({
  type: "object",
  anyOf: [schema, failure],
  ...$defs(definitions)
})

const $defs = (definitions: JsonSchema["definitions"]) =>
  Object.keys(definitions).length === 0 ? {} : { $defs: definitions }
