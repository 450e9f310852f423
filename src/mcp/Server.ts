/**
 * The orchestrator as an MCP server over SSE: routes for an `HttpRouter`, beside whatever else it serves. `GET /sse`
 * opens a session, `POST /messages?sessionId=…` speaks to it. Who may come in (token, Host, Origin) is the business of
 * the middleware around the routes.
 */
import * as NodeHttpServerRequest from "@effect/platform-node/NodeHttpServerRequest"
import * as ByteSize from "effect/ByteSize"
import * as Clock from "effect/Clock"
import * as Context from "effect/Context"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as HttpRouter from "effect/http/HttpRouter"
import * as HttpServerRequest from "effect/http/HttpServerRequest"
import * as HttpServerResponse from "effect/http/HttpServerResponse"
import type * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import * as Predicate from "effect/Predicate"
import * as Schema from "effect/Schema"
import * as Scope from "effect/Scope"
import * as Semaphore from "effect/Semaphore"
import * as Stream from "effect/Stream"
import * as Tracer from "effect/Tracer"
import { randomUUID } from "node:crypto"
import { Orchestrator } from "../Orchestrator.ts"
import * as Places from "../Places.ts"
import { Siblings } from "../workers/Siblings.ts"
import type { Reply, Request } from "../workers/Messages.ts"
import * as HostSession from "./HostSession.ts"
import * as HostTransport from "./HostTransport.ts"
import * as JsonBody from "./JsonBody.ts"
import * as ResourceRequests from "./ResourceRequests.ts"
import { overloaded, RpcError, timedOut } from "./RpcError.ts"
import * as ToolCalls from "./ToolCalls.ts"
import * as Toolkit from "./Toolkit.ts"

export interface Options {
  /** Open sessions; one more is refused with 503. Default: 100. */
  readonly maxSessions?: number | undefined
  /** A session from which nothing came for so long, and for which nothing is done, is ended. Default: 30 minutes. */
  readonly sessionIdle?: Duration.Input | undefined
  /**
   * Lets a request in until its scope closes, or fails with why not, which the host is told. Default: 64 at once, of all
   * sessions together.
   */
  readonly admit?: Effect.Effect<void, { readonly title: string }, Scope.Scope> | undefined
  /** Of one request of a host, the time that its model or a person takes for sampling included. Default: none. */
  readonly requestTimeout?: Duration.Input | undefined
  /** Characters that may wait for a client to read them, beside one message of any length. Default: 4 MiB. */
  readonly maxUnread?: number | undefined
  /** Entries on a page of a list. Default: 1000. */
  readonly pageSize?: number | undefined
  /** Whether the host's own model writes the SQL, where the host offers one. Default: false. */
  readonly sampling?: boolean | undefined
  /** Stands at the head of each session's id, so that a balancer knows whose it is. Default: nothing. */
  readonly replica?: string | null | undefined
  /** Completes when the server is about to stop: what is being worked on is answered, then the sessions end. */
  readonly draining?: Effect.Effect<void> | undefined
}

/** Adds the two routes. Sessions end with their connection, and when the server drains. */
export const layer = (options: Options = {}): Layer.Layer<never, never, HttpRouter.HttpRouter | Orchestrator> =>
  HttpRouter.use(
    Effect.fnUntraced(function* (router) {
      const door = yield* makeDoor(options)
      yield* router.add("GET", paths.sse, open(door))
      yield* router.add("POST", paths.messages, receive(door))
    })
  )

// -----------------------------------------------------------------------------
// internals

const paths = { sse: "/sse", messages: "/messages" } as const

/** What the sessions share. */
interface Door {
  readonly siblings: Siblings
  /** What the ids of sessions begin with. */
  readonly prefix: string
  readonly offer: HostSession.Offer
  readonly sessions: Map<string, Session>
  readonly places: Semaphore.Semaphore
  readonly sessionIdle: Duration.Duration
  readonly maxUnread: number
  readonly draining: Effect.Effect<void>
  /** Whether the server is about to stop, so that another has to be asked. */
  readonly isStopping: Effect.Effect<boolean>
}

interface Session {
  readonly receive: HostTransport.HostTransport["receive"]
  /** Something came from the client. */
  readonly touch: Effect.Effect<void>
}

