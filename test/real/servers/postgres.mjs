/**
 * PostgreSQL in this process (PGlite), for servers that connect to it over a socket. The SQL of its first argument's file
 * makes the database. POST a statement to the other port to get its rows as texts, past every MCP server.
 */
import { PGlite } from "@electric-sql/pglite"
import { PGLiteSocketServer } from "@electric-sql/pglite-socket"
import { readFileSync } from "node:fs"
import { createServer } from "node:http"
import { text } from "node:stream/consumers"

const [file] = process.argv.slice(2)
const db = await PGlite.create()
await db.exec(readFileSync(file, "utf8"))
const socket = new PGLiteSocketServer({ db, host: "127.0.0.1", port: 0, maxConnections: 100 })
await socket.start()

/** The types that PGlite makes JavaScript values of, by their numbers in pg_type: boolean, integers, floats, dates, times, numeric. */
const asText = Object.fromEntries(
  [16, 20, 21, 23, 700, 701, 1082, 1114, 1184, 1700].map((type) => [type, (text) => text])
)
const http = createServer(async (request, response) => {
  const sql = await text(request)
  try {
    const { rows } = await db.query(sql, [], { rowMode: "array", parsers: asText })
    response.end(JSON.stringify(rows))
  } catch (error) {
    response.writeHead(400).end(String(error))
  }
})
http.listen(0, "127.0.0.1", () => {
  const [, port] = socket.getServerConn().split(":")
  console.log(`ready ${JSON.stringify({ port: Number(port), queries: http.address().port })}`)
})
