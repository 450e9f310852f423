/** Test an app against scripted MCP servers, which also misbehave on request, over real sockets. */
import "../NodeCheck.ts"

/** Scripted MCP servers: start, change, kill, restart, count, wait. */
export * as FakeServer from "./FakeServer.ts"

/** What a server is told to be: plain data. */
export * as FakeScript from "./FakeScript.ts"

/** The ways to go wrong, and when. */
export * as FakeFault from "./FakeFault.ts"

/** What a server has seen. */
export type * as FakeCounters from "./FakeCounters.ts"

/** A language model that answers from a script. */
export * as StubLanguageModel from "./StubLanguageModel.ts"

/** Random models for property tests. */
export * as Arbitraries from "./Arbitraries.ts"
