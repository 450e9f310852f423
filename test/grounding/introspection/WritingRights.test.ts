/**
 * The statements that ask whether a role may write, run on PostgreSQL as PGlite has it (installed with the servers of
 * `test/real`) and on Debian's MariaDB; skipped where they are not installed.
 */
import { assert, describe, it } from "@effect/vitest"
import { Effect, Schema } from "effect"
import { spawnSync } from "node:child_process"
import { existsSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { column, statements } from "../../../src/grounding/introspection/WritingRights.ts"
import * as MariaDb from "./MariaDb.ts"

const installed = new URL("../../real/servers/node_modules/", import.meta.url)
const pglite = fileURLToPath(new URL("@electric-sql/pglite/dist/index.js", installed))

const { mysql, postgres } = statements

describe("the statements", () => {
  it("hold no word that a server's filter takes for a write", () => {
    for (const sql of [mysql, postgres]) {
      assert.notMatch(sql ?? "", /\b(?:insert|update|delete|truncate|drop|alter|create|grant)\b|[?$:;\\]/i)
    }
  })
})

const Answers = Schema.fromJsonString(
  Schema.Array(Schema.Tuple([Schema.Struct({ [column]: Schema.FiniteFromString })]))
)

describe.skipIf(!existsSync(pglite))("a role of PostgreSQL", () => {
  it("may write only where it was granted", () => {
    const setup = `CREATE ROLE reader; CREATE ROLE clerk; CREATE ROLE owner SUPERUSER;
      CREATE TABLE orders (id integer); CREATE TABLE inbox (id integer);
      GRANT SELECT ON orders TO reader, clerk; GRANT INSERT ON inbox TO clerk;`
    const asks = ["reader", "clerk", "owner"].map((role) => ({ role, sql: postgres }))
    const { stderr, stdout } = spawnSync(
      process.execPath,
      [fileURLToPath(new URL("pglite.mjs", import.meta.url)), pglite],
      { input: JSON.stringify({ setup, asks }), encoding: "utf8" }
    )
    assert.strictEqual(stderr, "")
    assert.deepStrictEqual(
      Schema.decodeSync(Answers)(stdout).map(([row]) => row[column]),
      [0, 1, 2]
    )
  })
})

describe.skipIf(!MariaDb.isInstalled)("a user of MariaDB", () => {
  it.live("may write only where it was granted", () =>
    Effect.gen(function* () {
      const database = yield* MariaDb.start
      database.run(
        "root",
        "mysql",
        `CREATE DATABASE shop; CREATE TABLE shop.inbox (id int);
          CREATE USER reader@localhost; GRANT SELECT ON shop.* TO reader@localhost;
          CREATE USER clerk@localhost; GRANT SELECT, INSERT ON shop.inbox TO clerk@localhost;
          CREATE USER owner@localhost; GRANT ALL ON shop.* TO owner@localhost;
          CREATE TABLE shop.notes (id int, body text);
          CREATE USER editor@localhost; GRANT SELECT, UPDATE (body) ON shop.notes TO editor@localhost;
          CREATE ROLE writer; GRANT SELECT, INSERT ON shop.notes TO writer;
          CREATE USER member@localhost; GRANT writer TO member@localhost; SET DEFAULT ROLE writer FOR member@localhost;
          CREATE USER idle@localhost; GRANT SELECT ON shop.* TO idle@localhost; GRANT writer TO idle@localhost;
          CREATE ROLE cleaner; GRANT SELECT, DELETE ON shop.notes TO cleaner;
          CREATE USER sweeper@localhost; GRANT cleaner TO sweeper@localhost; SET DEFAULT ROLE cleaner FOR sweeper@localhost;`
      )
      const grants = (user: string) => Number(database.run(user, "shop", mysql ?? ""))
      assert.strictEqual(grants("reader"), 0)
      assert.strictEqual(grants("clerk"), 1)
      assert.isAbove(grants("owner"), 1)
      assert.isAbove(grants("root"), 1)
      // By a grant on a column, and by a role that is on; one that is off gives nothing until SET ROLE.
      assert.strictEqual(grants("editor"), 1)
      assert.strictEqual(grants("member"), 1)
      assert.strictEqual(grants("idle"), 0)
      // What the documentation says is not seen: a role that may delete and neither insert nor update.
      assert.strictEqual(grants("sweeper"), 0)
    }).pipe(Effect.scoped)
  )
})
