/** This project, as an app imports it. */
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as ManagedRuntime from "effect/ManagedRuntime"
import { ConfigLoader, ConfigSource, ConfiguredGenerator, Logging, Orchestrator, Sessions } from "../../src/index.ts"
import { configuration } from "../support/Configuration.ts"
import type { Client } from "./Contract.ts"

export const ours: Client = {
  connect: async (urls) => {
    const config = await Effect.runPromise(ConfigLoader.fromUnknown(configuration(urls)))
    const runtime = ManagedRuntime.make(
      Orchestrator.layer.pipe(
        Layer.provide([ConfigSource.layerValue(config), ConfiguredGenerator.layer, Sessions.layerSse]),
        // What logging costs is measured by itself (`bench/logging.ts`).
        Layer.provideMerge(Logging.layer({ enabled: false, level: "ERROR", format: "json", secrets: [] }))
      )
    )
    const orchestrator = await runtime.runPromise(Orchestrator)
    const health = await runtime.runPromise(orchestrator.health())
    const ill = health.find(({ error }) => error !== null)
    if (ill !== undefined) return Promise.reject(ill.error)
    return {
      gather: async () => {
        const { servers } = await runtime.runPromise(orchestrator.gather())
        return {
          resources: servers.reduce((count, { resources }) => count + resources.size, 0),
          data: servers.map(({ resources }) =>
            Object.fromEntries(Array.from(resources, ([name, { data }]) => [name, data]))
          )
        }
      },
      close: () => runtime.dispose()
    }
  }
}
