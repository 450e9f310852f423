#!/usr/bin/env node
/** The runner: composition only. */
import * as NodeRuntime from "@effect/platform-node/NodeRuntime"
import * as NodeServices from "@effect/platform-node/NodeServices"
import * as Effect from "effect/Effect"
import * as Cli from "./cli/Cli.ts"

// What a gather leaves behind is garbage at once: collecting it sooner costs little time and saves much memory.
process.getBuiltinModule("node:v8").setFlagsFromString("--optimize-for-size")

Cli.run(process.argv.slice(2)).pipe(Effect.provide(NodeServices.layer), (program) =>
  NodeRuntime.runMain(program, { disableErrorReporting: true })
)
