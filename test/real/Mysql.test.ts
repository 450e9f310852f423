/** Database servers of others over MariaDB, each beside a metadata server. */
import { Effect, Layer } from "effect"
import * as Databases from "./support/Databases.ts"
import * as Installation from "./support/Installation.ts"
import * as RealServers from "./support/RealServers.ts"
import { Servers, testServer, withServers } from "./support/Suite.ts"

const running = Layer.effect(
  Servers,
  Effect.gen(function* () {
    const [metadata, mysql] = yield* Effect.all([RealServers.metadata, Databases.mysql], { concurrency: 2 })
    return [metadata, ...(yield* RealServers.startAll(RealServers.mysql, mysql))]
  })
)

withServers("servers over MariaDB", Installation.mariadbMissing, running, (it) => {
  for (const server of Object.keys(RealServers.mysql)) testServer(it, server, rounded[server])
})

/** Integers beyond 2^53 are rounded in the server, which makes numbers of JavaScript of them. */
const rounded: { readonly [server: string]: ReadonlyArray<string> } = {
  "@benborla29/mcp-server-mysql": ["serial_number"]
}
