/** `tools`: what one server can be asked to do. */
import * as Effect from "effect/Effect"
import * as Predicate from "effect/Predicate"
import type { Tool } from "../connection/Replies.ts"
import * as AdHoc from "./AdHoc.ts"
import * as Formats from "./Formats.ts"
import * as Output from "./Output.ts"

export const run = Effect.fnUntraced(function* (options: AdHoc.Which & Formats.Asked) {
  yield* AdHoc.withServer(
    options,
    Effect.fnUntraced(function* (target) {
      const { server } = target
      const tools = yield* AdHoc.toolsOf(target)
      yield* Formats.write(options, {
        sheet: () => sheet(tools),
        ...(tools.length === 0 ? { text: () => `${server.id} offers no tools.` } : {}),
        json: Output.json({ server: server.id, tools })
      })
    })
  )
})

const sheet = (tools: ReadonlyArray<Tool>): Formats.Sheet => ({
  columns: [
    { title: "tool", whole: true },
    { title: "arguments", wrap: true },
    { title: "what it does", wrap: true }
  ],
  rows: tools.map((tool) => [tool.name, argumentsOf(tool), tool.description ?? ""])
})

/** `sql: string, limit?: integer`. */
const argumentsOf = ({ inputSchema: { properties, required } }: Tool): string =>
  Object.entries(Predicate.isObject(properties) ? properties : {})
    .map(([name, schema]) => {
      const type = Predicate.isObject(schema) && Predicate.isString(schema["type"]) ? `: ${schema["type"]}` : ""
      return `${name}${Array.isArray(required) && required.includes(name) ? "" : "?"}${type}`
    })
    .join(", ")
