/**
 * Speaks what was recorded of a Python server, byte for byte, over a real socket: the stream's headers, the endpoint
 * event, the answers to POSTs, and the event frames. Only the session, the ids of requests and the names of columns are
 * put in their places.
 */
import { readFileSync } from "node:fs"
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http"
import { text } from "node:stream/consumers"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import type * as Scope from "effect/Scope"

const Request = Schema.Struct({
  method: Schema.String,
  params: Schema.optionalKey(Schema.Record(Schema.String, Schema.Json))
})

const Recording = Schema.fromJsonString(
  Schema.Struct({
    stream: Schema.Record(Schema.String, Schema.Union([Schema.String, Schema.Int])),
    endpointFrame: Schema.String,
    exchanges: Schema.Array(
      Schema.Struct({
        request: Request,
        post: Schema.Struct({ status: Schema.Int, body: Schema.String }),
        frame: Schema.String
      })
    )
  })
)

const Message = Schema.fromJsonString(
  Schema.Struct({ ...Request.fields, id: Schema.optionalKey(Schema.Union([Schema.Int, Schema.String])) })
)

const decodeMessage = Schema.decodeUnknownOption(Message)

type Exchange = (typeof Recording.Type)["exchanges"][number]

/** Starts a server that replays a recording of `fixtures/fastmcp`; gives the URL of its event stream. */
export const start = Effect.fnUntraced(function* (name: string): Effect.fn.Return<string, never, Scope.Scope> {
  const file = new URL(`../fixtures/fastmcp/${name}.json`, import.meta.url)
  const recording = yield* Effect.orDie(Schema.decodeEffect(Recording)(readFileSync(file, "utf8")))
  const server = yield* Effect.acquireRelease(
    Effect.sync(() => createServer(replay(recording))),
    (server) =>
      Effect.sync(() => {
        server.close()
        server.closeAllConnections()
      })
  )
  return yield* listening(server)
})

/** The SQL of the recorded calls; any other fails, as a recorded one did. */
export const recordedSql = {
  oneRow: "SELECT COUNT(*) AS n FROM customers",
  threeRows: "SELECT customer_id, name FROM customers",
  noRows: "SELECT name FROM customers WHERE country = 'Mars'"
}

// -----------------------------------------------------------------------------
// internals

const listening = (server: Server): Effect.Effect<string> =>
  Effect.callback((resume) => {
    server.listen(0, "127.0.0.1", () => {
      const address = server.address()
      resume(Effect.succeed(`http://127.0.0.1:${typeof address === "object" ? address?.port : ""}/sse`))
    })
  })

const replay = ({ endpointFrame, exchanges, stream }: typeof Recording.Type) => {
  const streams = new Map<string, ServerResponse>()
  const { status, ...headers } = stream

  const open = (response: ServerResponse) => {
    const session = String(streams.size)
    streams.set(session, response)
    response.writeHead(Number(status), headers)
    response.write(endpointFrame.replace("SESSION", session))
  }
  // boundary: a handler of node:http
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const events = streams.get(new URL(request.url ?? "", "http://here").searchParams.get("session_id") ?? "")
    const message = Option.getOrNull(decodeMessage(await text(request)))
    // Whoever asked a server that had this port before.
    if (message === null) {
      response.writeHead(400).end()
      return
    }
    const { id } = message
    if (id === undefined) {
      response.writeHead(202).end("Accepted")
      return
    }
    const exchange =
      exchanges.find((recorded) => matches(recorded.request, message)) ??
      // A database fails in one way here: a statement that was not recorded fails as the recorded one did.
      exchanges.findLast((recorded) => message.method === "tools/call" && recorded.request.method === "tools/call")
    response.writeHead(exchange?.post.status ?? 202).end(exchange?.post.body ?? "Accepted")
    events?.write(
      exchange === undefined
        ? `event: message\r\ndata: ${JSON.stringify({ jsonrpc: "2.0", id, error: notRecorded(message) })}\r\n\r\n`
        : renamed(exchange, sqlOf(message)).replace("ID", JSON.stringify(id))
    )
  }
  return (request: IncomingMessage, response: ServerResponse): void =>
    request.method === "GET" ? open(response) : void answer(request, response)
}

const notRecorded = ({ method, params }: typeof Request.Type) => ({
  code: -32601,
  message: `not recorded: ${method} ${JSON.stringify(params)}`
})

/** The same method and the same resource; a statement is the recorded one also with a LIMIT or other names. */
const matches = (recorded: typeof Request.Type, request: typeof Request.Type): boolean => {
  if (recorded.method !== request.method) return false
  const [theirs, ours] = [sqlOf(recorded), sqlOf(request)]
  return theirs === null || ours === null
    ? recorded.params?.["uri"] === request.params?.["uri"]
    : plain(ours) === plain(theirs)
}

/** Without what generators and bounds add as they like: quotation marks, qualifiers, the column's own name, a LIMIT. */
const plain = (sql: string): string =>
  sql
    .toLowerCase()
    .replaceAll(/["`;]|\bcustomers\.| as \w+/g, "")
    .replaceAll(/\s+/g, " ")
    .replace(/ limit \d+ *$/, "")
    .replace(/^select \* from \((.*)\)$/, "$1")
    .trim()

const sqlOf = ({ params }: typeof Request.Type): string | null => {
  const given = params?.["arguments"]
  return Schema.is(Sql)(given) ? given.query : null
}
const Sql = Schema.Struct({ query: Schema.String })

/** A database calls the column as the statement does; the recorded one says `n`. */
const renamed = ({ frame, request }: Exchange, sql: string | null): string => {
  const recorded = / AS (\w+)/i.exec(sqlOf(request) ?? "")?.[1]
  const asked = / AS ["`]?(\w+)/i.exec(sql ?? "")?.[1]
  return recorded === undefined || asked === undefined
    ? frame
    : frame.replaceAll(new RegExp(`(\\\\?")${recorded}(\\\\?")`, "g"), `$1${asked}$2`)
}
