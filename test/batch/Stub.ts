/** Orchestrators that answer without servers, and stores that are gone with their scope. */
import { Effect, Layer } from "effect"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { Orchestrator } from "../../src/Orchestrator.ts"
import { Refused } from "../../src/errors/ServerReason.ts"
import { McpConnectionError, SqlGenerationError } from "../../src/OrchestratorError.ts"
import { NotUnderstood } from "../../src/errors/QueryReason.ts"
import type { QueryResult } from "../../src/query/QueryResult.ts"

/** A question's only right answer: its letters from the end. */
export const answerTo = (question: string): string => [...question].toReversed().join("")

export const resultOf = (question: string): QueryResult => ({
  query: question,
  sql: "SELECT 1",
  explanation: "",
  resolvedEntities: [],
  result: {
    columns: ["answer", "exact"],
    rows: [[answerTo(question), 9007199254740993n]],
    rowCount: 1,
    truncated: false
  },
  metadata: {
    requestId: "r",
    generation: 1,
    executedOn: "database_mcp",
    serversUsed: ["database_mcp"],
    attempts: [],
    prompt: null,
    usage: null,
    timingsMs: { gather: 0, resolve: 0, generate: 0, execute: 0, total: 0 },
    timestamp: "2026-01-01T00:00:00.000Z"
  }
})

/** May pass. */
export const refused = new McpConnectionError({
  server: "database_mcp",
  stage: "connect",
  reason: new Refused(),
  url: "http://localhost:8000/sse",
  attempts: 3,
  detail: "connection refused",
  remedy: "Start it."
})

/** Cannot pass. */
export const notUnderstood = (question: string) =>
  new SqlGenerationError({
    question,
    reason: new NotUnderstood({}),
    detail: "no word of it is known",
    understood: [],
    attempts: [],
    remedy: "Ask in other words."
  })

export const orchestrator = (query: Orchestrator["Service"]["query"]) => Layer.mock(Orchestrator, { query })

/** Answers every question at once, and rightly. */
export const ready = orchestrator((question) => Effect.succeed(resultOf(question)))

/** A file in a folder that is gone with the scope. */
export const storeFile = Effect.map(
  Effect.acquireRelease(
    Effect.sync(() => mkdtempSync(join(tmpdir(), "batch-"))),
    (folder) => Effect.sync(() => rmSync(folder, { recursive: true, force: true }))
  ),
  (folder) => join(folder, "questions.sqlite")
)