const makeDoor = Effect.fnUntraced(function* (
  options: Options
): Effect.fn.Return<Door, never, Orchestrator | Scope.Scope> {
  const orchestrator = yield* Orchestrator
  const admit = options.admit ?? (yield* atOnce(64))
  const withDeadline = deadline(options.requestTimeout ?? Duration.infinity)
  const siblings = yield* Siblings
  const sessions = new Map<string, Session>()
  const stopping = options.draining ?? Effect.never
  const isStopping = Effect.raceFirst(Effect.as(stopping, true), Effect.succeed(false))
  yield* siblings.answer({ McpMessage: (message) => take({ sessions, isStopping }, message) })
  return {
    siblings,
    prefix: [options.replica ?? [], siblings.worker ?? []]
      .flat()
      .map((part) => `${part}.`)
      .join(""),
    offer: {
      tools: Toolkit.listed(),
      calls: ToolCalls.make(orchestrator, { sampling: options.sampling ?? false }),
      resources: ResourceRequests.make(orchestrator, options.pageSize ?? 1000),
      admit: (effect) =>
        admit.pipe(
          Effect.mapError(({ title }) => new RpcError(overloaded, title)),
          Effect.andThen(withDeadline(effect)),
          Effect.scoped
        ),
      context: Context.omit(Scope.Scope, Tracer.ParentSpan)(yield* Effect.context<Scope.Scope>())
    },
    sessions,
    places: yield* Semaphore.make(options.maxSessions ?? 100),
    sessionIdle: Duration.fromInputUnsafe(options.sessionIdle ?? "30 minutes"),
    maxUnread: options.maxUnread ?? 4 * 1024 * 1024,
    draining: Effect.raceFirst(stopping, siblings.leave),
    isStopping
  }
})

const deadline =
  (duration: Duration.Input) =>
  <A>(effect: Effect.Effect<A, RpcError>): Effect.Effect<A, RpcError> =>
    Effect.timeoutOrElse(effect, {
      duration,
      orElse: () =>
        Effect.fail(
          new RpcError(timedOut, `the request took longer than ${Duration.format(Duration.fromInputUnsafe(duration))}`)
        )
    })

const atOnce = (requests: number): Effect.Effect<NonNullable<Options["admit"]>> =>
  Effect.map(Semaphore.make(requests), (places) =>
    Effect.flatMap(Places.take(places), (taken) =>
      taken ? Effect.void : Effect.fail({ title: "As many requests are running as may" })
    )
  )

const keepAlive = Duration.seconds(15)

/** Bytes of one message from a client: a question, or what its model wrote. */
const maxMessage = ByteSize.kibibytes(256)

const answered = ({ status, text }: Reply) =>
  status === 202 ? HttpServerResponse.text(text, { status }) : refused(status, text)

const refused = (status: number, text: string, headers: { readonly [name: string]: string } = {}) =>
  HttpServerResponse.text(`${text}\n`, { status, headers })

/** The session lives in the request's scope, which closes when the stream has ended, whoever ended it. */
const open = Effect.fnUntraced(function* (door: Door) {
  const { sessions } = door
  // A balancer asks another one in its place; a session that ended at once would be opened here again and again.
  if (yield* door.isStopping) return refused(503, "the server is shutting down", { "retry-after": "1" })
  if (!(yield* Places.take(door.places))) {
    return refused(503, "too many sessions are open", { "retry-after": "5" })
  }
  const request = yield* HttpServerRequest.HttpServerRequest
  const sessionId = door.prefix + randomUUID()
  const response = NodeHttpServerRequest.toServerResponse(request)
  const wire = yield* HostTransport.make({
    sessionId,
    endpoint: `${prefixOf(request)}${paths.messages}?sessionId=${sessionId}`,
    maxUnread: door.maxUnread,
    // The writer waits for a client that does not read: only the socket's end ends that.
    overflow: () => response.destroy()
  })
  const host = yield* HostSession.make(door.offer)
  const clock = yield* Clock.Clock
  let heardAt = clock.currentTimeMillisUnsafe()
  yield* Effect.acquireRelease(
    Effect.promise(() => {
      sessions.set(sessionId, {
        receive: wire.receive,
        touch: Effect.sync(() => {
          heardAt = clock.currentTimeMillisUnsafe()
        })
      })
      return host.server.connect(wire.transport)
    }),
    () =>
      Effect.promise(() => {
        sessions.delete(sessionId)
        return host.server.close()
      })
  )
  const idle = Duration.toMillis(door.sessionIdle)
  const tend = Effect.gen(function* () {
    if ((yield* host.running) === 0 && clock.currentTimeMillisUnsafe() - heardAt >= idle) {
      if (wire.isRead()) wire.end()
      else response.destroy()
    } else if (wire.isRead()) wire.keepAlive()
  })
  yield* Effect.sleep(Duration.min(keepAlive, door.sessionIdle)).pipe(
    Effect.andThen(tend),
    Effect.forever,
    Effect.forkScoped
  )
  const seeOut = host.idle.pipe(
    Effect.andThen(Effect.sync(() => sessions.delete(sessionId))),
    // What was let in at the last moment runs by the end of the first, and has been answered by the end of the second.
    Effect.andThen(host.idle),
    Effect.andThen(host.idle),
    Effect.andThen(Effect.sync(wire.end))
  )
  yield* door.draining.pipe(Effect.andThen(seeOut), Effect.forkScoped)
  return HttpServerResponse.stream(Stream.encodeText(wire.events), {
    contentType: "text/event-stream",
    // For nginx too, which buffers otherwise.
    headers: { "cache-control": "no-cache, no-transform", "x-accel-buffering": "no" }
  })
})

