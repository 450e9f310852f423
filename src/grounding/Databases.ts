/**
 * Which tables each server runs SQL over. A server's own schema says what exists: what the database itself answered,
 * else what its resources describe. What other servers say of those tables adds words, values and keys, never columns.
 */
import * as Capability from "../config/Capability.ts"
import type { DatabaseSchema, SchemaTable } from "../resources/DatabaseSchema.ts"
import type { Contents, ServerContents } from "./Contents.ts"
import { listedForeignKeys } from "./ForeignKeyShapes.ts"
import { fieldsOf } from "./JsonFields.ts"
import { listedValues } from "./ListedValues.ts"
import { resolveForeignKeys } from "./ForeignKeys.ts"
import type { Column, Database, Provenance, Relationship, Table } from "./Grounding.ts"
import { inferRelationships } from "./InferredRelationships.ts"
import { isSystemTable } from "./SystemTables.ts"
import { tableNamed } from "./TableLookup.ts"
import type { ForeignKeyShape, TableShape } from "./TableShape.ts"
import { relates } from "./TermShapes.ts"

/**
 * One database for each server that runs SQL, in priority order; where no server does, one for each server that
 * describes tables. Tables that only other servers describe count as those of the one server that has no schema of its
 * own, if there is exactly one.
 */
export const databasesOf = ({ servers }: Contents): ReadonlyArray<Database> => {
  const running = servers.filter(({ capabilities }) => capabilities.includes(Capability.executeQuery))
  const owners = running.length > 0 ? running : servers
  const owned = owners.map((server) => ({ server, tables: ownTables(server) }))
  const others = servers.filter((server) => !owners.includes(server)).flatMap(describedBy)
  const bare = owned.filter(({ server, tables }) => server.schema === null && tables.length === 0)
  const adopted = others.filter(({ name }) => !owned.some(({ tables }) => tableNamed(tables, name) !== undefined))
  const keys = servers.flatMap(foreignKeysOf)
  return owned
    .map(({ server, tables }) => ({
      server: server.id,
      tables: annotated(bare.length === 1 && bare[0]?.server === server ? merged(adopted) : tables, servers, server)
    }))
    .filter(({ tables }) => running.length > 0 || tables.length > 0)
    .map((database) => ({ ...database, relationships: relationshipsOf(database.tables, keys) }))
}

// -----------------------------------------------------------------------------
// internals

const ownTables = (server: ServerContents): ReadonlyArray<Table> =>
  server.schema === null ? merged(describedBy(server)) : introspected(server.schema, server.id)

/** The tables that a server's resources describe. Those of the database engine itself are not for questions. */
const describedBy = (server: ServerContents): ReadonlyArray<Table> =>
  server.resources.flatMap(({ resource, schema }) =>
    schema.tables
      .map((shape) => fromShape(shape, { server: server.id, uri: resource.uri }))
      .filter(({ name }) => !isSystemTable(name))
  )

/** Schemas in which a name is found without saying so. */
const defaultSchemas = new Set(["", "public", "main", "dbo"])

const fromShape = ({ columns, description, name, schema }: TableShape, source: Provenance): Table => ({
  name: schema === null || defaultSchemas.has(schema.toLowerCase()) ? name : `${schema}.${name}`,
  description,
  columns,
  source
})

const introspected = ({ tables }: DatabaseSchema, server: string): ReadonlyArray<Table> =>
  tables.map((table) => ({
    name: introspectedName(table),
    ...(table.visible && !defaultSchemas.has(table.schema.toLowerCase()) ? { schema: table.schema } : {}),
    description: table.comment === "" ? null : table.comment,
    columns: table.columns.map(({ comment, name, type, values }) => ({
      name,
      type,
      primaryKey: table.primaryKey.includes(name),
      description: comment === "" ? null : comment,
      values: values.length > 0 ? values : listedValues(comment, name)
    })),
    source: { server, uri: "sql:schema" }
  }))

const introspectedName = ({ name, schema, visible }: Pick<SchemaTable, "name" | "schema" | "visible">): string =>
  visible || schema === "" ? name : `${schema}.${name}`

/** A table that several resources of a server describe has the columns of all; the first is heard. */
const merged = (tables: ReadonlyArray<Table>): ReadonlyArray<Table> =>
  [...Map.groupBy(tables, ({ name }) => name.toLowerCase()).values()].flatMap(([first, ...others]) => {
    if (first === undefined) return []
    const columns = new Map(first.columns.map((column) => [column.name.toLowerCase(), column]))
    for (const column of others.flatMap((table) => table.columns)) {
      const key = column.name.toLowerCase()
      const known = columns.get(key)
      columns.set(key, known === undefined ? column : completed(known, column))
    }
    const description = first.description ?? others.find((table) => table.description !== null)?.description ?? null
    return [{ ...first, description, columns: [...columns.values()] }]
  })

const completed = (known: Column, other: Column): Column => ({
  name: known.name,
  type: known.type === "" ? other.type : known.type,
  primaryKey: known.primaryKey || other.primaryKey,
  description: known.description ?? other.description,
  values: known.values.length > 0 ? known.values : other.values
})

/**
 * The tables of a database with what everybody's resources say of them; in words, the better priority is heard. Of two
 * databases with a table of one name, neither's own words are about the other's.
 */
const annotated = (
  tables: ReadonlyArray<Table>,
  servers: ReadonlyArray<ServerContents>,
  owner: ServerContents
): ReadonlyArray<Table> => {
  const heard = servers
    .filter((server) => server === owner || !server.capabilities.includes(Capability.executeQuery))
    .flatMap(describedBy)
  const said = Map.groupBy(
    heard.flatMap((other) => {
      const table = tableNamed(tables, other.name)
      return table === undefined ? [] : [{ table, other }]
    }),
    ({ table }) => table
  )
  return tables.map((table) => {
    const words = said.get(table) ?? []
    return {
      ...table,
      description: words.find(({ other }) => other.description !== null)?.other.description ?? table.description,
      columns: table.columns.map((column) => {
        const same = words.flatMap(({ other }) =>
          other.columns.filter(({ name }) => name.toLowerCase() === column.name.toLowerCase())
        )
        return {
          name: column.name,
          type: column.type === "" ? (same.find(({ type }) => type !== "")?.type ?? "") : column.type,
          primaryKey: column.primaryKey || same.some(({ primaryKey }) => primaryKey),
          description: same.find(({ description }) => description !== null)?.description ?? column.description,
          values:
            column.values.length > 0 ? column.values : (same.find(({ values }) => values.length > 0)?.values ?? [])
        }
      })
    }
  })
}

/** What a server declares of how tables hang together, by the names it gives them. */
const foreignKeysOf = (server: ServerContents): ReadonlyArray<ForeignKeyShape> => [
  ...(server.schema?.tables ?? []).flatMap(({ foreignKeys, name, schema }) =>
    foreignKeys.map(({ columns, toColumns, toSchema, toTable }) => ({
      from: { name, schema },
      columns,
      to: { name: toTable, schema: toSchema },
      toColumns
    }))
  ),
  ...server.resources.flatMap(({ schema, shapes }) => [
    ...schema.foreignKeys,
    ...listedForeignKeys(
      fieldsOf({ relationships: shapes.terms.filter(relates).map(({ expression }) => expression) }),
      null,
      null
    )
  ])
]

const relationshipsOf = (
  tables: ReadonlyArray<Table>,
  keys: ReadonlyArray<ForeignKeyShape>
): ReadonlyArray<Relationship> => {
  const declared = resolveForeignKeys(keys, tables)
  return [...declared, ...inferRelationships(tables, declared)]
}
