/**
 * In which form an answer is had: `accept` chooses between an endpoint and the same as a stream (RFC 9110, 12.5.1), and a
 * method that a path does not have is told apart from a path that is not there.
 */
import * as Effect from "effect/Effect"
import type * as Layer from "effect/Layer"
import type * as HttpMethod from "effect/http/HttpMethod"
import * as HttpRouter from "effect/http/HttpRouter"
import * as HttpServerRequest from "effect/http/HttpServerRequest"
import * as HttpServerRespondable from "effect/http/HttpServerRespondable"
import * as HttpServerResponse from "effect/http/HttpServerResponse"
import { Api } from "./Api.ts"
import { pathOf } from "./Door.ts"
import { NotAcceptable } from "./Problems.ts"

/** Answers 405 with `allow`, and OPTIONS, for every path of the API and for `others`, each of one method. */
export const methods = (others: {
  readonly [method in "GET" | "POST"]: ReadonlyArray<HttpRouter.PathInput>
}): Layer.Layer<never, never, HttpRouter.HttpRouter> =>
  HttpRouter.addAll([
    ...Object.values(Api.groups.orchestrator.endpoints).flatMap(({ method, path }) => remaining(path, method)),
    ...others.GET.flatMap((path) => remaining(path, "GET")),
    ...others.POST.flatMap((path) => remaining(path, "POST"))
  ])

/** Leads a request to the stream that its `accept` asks for; 406 if it takes none of the forms that there are. */
export const accepted: Layer.Layer<never, never, HttpRouter.HttpRouter> = HttpRouter.middleware(
  (httpEffect) =>
    Effect.flatMap(HttpServerRequest.HttpServerRequest, (request) => {
      const path = pathOf(request)
      const offers = offersAt(request.method, path)
      const { accept = "*/*" } = request.headers
      // Nearly everybody asks so, and takes what the path itself gives.
      if (offers === undefined || accept === "*/*") return httpEffect
      const type = preferred(accept, [...offers.keys()])
      const target = offers.get(type ?? "")
      if (target === undefined) {
        return HttpServerRespondable.toResponse(new NotAcceptable({ offered: [...offers.keys()] }))
      }
      if (target === path) return httpEffect
      const led = request.modify({ url: target + request.url.slice(path.length) })
      return Effect.provideService(httpEffect, HttpServerRequest.HttpServerRequest, led)
    }),
  { global: true }
)

/** The type with the highest weight, of several the first; `undefined` if none is taken. */
export const preferred = (accept: string, offers: ReadonlyArray<string>): string | undefined => {
  const ranges = accept.split(",").map((part) => {
    const [range = "", ...parameters] = part.split(";").map((piece) => piece.trim().toLowerCase())
    const weight = parameters.find((parameter) => parameter.startsWith("q="))?.slice(2)
    return { range, weight: weight === undefined ? 1 : Number(weight) || 0 }
  })
  const weightOf = (offer: string): number => {
    const [kind] = offer.split("/", 1)
    const names = [offer, `${kind}/*`, "*/*"]
    return (
      names.map((name) => ranges.find(({ range }) => range === name)?.weight).find((found) => found !== undefined) ?? 0
    )
  }
  const best = offers.toSorted((one, other) => weightOf(other) - weightOf(one))[0]
  return best !== undefined && weightOf(best) > 0 ? best : undefined
}

// -----------------------------------------------------------------------------
// internals

const json = "application/json"
const events = "text/event-stream"
const lines = "application/x-ndjson"

/** The types that an endpoint answers with, and the path where each of them is made. */
const offersAt = (method: string, path: string): ReadonlyMap<string, string> | undefined =>
  offers.get(`${method} ${path}`)

/** A path that names its stream has said what is wanted: `curl --json` takes JSON alone by itself. */
const offers: ReadonlyMap<string, ReadonlyMap<string, string>> = new Map(
  Object.values(Api.groups.orchestrator.endpoints)
    .filter(({ path }) => !/\/(?:events|lines)$/.test(path))
    .map(({ method, path }) => {
      const streams =
        method === "GET"
          ? []
          : [[events, `${path}/events`] as const, ...(path === "/v1/gather" ? [[lines, `${path}/lines`] as const] : [])]
      return [`${method} ${path}`, new Map([[json, path], ...streams])]
    })
)

const known = ["GET", "POST", "PUT", "PATCH", "DELETE"] as const

const remaining = (path: string, method: HttpMethod.HttpMethod) => {
  const allow = [method, ...(method === "GET" ? ["HEAD"] : []), "OPTIONS"].join(", ")
  const at: HttpRouter.PathInput = `/${path.slice(1)}`
  return [
    HttpRouter.route("OPTIONS", at, HttpServerResponse.empty({ headers: { allow } })),
    ...known
      .filter((other) => other !== method)
      .map((other) => HttpRouter.route(other, at, HttpServerResponse.empty({ status: 405, headers: { allow } })))
  ]
}
