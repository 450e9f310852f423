import { assert, describe, it } from "@effect/vitest"
import { readDdl } from "../../src/grounding/Ddl.ts"
import { arrows, written } from "./introductions.ts"

const reads = (sql: string, expected: ReadonlyArray<string>) =>
  assert.deepStrictEqual(written(readDdl([sql], null)), expected, sql)

describe("a CREATE TABLE", () => {
  it("is read in the spelling of MySQL's SHOW CREATE TABLE", () => {
    const shapes = readDdl(
      [
        `CREATE TABLE \`order items\` (
          \`id\` int unsigned NOT NULL AUTO_INCREMENT COMMENT 'it\\'s; (a, b)',
          \`state\` enum('new','in (work)','it''s') CHARACTER SET utf8mb4 COLLATE utf8mb4_bin DEFAULT 'new',
          \`shop_id\` int DEFAULT NULL, \`order_id\` bigint NOT NULL,
          PRIMARY KEY (\`id\`), UNIQUE KEY \`u\` (\`state\`(10) DESC), KEY \`k\` (\`shop_id\`),
          CONSTRAINT \`fk\` FOREIGN KEY (\`shop_id\`, \`order_id\`) REFERENCES \`shop\`.\`orders\` (\`shop_id\`, \`id\`) ON DELETE CASCADE
        ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COMMENT='What was ordered'`
      ],
      null
    )
    assert.deepStrictEqual(written(shapes), [
      "order items(id int unsigned key, state enum('new','in (work)','it''s') [new, in (work), it's], shop_id int, order_id bigint)"
    ])
    assert.deepStrictEqual(arrows(shapes), ["order items(shop_id, order_id) -> shop.orders(shop_id, id)"])
    assert.strictEqual(shapes.tables[0]?.description, "What was ordered")
    assert.strictEqual(shapes.tables[0]?.columns[0]?.description, "it's; (a, b)")
  })

  // The layout of pg_dump, with its rows between definitions.
  it("is read together with what pg_dump writes after it", () => {
    const shapes = readDdl(
      [
        `--
-- PostgreSQL database dump
--
\\restrict x
SET statement_timeout = 0;
CREATE TYPE public.kind AS ENUM ('web', 'shop');
CREATE FUNCTION public.f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN CREATE TABLE no (id int); END; $$;
CREATE TABLE public.orders (
    id integer NOT NULL,
    status character varying(20) DEFAULT 'new'::character varying,
    at timestamp(6) without time zone DEFAULT now(),
    tags text[],
    "Kind" public.kind,
    CONSTRAINT s CHECK (((status)::text = ANY ((ARRAY['active'::character varying, 'inactive'::character varying])::text[])))
);
ALTER TABLE public.orders OWNER TO shop;
COMMENT ON TABLE public.orders IS 'All orders';
COMMENT ON COLUMN public.orders.status IS 'Where it is';
COPY public.orders (id, status) FROM stdin;
1	O'Brien; CREATE TABLE no (id int);
\\.
ALTER TABLE ONLY public.orders
    ADD CONSTRAINT orders_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.orders
    ADD CONSTRAINT orders_fkey FOREIGN KEY (status) REFERENCES public.states(code) ON DELETE SET NULL;
`
      ],
      null
    )
    assert.deepStrictEqual(written(shapes), [
      "public.orders(id integer key, status character varying(20) [active, inactive], at timestamp(6) without time zone, tags text[], Kind public.kind [web, shop])"
    ])
    assert.deepStrictEqual(arrows(shapes), ["public.orders(status) -> public.states(code)"])
    assert.strictEqual(shapes.tables[0]?.description, "All orders")
    assert.strictEqual(shapes.tables[0]?.columns[1]?.description, "Where it is")
  })

  it("is read in the spellings of SQLite and SQL Server", () => {
    reads(
      `CREATE TABLE IF NOT EXISTS "t" ("id" INTEGER PRIMARY KEY, key TEXT, date, CHECK (key IN ('a', 'b'))) STRICT`,
      ["t(id INTEGER key, key TEXT [a, b], date)"]
    )
    reads("CREATE TABLE t(a, b);", ["t(a, b)"])
    reads("CREATE TABLE [dbo].[Order Items] ([Id] INT IDENTITY(1,1) NOT NULL, [Note] NVARCHAR(MAX) NULL)\nGO", [
      "dbo.Order Items(Id INT, Note NVARCHAR(MAX))"
    ])
  })

  it("tells references without columns and inline ones", () => {
    const shapes = readDdl(["CREATE TABLE o (id int, c int REFERENCES customers, d int REFERENCES d(id))"], "shop")
    assert.deepStrictEqual(arrows(shapes), ["shop.o(c) -> shop.customers()", "shop.o(d) -> shop.d(id)"])
  })

  it("lists no values from a check that says something else", () => {
    for (const check of [
      "s NOT IN ('a')",
      "lower(s) IN ('a')",
      "s IN ('a') AND n > 0",
      "s IN ('a') OR s IS NULL",
      "s > 'a'",
      "n IN (1, 2)"
    ]) {
      reads(`CREATE TABLE t (s TEXT, n INT, CHECK (${check}))`, ["t(s TEXT, n INT)"])
    }
  })

  it("is not read out of comments, strings and temporary tables", () => {
    reads(
      "-- CREATE TABLE a (id int);\n/* CREATE TABLE b (id int); */\nCREATE TABLE c (id int -- the id, (really)\n);",
      ["c(id int)"]
    )
    reads("INSERT INTO t VALUES ('; CREATE TABLE a (id int);');\nCREATE TEMP TABLE x (id int);", [])
  })
})

