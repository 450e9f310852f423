/**
 * `/console`: a page to look at servers, names and questions, made by `npm run build` and served as it is. Everything the
 * page shows it asks of the API, with the token that a person gives it; the page itself holds nothing that is secret.
 */
import * as Effect from "effect/Effect"
import * as FileSystem from "effect/FileSystem"
import * as Path from "effect/Path"
import * as HttpRouter from "effect/http/HttpRouter"
import * as HttpServerResponse from "effect/http/HttpServerResponse"
import type * as HttpServerRequest from "effect/http/HttpServerRequest"
import { createHash } from "node:crypto"
import { fileURLToPath } from "node:url"
import { gzipSync } from "node:zlib"

/** What is had without a token: whoever has none must see where to give it. */
export const paths = ["/console", "/console/app.js", "/console/style.css"] as const

/** Nothing but what this server sends runs, is shown or is asked, and no other page frames it. */
export const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "img-src 'self' data:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'"
].join("; ")

/** Where the build leaves the page, seen from the bundled runner and from the sources. */
export const directories: ReadonlyArray<string> = ["../console", "../../dist/console"].map((relative) =>
  fileURLToPath(new URL(relative, import.meta.url))
)

/** Read once, from the first directory that has it: nothing outside of these files can be asked for. */
export const layer = (candidates: ReadonlyArray<string> = directories) =>
  HttpRouter.use(
    Effect.fnUntraced(function* (router) {
      const fileSystem = yield* FileSystem.FileSystem
      const path = yield* Path.Path
      const found = yield* Effect.findFirst(candidates, (directory) =>
        Effect.orElseSucceed(fileSystem.exists(path.join(directory, "index.html")), () => false)
      )
      if (found._tag === "None") {
        yield* router.add("GET", "/console", HttpServerResponse.text(notBuilt, { status: 404 }))
        return
      }
      for (const [at, file, contentType] of files) {
        const content = yield* Effect.orDie(fileSystem.readFile(path.join(found.value, file)))
        yield* router.add("GET", at, answering(content, contentType))
      }
    })
  )

// -----------------------------------------------------------------------------
// internals

const notBuilt = "The console is not built: run npm run build.\n"

const files = [
  ["/console", "index.html", "text/html; charset=utf-8"],
  ["/console/app.js", "app.js", "text/javascript; charset=utf-8"],
  ["/console/style.css", "style.css", "text/css; charset=utf-8"]
] as const

/** 304 for who has it already; gzip for who takes it. */
const answering = (content: Uint8Array, contentType: string) => {
  const packed = gzipSync(content, { level: 9 })
  const etag = `"${createHash("sha256").update(content).digest("base64url").slice(0, 22)}"`
  const headers = {
    etag,
    vary: "accept-encoding",
    "cache-control": "no-cache",
    "content-security-policy": contentSecurityPolicy,
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff"
  }
  return ({ headers: asked, url }: HttpServerRequest.HttpServerRequest) => {
    // Addresses in the page are relative, so that a proxy may publish it under a path of its own.
    if (url === "/console/") return Effect.succeed(HttpServerResponse.redirect("../console", { status: 308 }))
    if (asked["if-none-match"]?.includes(etag) === true) {
      return Effect.succeed(HttpServerResponse.empty({ status: 304, headers }))
    }
    const isPacked = /\bgzip\b(?!\s*;\s*q=0(?:\.0*)?\s*(?:,|$))/.test(asked["accept-encoding"] ?? "")
    return Effect.succeed(
      HttpServerResponse.uint8Array(isPacked ? packed : content, {
        contentType,
        headers: isPacked ? { ...headers, "content-encoding": "gzip" } : headers
      })
    )
  }
}
