import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { Sessions } from "../../src/connection/Sessions.ts"
import * as QueryPipeline from "../../src/query/QueryPipeline.ts"
import * as RuleBased from "../../src/sql/RuleBased.ts"
import { FakeServer } from "../../src/testing/index.ts"
import * as SqliteServer from "../grounding/introspection/SqliteServer.ts"
import * as Servers from "../query/Servers.ts"

const hospital = `
CREATE TABLE wards (id INTEGER PRIMARY KEY, name TEXT, speciality TEXT);
CREATE TABLE doctors (
  id INTEGER PRIMARY KEY, first_name TEXT, last_name TEXT, speciality TEXT, joined_on DATE, ward_id INTEGER REFERENCES wards
);
CREATE TABLE films (id INTEGER PRIMARY KEY, title TEXT, minutes INTEGER);
INSERT INTO wards VALUES (1, 'Orthopaedics', 'Orthopaedics'), (2, 'Florence Ward', 'Geriatrics');
INSERT INTO doctors VALUES
  (1, 'Vikram', 'Patel', 'Orthopaedics', '2020-03-01', 1), (2, 'Sunita', 'Patel', 'Geriatrics', '2021-04-01', 2),
  (3, 'Ruth', 'Adler', 'Orthopaedics', '2019-05-01', 1);
INSERT INTO films VALUES (1, 'Handwashing for Beginners', 12), (2, 'Lifting for Nurses', 9);`

const aliases = {
  ward_aliases: [{ ward_id: 1, ward_name: "Orthopaedics", synonyms: "Ortho, the bone ward" }],
  doctor_aliases: [
    { doctor_id: 1, doctor_name: "Vikram Patel", synonyms: "Dr Vik, VP" },
    { doctor_id: 9, doctor_name: "Florence Ward", synonyms: "Flo" }
  ],
  others: [
    // Its ward is another thing, in which nothing is called like it.
    { name: "Lifting for Nurses", ward_id: 1, aliases: ["the crane film"] }
  ],
  film_aliases: [{ film_id: 1, film_title: "Handwashing for Beginners", synonyms: "the soap film" }]
}

const ask = Effect.fnUntraced(function* (question: string) {
  const database = yield* SqliteServer.open(hospital)
  const words = yield* FakeServer.make({ resources: [{ uri: "h://aliases", name: "aliases", json: aliases }] })
  const data = yield* FakeServer.make({ tools: [SqliteServer.tool(database)] })
  const generation = yield* Servers.generationOf([words, data], { servers: [{ priority: 1 }, { priority: 2 }] })
  return yield* QueryPipeline.query(question, generation, { dryRun: false }).pipe(
    Effect.map(({ result, sql }) => ({ rows: result?.rows ?? [], sql })),
    Effect.provide(RuleBased.layer)
  )
}, Effect.provide(Sessions.layerSse))

describe("A name of which no server says where the database keeps it", () => {
  it.live("is found in the two columns that hold a first and a last name", () =>
    Effect.gen(function* () {
      const { rows, sql } = yield* ask("When did Dr Vik join?")
      assert.deepStrictEqual(rows, [["Vikram", "Patel", "2020-03-01"]])
      assert.include(sql, "doctors.id = 1")
    })
  )

  it.live("is that of the thing which its server says it is, and no other value of that name", () =>
    Effect.map(ask("How many doctors are in Ortho?"), ({ rows, sql }) => {
      assert.deepStrictEqual(rows, [[2]])
      assert.include(sql, "wards.id = 1")
    })
  )

  it.live("is nothing where that thing has no such name", () =>
    Effect.map(Effect.flip(ask("How many doctors are in Flo?")), ({ message }) => assert.include(message, '"Flo"'))
  )

  it.live("is not that of another thing which the record refers to", () =>
    Effect.map(ask("How many minutes is the crane film?"), ({ rows }) => assert.deepStrictEqual(rows, [[9]]))
  )

  it.live("may be a title", () =>
    Effect.map(ask("How many minutes is the soap film?"), ({ rows }) => assert.deepStrictEqual(rows, [[12]]))
  )
})
