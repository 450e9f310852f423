/** `call TOOL [key=value…]`: one tool of one server, by hand. */
import * as Effect from "effect/Effect"
import * as Predicate from "effect/Predicate"
import * as Result from "effect/Result"
import type { Tool } from "../connection/Replies.ts"
import { masking } from "../connection/Secrets.ts"
import * as QueryReply from "../tools/QueryReply.ts"
import * as AdHoc from "./AdHoc.ts"
import * as CallArguments from "./CallArguments.ts"
import { ToolFailure, type UsageError, UsageError as Usage, usage } from "./CommandError.ts"
import * as Formats from "./Formats.ts"
import * as Input from "./Input.ts"
import * as Output from "./Output.ts"
import * as RowsSheet from "./RowsSheet.ts"

export const run = Effect.fnUntraced(function* (
  options: AdHoc.Which & Formats.Asked & { readonly tool: string; readonly args: ReadonlyArray<string> }
) {
  const [only] = options.args
  const given = only === "-" && options.args.length === 1 ? [yield* Input.text("-")] : options.args
  yield* AdHoc.withServer(
    options,
    Effect.fnUntraced(function* (target) {
      const { config, connection, server } = target
      const { args, tool } = yield* Effect.fromResult(prepare(yield* AdHoc.toolsOf(target), options.tool, given))
      // A call is part of no gather: as for a statement, its own deadline is the only one.
      const reply = yield* connection
        .withSession((session) => connection.throttle(session.call(tool.name, args, config.query.timeout)))
        .pipe(
          Effect.mapError(
            ({ detail }) => new ToolFailure({ problems: [`${server.id} could not run ${tool.name}: ${detail}`] })
          )
        )
      // The session masks what a server says in its errors, and not in what it answers.
      const masked = masking(server)
      const text = () => masked(textOf(reply))
      if (Predicate.hasProperty(reply, "isError") && reply.isError === true) {
        return yield* new ToolFailure({ problems: [`${options.tool} of ${server.id} failed: ${text()}`] })
      }
      if (Formats.isJson(options)) {
        return yield* Output.jsonText(masked(JSON.stringify(reply, null, 2)))
      }
      const rows = QueryReply.decodeReply(reply, { maxRows: Number.POSITIVE_INFINITY, columns: null })
      if (Result.isFailure(rows) || rows.success.columns.length === 0) {
        if (options.format !== "table")
          return yield* usage(`the answer of ${options.tool} is not rows; --json has it as it came`)
        return yield* Output.data(text())
      }
      yield* Formats.write(options, {
        sheet: () => RowsSheet.exact(rows.success),
        text: () => RowsSheet.table(rows.success),
        json: Effect.void
      })
    })
  )
})

const prepare = (
  tools: ReadonlyArray<Tool>,
  name: string,
  given: ReadonlyArray<string>
): Result.Result<{ readonly tool: Tool; readonly args: CallArguments.Arguments }, UsageError> => {
  const names = tools.map((tool) => tool.name)
  const tool = tools.find((one) => one.name === name)
  if (tool === undefined) {
    const there = names.length === 0 ? "It offers no tools" : `It offers: ${names.join(", ")}`
    return Result.fail(
      new Usage({ problems: [`the server has no tool ${name}${AdHoc.didYouMean(name, names)}`, there] })
    )
  }
  return CallArguments.parse(given, tool.inputSchema).pipe(
    Result.map((args) => ({ tool, args })),
    Result.mapError(usage)
  )
}

/** What is text in an answer, one below another; without any the answer as JSON. */
const textOf = (reply: unknown): string => {
  const content = Predicate.hasProperty(reply, "content") && Array.isArray(reply.content) ? reply.content : []
  const texts = content.flatMap((item: unknown) =>
    Predicate.hasProperty(item, "text") && Predicate.isString(item.text) ? [item.text] : []
  )
  return texts.length === 0 ? JSON.stringify(reply, null, 2) : texts.join("\n")
}
