/** The documentation names what is installed and run, and its lines are valid. */
import { assert, it } from "@effect/vitest"
import { Effect } from "effect"
import { ConfigLoader } from "../../src/index.ts"
import * as Documented from "./support/Documented.ts"
import * as Installation from "./support/Installation.ts"
import * as RealServers from "./support/RealServers.ts"

const packageOf = (server: string): string => server.replace(/ \(.*|, .*/, "")

it("every server that is run is documented, at the version that is installed", () => {
  assert.sameMembers(
    Documented.servers.map(({ server }) => server),
    [
      "@modelcontextprotocol/server-everything",
      "fastmcp (metadata)",
      ...[RealServers.sqlite, RealServers.postgres, RealServers.mysql].flatMap((family) => Object.keys(family))
    ]
  )
  for (const { server, version } of Documented.servers) {
    assert.strictEqual(version, Installation.versions[packageOf(server)], server)
  }
})

it.effect("the lines of every server are valid in a configuration", () =>
  Effect.gen(function* () {
    for (const { server } of Documented.servers) {
      const entry = {
        name: "Any",
        url: "http://localhost:8000/sse",
        priority: 1,
        domains: ["sales"],
        transport: "sse",
        ...Documented.linesOf(server)
      }
      yield* ConfigLoader.fromUnknown({ mcp_servers: { any: entry } })
    }
  })
)
