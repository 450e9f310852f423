/** nginx in front of replicas, in a directory of its own. */
import { Effect, Schedule } from "effect"
import { spawn, spawnSync } from "node:child_process"
import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { connect, createServer } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { blocksOf } from "../docs/Snippets.ts"

/** Debian's is where only root's PATH looks. */
const env = { ...process.env, PATH: `${process.env["PATH"] ?? ""}:/usr/sbin` }

/** Whether it is installed here. */
export const isInstalled = spawnSync("nginx", ["-v"], { env }).status === 0

/** A port that was free a moment ago, for whoever has to know it beforehand. */
export const freePort = Effect.callback<number>((resume) => {
  const server = createServer().listen(0, "127.0.0.1", () => {
    const address = server.address()
    const port = address !== null && typeof address === "object" ? address.port : 0
    server.close(() => resume(Effect.succeed(port)))
  })
})

/** The ports of the replicas that docs/scale.md names. */
export interface Ports {
  readonly a: number
  readonly b: number
}

/** What docs/scale.md shows, with the addresses of here, and around it what a whole nginx needs for itself. */
const configOf = (directory: string, port: number, { a, b }: Ports) => `
worker_processes 1;
daemon off;
pid ${directory}/pid;
error_log ${directory}/error.log;
events {}
http {
  access_log off;
  client_body_temp_path ${directory}/body;
  proxy_temp_path ${directory}/proxy;
  fastcgi_temp_path ${directory}/fastcgi;
  uwsgi_temp_path ${directory}/uwsgi;
  scgi_temp_path ${directory}/scgi;
  proxy_connect_timeout 2s;
${documented
  .replaceAll("10.0.0.1:8080", `127.0.0.1:${a}`)
  .replaceAll("10.0.0.2:8080", `127.0.0.1:${b}`)
  .replace("listen 80;", `listen 127.0.0.1:${port};`)}
}
`

const documented = blocksOf("docs/scale.md").find(({ language }) => language === "nginx")?.text ?? ""

/** Listens at the port that it gives, until the scope closes. */
export const start = Effect.fnUntraced(function* (replicas: Ports) {
  const directory = yield* Effect.acquireRelease(
    Effect.sync(() => mkdtempSync(join(tmpdir(), "nginx-"))),
    (path) => Effect.sync(() => rmSync(path, { recursive: true, force: true }))
  )
  const port = yield* freePort
  const file = join(directory, "nginx.conf")
  writeFileSync(file, configOf(directory, port, replicas))
  yield* Effect.acquireRelease(
    Effect.sync(() =>
      spawn("nginx", ["-c", file, "-p", directory, "-e", `${directory}/error.log`], { env, stdio: "inherit" })
    ),
    (child) =>
      Effect.callback<void>((resume) => {
        child.once("exit", () => resume(Effect.void))
        child.kill("SIGTERM")
      })
  )
  yield* Effect.retry(
    Effect.callback<void, "closed">((resume) => {
      const socket = connect(port, "127.0.0.1", () => {
        socket.destroy()
        resume(Effect.void)
      })
      socket.once("error", () => resume(Effect.fail("closed")))
    }),
    { times: 200, schedule: Schedule.spaced("50 millis") }
  )
  return { url: `http://127.0.0.1:${port}` }
})
