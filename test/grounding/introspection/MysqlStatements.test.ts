/** MySQL's statements: as they are written down, and where Debian's MariaDB is installed, run on it. */
import { assert, describe, it, layer } from "@effect/vitest"
import { Context, Effect, Layer, Result } from "effect"
import { readFileSync } from "node:fs"
import * as SchemaDecoder from "../../../src/grounding/introspection/SchemaDecoder.ts"
import * as Statements from "../../../src/grounding/introspection/Statements.ts"
import * as MariaDb from "./MariaDb.ts"

const statement = (form: Statements.Form) => Statements.page("mysql", { form, stored: false }, 1000, 0)

describe("MySQL's statements", () => {
  // Run on MariaDB 10.11 below; what changes here has to be run there.
  for (const form of ["table", "column"] as const) {
    it(`are those that were run on MariaDB, a row a ${form}`, () => {
      const written = readFileSync(new URL(`fixtures/mysql-${form}.sql`, import.meta.url), "utf8")
      assert.strictEqual(statement(form), written.replaceAll(/\s+/g, " ").trim())
    })
  }
})

/** `everything` may read all of both databases, `narrow` a table and two columns of another. */
const setup = `
CREATE DATABASE shop CHARACTER SET utf8mb4; CREATE DATABASE \`Sales Dept\`; USE shop;
CREATE TABLE customers (
  id int AUTO_INCREMENT PRIMARY KEY, email varchar(99) UNIQUE COMMENT 'where to write',
  mood enum('sad', 'it''s ok', '"happy"') NOT NULL, full_name varchar(99) AS (concat('x', email)) STORED,
  prefs json) COMMENT 'Who buys.\\nOne\\ta row, "quoted" \\\\ back';
CREATE TABLE parts (b int, a int, best int, PRIMARY KEY (a, b), CONSTRAINT best_of FOREIGN KEY (best) REFERENCES customers (id));
CREATE TABLE \`Sales Dept\`.\`order\` (
  id int PRIMARY KEY, next int, part_b int, \`part a\` int,
  CONSTRAINT chain FOREIGN KEY (next) REFERENCES \`order\` (id),
  CONSTRAINT of_part FOREIGN KEY (\`part a\`, part_b) REFERENCES shop.parts (a, b));
CREATE VIEW busy AS SELECT email, count(*) AS orders FROM customers GROUP BY email;
CREATE USER everything@localhost; GRANT SELECT ON *.* TO everything@localhost;
CREATE USER narrow@localhost; GRANT SELECT (id, mood) ON shop.customers TO narrow@localhost;
GRANT SELECT ON shop.parts TO narrow@localhost;`

class Database extends Context.Service<Database, MariaDb.MariaDb>()("test/Database") {}

const running = Layer.effect(
  Database,
  Effect.tap(MariaDb.start, ({ run }) => Effect.sync(() => run("root", "mysql", setup)))
)

const schemaOf = (database: MariaDb.MariaDb, user: string, form: Statements.Form) => {
  const rows = MariaDb.rowsOf(database, user, "shop", statement(form), Statements.columns[form])
  assert.strictEqual(rows.at(-1)?.[0], Statements.kinds.end)
  return Result.getOrThrow(SchemaDecoder.decode("mysql", form, rows.slice(0, -1)))
}

describe.skipIf(!MariaDb.isInstalled)("MariaDB's schema", () => {
  layer(running)((it) => {
    for (const user of ["everything", "narrow"]) {
      it.effect(`is the same a row a table and a row a column, for the user ${user}`, () =>
        Effect.map(Database, (database) =>
          assert.deepStrictEqual(schemaOf(database, user, "table"), schemaOf(database, user, "column"))
        )
      )
    }

    it.effect("comes from a database that the probe knows", () =>
      Effect.map(Database, (database) => {
        const [[half = "", cut = ""] = []] = MariaDb.rowsOf(
          database,
          "narrow",
          "shop",
          Statements.probe,
          Statements.probeColumns.map((name) => `CAST(${name} AS CHAR)`)
        )
        assert.strictEqual(Statements.spoken(half, cut), "mysql")
      })
    )

    it.effect("has tables and views of all databases, and says which may stand alone", () =>
      Effect.map(Database, (database) =>
        assert.deepStrictEqual(
          schemaOf(database, "everything", "table").tables.map(({ kind, name, schema, visible }) => [
            schema,
            name,
            kind,
            visible
          ]),
          [
            ["Sales Dept", "order", "table", false],
            ["shop", "busy", "view", true],
            ["shop", "customers", "table", true],
            ["shop", "parts", "table", true]
          ]
        )
      )
    )

    it.effect("has columns, labels, comments and keys as they are", () =>
      Effect.map(Database, (database) => {
        const { tables } = schemaOf(database, "everything", "table")
        const [order, , customers, parts] = tables
        assert.strictEqual(customers?.comment, 'Who buys.\nOne\ta row, "quoted" \\ back')
        assert.deepStrictEqual(
          customers?.columns.map(({ comment, name, notNull, type, unique, values }) => [
            name,
            type,
            notNull,
            unique,
            values,
            comment
          ]),
          [
            ["id", "int(11)", true, false, [], ""],
            ["email", "varchar(99)", false, true, [], "where to write"],
            ["mood", `enum('sad','it''s ok','"happy"')`, true, false, ["sad", "it's ok", '"happy"'], ""],
            ["full_name", "varchar(99)", false, false, [], ""],
            ["prefs", "longtext", false, false, [], ""]
          ]
        )
        assert.deepStrictEqual(parts?.primaryKey, ["a", "b"])
        assert.deepStrictEqual(order?.foreignKeys, [
          { columns: ["next"], toSchema: "Sales Dept", toTable: "order", toColumns: ["id"] },
          { columns: ["part a", "part_b"], toSchema: "shop", toTable: "parts", toColumns: ["a", "b"] }
        ])
      })
    )

    it.effect("has, for a user that may read some columns, exactly these", () =>
      Effect.map(Database, (database) =>
        assert.deepStrictEqual(
          schemaOf(database, "narrow", "table").tables.map(({ columns, foreignKeys, name }) => [
            name,
            columns.map((column) => column.name),
            foreignKeys.length
          ]),
          [
            ["customers", ["id", "mood"], 0],
            ["parts", ["b", "a", "best"], 1]
          ]
        )
      )
    )
  })
})
