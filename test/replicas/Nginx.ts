/** nginx in front of replicas, in a directory of its own. */
import { Effect, Schedule } from "effect"
import { spawn, spawnSync } from "node:child_process"
import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { connect, createServer } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"

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

/** As docs/scale.md has it. */
const configOf = (directory: string, port: number, replicas: ReadonlyArray<readonly [name: string, port: number]>) => `
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
  upstream replicas {
${replicas.map(([, port]) => `    server 127.0.0.1:${port} max_fails=0;`).join("\n")}
  }
${replicas.map(([name, port]) => `  upstream ${name} { server 127.0.0.1:${port} max_fails=0; }`).join("\n")}
  map $arg_sessionId $holder {
    default replicas;
${replicas.map(([name]) => `    "~^${name}\\." ${name};`).join("\n")}
  }
  server {
    listen 127.0.0.1:${port};
    proxy_http_version 1.1;
    proxy_set_header Connection "";
    proxy_set_header Host $host;
    proxy_buffering off;
    proxy_read_timeout 150s;
    proxy_connect_timeout 2s;
    location / {
      proxy_pass http://replicas;
      proxy_next_upstream error timeout http_503 non_idempotent;
    }
    location = /messages {
      proxy_pass http://$holder;
      error_page 502 504 = @gone;
    }
    location @gone { return 404; }
  }
}
`

/** Listens at the port that it gives, until the scope closes. */
export const start = Effect.fnUntraced(function* (replicas: ReadonlyArray<readonly [name: string, port: number]>) {
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
