/**
 * How a process goes whose place another has taken, so that no client notices. Connections are not accepted any more, but
 * those that are open are closed by nobody while their client may be sending: each is answered, with word that it was the
 * last time, or lies idle for longer than any client keeps it.
 */
import * as Context from "effect/Context"
import * as Deferred from "effect/Deferred"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Layer from "effect/Layer"
import type { Server } from "node:http"
import { Server as NetServer } from "node:net"

export class Leaving extends Context.Service<
  Leaving,
  {
    /** Completes when nobody who keeps to HTTP will ask any more; streams may still be running. */
    readonly seeOut: Effect.Effect<void>
  }
>()("effect-mcp-orchestrator/http/Leaving") {
  static readonly layer = (server: Server) =>
    Layer.effect(
      Leaving,
      Effect.gen(function* () {
        const closed = yield* Deferred.make<void>()
        let isLeaving = false
        // The last bytes of streams that have just ended: a server that does not listen is not waited for otherwise.
        yield* Effect.addFinalizer(() =>
          isLeaving ? Effect.timeoutOption(Deferred.await(closed), "1 second") : Effect.void
        )
        return {
          seeOut: Effect.suspend(() => {
            isLeaving = true
            server.prependListener("request", (_, response) => {
              response.shouldKeepAlive = false
            })
            // That of an HTTP server closes the idle connections too, on which a request may be under way.
            NetServer.prototype.close.call(server, () => Deferred.doneUnsafe(closed, Exit.void))
            return Effect.sleep(Duration.millis(server.keepAliveTimeout + 1000))
          })
        }
      })
    )
}
