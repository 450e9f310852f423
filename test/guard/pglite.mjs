/**
 * Runs statements on PostgreSQL in this process (PGlite). The argument is PGlite's module. Reads `{setup, statements}`
 * as JSON from stdin; writes for each `null` if it ran, else what PostgreSQL said of it, as JSON to stdout.
 */
import { json } from "node:stream/consumers"

const { PGlite } = await import(process.argv[2])
const { setup, statements } = await json(process.stdin)
const db = await PGlite.create()
await db.exec(setup)
const answers = []
for (const sql of statements) {
  answers.push(await db.query(sql).then(() => null, String))
}
await db.close()
console.log(JSON.stringify(answers))
