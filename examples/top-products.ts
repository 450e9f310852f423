/**
 * An Effect app that uses the orchestrator as effects: it asks two questions at once and makes a report of the answers.
 *
 *     npm run servers                       # in another terminal
 *     npm run example
 */
import * as NodeRuntime from "@effect/platform-node/NodeRuntime"
import { Logging, Orchestrator } from "effect-mcp-orchestrator"
import * as Console from "effect/Console"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"

const report = Effect.gen(function* () {
  const orchestrator = yield* Orchestrator.Orchestrator
  const [products, total] = yield* Effect.all(
    [orchestrator.query("top 3 products by revenue last year"), orchestrator.query("total revenue last year")],
    { concurrency: "unbounded" }
  )
  const best = (products.result?.rows ?? []).map((row, index) => `${index + 1}. ${row.join(": ")}`)
  return [...best, `All products: ${total.result?.rows[0]?.join(" ")}`].join("\n")
}).pipe(
  // Typed errors: what this app does about a server that is down is its own business.
  Effect.catchTag("McpConnectionError", (error) =>
    Effect.succeed(`No report: ${error.server} is down (${error.reason._tag}). ${error.remedy}`)
  )
)

// Without this Layer the orchestrator's log lines go to whatever logger the app has.
const logging = Logging.layer({ enabled: true, level: "WARNING", format: "json", secrets: [] })

report.pipe(
  Effect.flatMap((text) => Console.log(text)),
  Effect.provide(Orchestrator.layer({ configPath: "mcp-config.yaml" }).pipe(Layer.provideMerge(logging))),
  NodeRuntime.runMain
)
