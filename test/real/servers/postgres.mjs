/**
 * PostgreSQL in this process (PGlite), for servers that connect to it over a socket. The SQL of its first argument's file
 * makes the database. POST a statement to the other port to get its rows as texts, past every MCP server.
 *
 * PGlite has one backend, so its connections take turns: a turn lasts from the first message of a cycle of the protocol
 * to the ReadyForQuery that says "no transaction is open". (@electric-sql/pglite-socket 0.2.17 takes turns by the message,
 * and mixes up the unnamed statements of two connections.)
 */
import { PGlite } from "@electric-sql/pglite"
import { readFileSync } from "node:fs"
import { createServer as createHttpServer } from "node:http"
import { createServer } from "node:net"
import { text } from "node:stream/consumers"

const [file] = process.argv.slice(2)
const db = await PGlite.create()
await db.exec(readFileSync(file, "utf8"))

/** Resolves when the last turn that was asked for has ended. */
let ended = Promise.resolve()

/** Waits for a turn; gives what ends it. */
const takeTurn = async () => {
  const { promise, resolve } = Promise.withResolvers()
  const before = ended
  ended = promise
  await before
  return resolve
}

const sslRequest = 80877103
const cancelRequest = 80877102

/** The length of the first message, 0 while it is incomplete; before the startup message none has a type. */
const lengthOf = (bytes, started) => {
  const head = started ? 1 : 0
  if (bytes.length < head + 4) return 0
  const length = head + bytes.readInt32BE(head)
  return bytes.length < length ? 0 : length
}

/** Whether PostgreSQL answers with ReadyForQuery to it: startup, Query, Sync, and a password. */
const endsCycle = (message, started) => !started || ["Q", "S", "p"].includes(String.fromCharCode(message[0]))

const serve = (socket) => {
  let bytes = Buffer.alloc(0)
  let cycle = []
  let started = false
  let endTurn = null
  let work = Promise.resolve()

  const run = async (messages) => {
    endTurn ??= await takeTurn()
    let last = Buffer.alloc(0)
    await db.runExclusive(() =>
      db.execProtocolRawStream(messages, {
        onRawData: (data) => {
          last = Buffer.concat([last, data]).subarray(-6)
          socket.write(Buffer.from(data))
        }
      })
    )
    if (last.toString("latin1") !== "Z\0\0\0\x05I") return
    endTurn()
    endTurn = null
  }
  const close = async () => {
    if (endTurn === null) return
    await db.exec("ROLLBACK")
    endTurn()
    endTurn = null
  }
  socket.on("data", (data) => {
    bytes = Buffer.concat([bytes, data])
    for (let length = lengthOf(bytes, started); length > 0; length = lengthOf(bytes, started)) {
      const message = bytes.subarray(0, length)
      bytes = bytes.subarray(length)
      const code = started ? 0 : message.readInt32BE(4)
      if (code === sslRequest) socket.write("N")
      else if (code === cancelRequest || (started && message[0] === 0x58)) socket.end()
      else {
        cycle.push(message)
        if (!endsCycle(message, started)) continue
        const messages = Buffer.concat(cycle)
        work = work.then(() => run(messages))
        cycle = []
        started = true
      }
    }
  })
  socket.on("error", () => {})
  socket.on("close", () => void work.then(close))
}

/** The types that PGlite makes JavaScript values of: boolean, integers, floats, dates, instants, numeric. */
const asText = Object.fromEntries(
  [16, 20, 21, 23, 700, 701, 1082, 1114, 1184, 1700].map((type) => [type, (value) => value])
)

const queries = createHttpServer(async (request, response) => {
  const sql = await text(request)
  const endTurn = await takeTurn()
  try {
    const { rows } = await db.query(sql, [], { rowMode: "array", parsers: asText })
    response.end(JSON.stringify(rows))
  } catch (error) {
    response.writeHead(400).end(JSON.stringify(String(error)))
  } finally {
    endTurn()
  }
})

const sockets = createServer(serve)
sockets.listen(0, "127.0.0.1", () => {
  queries.listen(0, "127.0.0.1", () => {
    console.log(`ready ${JSON.stringify({ port: sockets.address().port, queries: queries.address().port })}`)
  })
})