describe("prose", () => {
  it("may hold definitions in fences or on lines of their own", () => {
    reads("It's so:\n\n```sql\nCREATE TABLE a (id int);\n```\nand\n```\nCREATE TABLE b (id int)\n```\n", [
      "a(id int)",
      "b(id int)"
    ])
    reads("We don't use:\n\nCREATE TABLE a (\n  id int\n)\n\nThat's all.\n\nCREATE TABLE b (x text);", [
      "a(id int)",
      "b(x text)"
    ])
  })

  it("that mentions CREATE TABLE defines nothing", () => {
    for (const text of [
      "Use CREATE TABLE orders (id int) to make one.",
      "CREATE TABLE orders (id int) is how one makes a table.",
      "CREATE TABLE statements (see below)",
      "CREATE TABLE syntax (example)",
      "The statement create table (DDL) is not allowed.",
      "create table of contents (chapters)",
      "CREATE TABLE x AS SELECT 1",
      "CREATE TABLE child PARTITION OF parent FOR VALUES IN ('a')",
      "CREATE TABLE broken (id int"
    ]) {
      reads(text, [])
    }
  })
})

it("reads hostile text in time that grows no faster than the text, or nearly", () => {
  const used = (text: string) => {
    const start = process.cpuUsage()
    readDdl([text], null)
    return process.cpuUsage(start).user / 1000
  }
  const textsOf = (times: number) => [
    "CREATE TABLE a (".repeat(times),
    "x\nCREATE TABLE a (\n".repeat(times),
    `CREATE TABLE a (id int ${"(".repeat(times)}`,
    `CREATE TABLE a (${"'".repeat(times)}`,
    `create${" ".repeat(times)}tabl`,
    `CREATE TABLE a (id int, CHECK (id IN ('a'))${", CHECK (id IN ('a'))".repeat(times / 10)})`,
    "```\n".repeat(times),
    "create table\n```".repeat(times),
    `CREATE TABLE a (${"c int,".repeat(times)} d int);${"COMMENT ON COLUMN a.d IS 'x';".repeat(times / 4)}`
  ]
  const larger = textsOf(80_000)
  for (const [index, text] of textsOf(10_000).entries()) {
    // Eight times the text; what grows with the square of it would take 64 times as long. Below 20 ms it is the collector's.
    assert.isBelow(used(larger[index] ?? ""), 24 * Math.max(used(text), 20), text.slice(0, 40))
  }
})