/** What a proxy in front cut off the path, as it says, with a slash at its end or without; anything but a path is none. */
const prefixOf = ({ headers }: HttpServerRequest.HttpServerRequest): string =>
  /^((?:\/[\w.~%-]+)+)\/?$/.exec(headers["x-forwarded-prefix"] ?? "")?.[1] ?? ""

const decodeJson = Schema.decodeUnknownOption(Schema.fromJsonString(Schema.Unknown))

type Message = Extract<Request, { readonly _tag: "McpMessage" }>

const unknownSession: Reply = { status: 404, text: "no such session: GET /sse opens one" }

/** The worker that opened the session, as its id says. */
const holderOf = (sessionId: string): number | null => {
  const worker = /(?:^|\.)(\d{1,9})\.[\da-f-]{36}$/.exec(sessionId)?.[1]
  return worker === undefined ? null : Number(worker)
}

/** A call: what a host that gets 404 for it asks again, in the session that it opens then. */
const isCall = (message: unknown): boolean =>
  Predicate.hasProperty(message, "id") && Predicate.hasProperty(message, "method") && message.method !== "ping"

const take = Effect.fnUntraced(function* (
  { isStopping, sessions }: Pick<Door, "isStopping" | "sessions">,
  { body, contentType, sessionId }: Message
) {
  // It may have ended while the body came.
  const session = sessions.get(sessionId)
  if (session === undefined) return unknownSession
  if (!JsonBody.isAnnounced(contentType)) {
    return { status: 415, text: "the message has to be application/json" }
  }
  yield* session.touch
  const message = Option.getOrUndefined(decodeJson(body))
  // The session lives on for what it waits for: the answers to its calls, and those of the host's model.
  if (isCall(message) && (yield* isStopping)) return unknownSession
  return session.receive(message)
    ? { status: 202, text: "Accepted" }
    : { status: 400, text: "the body is no JSON-RPC message" }
})

/** Answers at once: the reply to the message comes over the event stream. */
const receive = Effect.fnUntraced(function* (door: Door) {
  const { sessions, siblings } = door
  const request = yield* HttpServerRequest.HttpServerRequest
  const { sessionId } = yield* HttpServerRequest.ParsedSearchParams
  if (typeof sessionId !== "string") return answered(unknownSession)
  const holder = holderOf(sessionId)
  const isElsewhere = holder !== null && siblings.others().includes(holder)
  if (!isElsewhere && !sessions.has(sessionId)) return answered(unknownSession)
  const contentType = request.headers["content-type"] ?? ""
  const body = yield* JsonBody.text(maxMessage, (status) =>
    status === 413
      ? refused(status, `the message is larger than ${ByteSize.format(maxMessage)}`)
      : refused(status, "the body cannot be read")
  )
  const message: Message = { _tag: "McpMessage", sessionId, contentType, body }
  if (isElsewhere) return answered((yield* siblings.ask(holder, message)) ?? unknownSession)
  return answered(yield* take(door, message))
}, Effect.catch(Effect.succeed))
