/**
 * `serve` with nginx in front: TLS, a path prefix, nothing buffered, by the very block that docs/http.md shows. And curl,
 * with and without it.
 */
import * as NodeHttpClient from "@effect/platform-node/NodeHttpClient"
import { assert, describe, it } from "@effect/vitest"
import { Effect, Layer, type Scope, Stream } from "effect"
import { readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { HttpOrchestrator } from "../../src/http/index.ts"
import * as FakeCertificates from "../../src/testing/FakeCertificates.ts"
import { question, serve, shop } from "../http/Served.ts"
import * as Door from "../mcp/Door.ts"
import { temporaryFolder } from "./support/Databases.ts"
import * as Installation from "./support/Installation.ts"
import * as Processes from "./support/Processes.ts"

const nginx = Installation.systemProgram("nginx")
const curl = Installation.systemProgram("curl")

const documentation = readFileSync(fileURLToPath(new URL("../../docs/http.md", import.meta.url)), "utf8")
const [, block = ""] = /```nginx\n([^]*?)```/.exec(documentation) ?? []

/** In one process, which may write into the folder alone. */
const configuration = (folder: string, location: string, ports: { readonly plain: number; readonly tls: number }) => `
daemon off;
master_process off;
pid ${folder}/nginx.pid;
error_log stderr notice;
events {}
http {
  access_log off;
  ${["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map((name) => `${name}_temp_path ${folder}/${name};`).join("\n  ")}
  server {
    listen 127.0.0.1:${ports.plain};
    listen 127.0.0.1:${ports.tls} ssl;
    ssl_certificate ${folder}/localhost.pem;
    ssl_certificate_key ${folder}/key.pem;
    ${location}
  }
}
`

interface Proxied {
  /** Over TLS, with the prefix. */
  readonly url: string
  /** The same without TLS. */
  readonly plain: string
  readonly authority: string
}

/** nginx before what listens there. */
const proxied = Effect.fnUntraced(function* (port: number) {
  const folder = yield* temporaryFolder
  const ports = { plain: yield* Processes.freePort, tls: yield* Processes.freePort }
  const location = block.replace("127.0.0.1:8080", `127.0.0.1:${port}`)
  assert.notStrictEqual(location, block, "the documentation names the usual port")
  const authority = join(folder, "authority.pem")
  writeFileSync(authority, FakeCertificates.authority)
  writeFileSync(join(folder, "localhost.pem"), FakeCertificates.localhost)
  writeFileSync(join(folder, "key.pem"), FakeCertificates.privateKey)
  writeFileSync(join(folder, "nginx.conf"), configuration(folder, location, ports))
  yield* Processes.start({
    name: "nginx",
    command: nginx ?? "nginx",
    args: ["-p", folder, "-c", join(folder, "nginx.conf"), "-e", "stderr"],
    ready: /start worker process|using the "\w+" event method[^]*(?:OS|getrlimit)/
  })
  const proxied: Proxied = {
    url: `https://localhost:${ports.tls}/orchestrator`,
    plain: `http://localhost:${ports.plain}/orchestrator`,
    authority
  }
  return proxied
})

const asking = (...args: ReadonlyArray<string>) => ({ name: "curl", command: curl ?? "curl", args: ["-sS", ...args] })

const json = (value: object) => ["--json", JSON.stringify(value)]

const stalling = { ...shop, faults: [{ at: "read", fault: { kind: "stall" } } as const] }

const test =
  (needed: ReadonlyArray<readonly [program: string, path: string | null]>) =>
  <E>(name: string, effect: Effect.Effect<void, E, Scope.Scope>): void => {
    const missing = needed.flatMap(([program, path]) => (path === null ? [program] : []))
    if (missing.length > 0) it.skip(`${name} (skipped: install ${missing.join(" and ")})`, () => {})
    else it.live(name, () => effect)
  }

describe("curl", () => {
  const withCurl = test([["curl", curl]])

  withCurl(
    "asks as the documentation says, and is told a failure by its exit code",
    Effect.gen(function* () {
      const { url } = yield* serve()
      const answer = JSON.parse(yield* Processes.run(asking(`${url}/v1/query`, ...json({ question }))))
      assert.deepStrictEqual(answer.result.rows, [[3]])
      const failed = yield* Effect.flip(
        Processes.run(asking("--fail", `${url}/v1/query`, ...json({ question: "zork?" })))
      )
      assert.match(failed.output, /422/)
    })
  )

  withCurl(
    "reads a stream as it comes, and ends what it asked by leaving",
    Effect.gen(function* () {
      const { fakes, url } = yield* serve({ scripts: [stalling] })
      const stream = asking("-N", "-H", "accept: text/event-stream", `${url}/v1/query`, ...json({ question }))
      yield* Effect.scoped(Processes.start({ ...stream, ready: /^event: listed$/m }))
      yield* fakes[0]!.awaitRequest("notifications/cancelled")
    })
  )
})

describe("nginx", () => {
  const withBoth = test([
    ["nginx-light", nginx],
    ["curl", curl]
  ])
  const withNginx = test([["nginx-light", nginx]])

  withBoth(
    "answers under its prefix over TLS: question, page and health",
    Effect.gen(function* () {
      const { authority, url } = yield* proxied((yield* serve()).port)
      const get = (...args: ReadonlyArray<string>) => Processes.run(asking("--cacert", authority, ...args))
      assert.deepStrictEqual(JSON.parse(yield* get(`${url}/v1/query`, ...json({ question }))).result.rows, [[3]])
      assert.strictEqual(yield* get("-o", "/dev/null", "-w", "%{http_code}", `${url}/health/ready`), "204")
      const [, link = ""] = /href="([^"]+openapi[^"]+)"/.exec(yield* get(`${url}/docs`)) ?? []
      assert.match(JSON.parse(yield* get(new URL(link, `${url}/docs`).href)).openapi, /^3\.1/)
    })
  )

  withBoth(
    "lets a stream through while it goes on, and tells when its reader leaves",
    Effect.gen(function* () {
      const { fakes, port } = yield* serve({ scripts: [stalling] })
      const { authority, url } = yield* proxied(port)
      const stream = asking("-N", "--cacert", authority, `${url}/v1/query/events`, ...json({ question }))
      yield* Effect.scoped(Processes.start({ ...stream, ready: /^event: listed$/m }))
      yield* fakes[0]!.awaitRequest("notifications/cancelled")
    })
  )

  withBoth(
    "is let in under the names of allowed_hosts alone",
    Effect.gen(function* () {
      const { port } = yield* serve({ server: { allowed_hosts: ["orchestrator.example.org"] } })
      const { plain } = yield* proxied(port)
      const { port: listening } = new URL(plain)
      for (const [name, status] of [
        ["orchestrator.example.org", "200"],
        ["evil.example.org", "421"]
      ] as const) {
        const at = `http://${name}:${listening}/orchestrator/v1/config`
        const code = ["-o", "/dev/null", "-w", "%{http_code}"]
        const resolved = ["--resolve", `${name}:${listening}:127.0.0.1`]
        assert.strictEqual(yield* Processes.run(asking(...resolved, ...code, at)), status, name)
      }
    })
  )

  withNginx(
    "lets the derived client through, its streams as well",
    Effect.gen(function* () {
      const { url } = yield* proxied((yield* serve()).port)
      const context = yield* Layer.build(
        HttpOrchestrator.layer({ baseUrl: url }).pipe(
          Layer.provide(NodeHttpClient.layerNodeHttpOptions({ ca: FakeCertificates.authority }))
        )
      )
      const client = yield* Effect.provideContext(HttpOrchestrator, context)
      assert.deepStrictEqual((yield* client.query({ payload: { question } })).result?.rows, [[3]])
      const events = yield* Effect.flatMap(client.queryEvents({ payload: { question } }), Stream.runCollect)
      assert.strictEqual(events.at(-1)?.event, "completed")
    })
  )

  withNginx(
    "lets MCP hosts through: messages find their way back under the prefix",
    Effect.gen(function* () {
      const { port } = yield* serve()
      const { plain } = yield* proxied(port)
      const client = yield* Door.connect({ origin: plain, url: `${plain}/sse` })
      const answer = yield* Effect.promise(() => client.callTool({ name: "query", arguments: { question } }))
      assert.deepNestedInclude(answer, { "structuredContent.result.rows": [[3]] })
    })
  )
})
