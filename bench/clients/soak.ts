/** The soak's own client in a process of its own, young when the soak's is old. */
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Scope from "effect/Scope"
import * as SoakClient from "../support/SoakClient.ts"
import * as Process from "./Process.ts"

Process.run({
  connect: async (urls) => {
    const scope = Scope.makeUnsafe()
    const client = await Effect.runPromise(Scope.provide(SoakClient.make(urls), scope))
    return {
      gather: async () => ({ resources: await Effect.runPromise(client.gather), data: null }),
      close: () => Effect.runPromise(Scope.close(scope, Exit.void))
    }
  }
})
