/**
 * PostgreSQL in this process (PGlite), for `Databases.ts`. The argument is PGlite's module. Reads `{setup, asks}` as JSON
 * from stdin; `asks` are `{role, sql}`. Writes the rows of each as JSON to stdout.
 */
import { json } from "node:stream/consumers"

const { PGlite } = await import(process.argv[2])
const { asks, setup } = await json(process.stdin)
const db = await PGlite.create()
await db.exec(setup)
const answers = []
for (const { role, sql } of asks) {
  await db.exec(`SET ROLE ${role}`)
  answers.push((await db.query(sql)).rows)
  await db.exec("RESET ROLE")
}
await db.close()
console.log(JSON.stringify(answers))
