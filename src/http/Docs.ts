/** `/docs`: the API for people, one page made from its description, without scripts and without a network. */
import * as Effect from "effect/Effect"
import * as HttpRouter from "effect/http/HttpRouter"
import * as HttpServerResponse from "effect/http/HttpServerResponse"
import * as OpenApi from "effect/http-api/OpenApi"
import { createHash } from "node:crypto"
import { Api } from "./Api.ts"

/** Made when somebody reads it. */
export const layer = HttpRouter.add(
  "GET",
  "/docs",
  Effect.sync(() =>
    HttpServerResponse.text(page(OpenApi.fromApi(Api)), {
      contentType: "text/html; charset=utf-8",
      headers: {
        "content-security-policy": `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
        "referrer-policy": "no-referrer",
        "x-content-type-options": "nosniff"
      }
    })
  )
)

// -----------------------------------------------------------------------------
// internals

const style =
  "body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1b1b1b;background:#fff}pre{overflow:auto;background:#f3f3f3;padding:.75rem}code{font-size:.9em}h2{margin-top:2.5rem}summary{cursor:pointer}"

const hash = createHash("sha256").update(style).digest("base64")

const page = ({ components, info, paths }: OpenApi.OpenAPISpec): string => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${escaped(info.title)}</title><style>${style}</style></head><body>
<h1>${escaped(info.title)} ${escaped(info.version)}</h1>
<p>${escaped(info.description ?? "")}</p>
<p>The same for programs: <a href="v1/openapi.json">OpenAPI 3.1</a>. Where a token is set, every request brings
<code>authorization: Bearer TOKEN</code>. Every answer has an <code>x-request-id</code>; failures are problem details
(RFC 9457) with the tagged error as <code>error</code>.</p>
${Object.entries(paths)
  .flatMap(([path, operations]) =>
    verbs.map((verb) => {
      const operation = operations[verb]
      return operation === undefined ? "" : endpoint(verb, path, operation)
    })
  )
  .join("\n")}
<h2>Shapes</h2>
${Object.entries(components.schemas)
  .map(
    ([name, schema]) =>
      `<details id="${escaped(name)}"><summary><code>${escaped(name)}</code></summary>${code(schema)}</details>`
  )
  .join("\n")}
</body></html>
`

const verbs = ["get", "post"] as const

const endpoint = (method: string, path: string, operation: OpenApi.OpenAPISpecOperation): string =>
  `<section><h2><code>${method.toUpperCase()} ${escaped(path)}</code></h2><p>${escaped(operation.summary ?? "")}</p>
${operation.requestBody === undefined ? "" : `<p>Body</p>${code(operation.requestBody.content)}`}
${Object.entries(operation.responses)
  .map(
    ([status, { content = {}, description }]) =>
      `<details><summary>${status} ${escaped(Object.keys(content).join(", "))}</summary><p>${escaped(description)}</p>${code(content)}</details>`
  )
  .join("\n")}</section>`

const code = (value: unknown): string => `<pre><code>${escaped(JSON.stringify(value, null, 2))}</code></pre>`

const escaped = (text: string): string => text.replaceAll(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`)
