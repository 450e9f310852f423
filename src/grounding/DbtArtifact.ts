/**
 * Reads the artifacts of dbt: the manifest (models, sources, and their tests) and the catalog (the columns as the
 * database has them). https://docs.getdbt.com/reference/artifacts/manifest-json
 */
import { describedColumns, primaryKeyNames } from "./ColumnShapes.ts"
import { fieldsOf, type JsonFields, stringsIn, textField } from "./JsonFields.ts"
import { isObject, type JsonObject, own } from "./JsonShape.ts"
import type { ForeignKeyShape, SchemaShapes, TableReference, TableShape } from "./TableShape.ts"

/** What an artifact says of tables; `null` if the object is no artifact of dbt. */
export const readDbt = (object: JsonObject): SchemaShapes | null => {
  const nodes = [...nodesIn(object, "nodes"), ...nodesIn(object, "sources")]
  if (!nodes.some(({ id }) => relationId.test(id))) return null
  const relations = new Map(
    nodes.flatMap(({ fields, id }) => {
      const relation = relationId.test(id) ? relationOf(fields) : undefined
      return relation === undefined ? [] : [[id, relation] as const]
    })
  )
  const names = new Map([...relations.keys()].flatMap((id) => namesOf(id).map((name) => [name, id] as const)))
  const tests = nodes.flatMap(({ fields }) => testOf(fields, names) ?? [])
  const accepted = new Map(
    tests.flatMap(({ column, kind, model, said }) =>
      kind === "accepted_values" ? [[`${model} ${column}`.toLowerCase(), stringsIn(said.get("values"))] as const] : []
    )
  )
  return {
    tables: nodes.flatMap(({ fields, id }) => {
      const relation = relations.get(id)
      return relation === undefined ? [] : tableOf(id, fields, relation, accepted)
    }),
    foreignKeys: tests.flatMap((test) => foreignKeyOf(test, names, relations) ?? [])
  }
}

// -----------------------------------------------------------------------------
// internals

interface Node {
  /** `<resource type>.<package>.<name>`, for sources `source.<package>.<source>.<table>`. */
  readonly id: string
  readonly fields: JsonFields
}

const nodesIn = (object: JsonObject, key: string): ReadonlyArray<Node> => {
  const nodes = own(object, key)
  if (!isObject(nodes)) return []
  return Object.entries(nodes).flatMap(([id, node]) => (isObject(node) ? [{ id, fields: fieldsOf(node) }] : []))
}

/** Nodes that are tables or views of the database. */
const relationId = /^(?:model|seed|snapshot|source)\.[^.]+\..+/

/** `undefined` for a model that only exists inside the queries of others. */
const relationOf = (fields: JsonFields): TableReference | undefined => {
  const config = fields.get("config")
  if (isObject(config) && own(config, "materialized") === "ephemeral") return undefined
  const name = textField(fields, ["alias", "identifier", "name"]) ?? textField(metadataOf(fields), ["name"])
  const schema = textField(fields, ["schema"]) ?? textField(metadataOf(fields), ["schema"])
  return name === undefined ? undefined : { name, schema: schema ?? null }
}

/** In the catalog, what the database calls the relation. */
const metadataOf = (fields: JsonFields): JsonFields => {
  const metadata = fields.get("metadata")
  return isObject(metadata) ? fieldsOf(metadata) : new Map()
}

const tableOf = (
  id: string,
  fields: JsonFields,
  relation: TableReference,
  accepted: ReadonlyMap<string, ReadonlyArray<string>>
): ReadonlyArray<TableShape> => {
  const primary = primaryKeyNames(fields)
  const columns = describedColumns(fields.get("columns"), relation.schema).map(({ column }) => ({
    ...column,
    primaryKey: column.primaryKey || primary.includes(column.name),
    values: accepted.get(`${id} ${column.name}`.toLowerCase()) ?? column.values
  }))
  const description = textField(fields, ["description"]) ?? textField(metadataOf(fields), ["comment"]) ?? null
  return columns.length === 0 ? [] : [{ ...relation, description, columns }]
}

interface Test {
  readonly kind: string
  /** The id of the node that is tested, and its column. */
  readonly model: string
  readonly column: string
  readonly said: JsonFields
}

/** What `ref` and `source` may call a node: `ref customers`, `ref shop.customers`, `source crm.customers`. */
const namesOf = (id: string): ReadonlyArray<string> => {
  const [type, project, first, second] = id.split(".")
  return type === "source" ? [`source ${first}.${second}`] : [`ref ${first}`, `ref ${project}.${first}`]
}

/** `ref('customers')` → `ref customers`. */
const nameIn = (written: string): string => {
  const [, call = "", list = ""] = /\b(ref|source)\(([^()]*)\)/.exec(written) ?? []
  const names = (list.match(/'[^']*'|"[^"]*"/g) ?? []).map((name) => name.slice(1, -1))
  return `${call} ${names.join(".")}`
}

const testOf = (fields: JsonFields, names: ReadonlyMap<string, string>): Test | undefined => {
  const metadata = fields.get("testmetadata")
  const kind = isObject(metadata) ? own(metadata, "name") : undefined
  const kwargs = isObject(metadata) ? own(metadata, "kwargs") : undefined
  if (typeof kind !== "string" || !isObject(kwargs)) return undefined
  const said = fieldsOf(kwargs)
  // Manifests before dbt 1.5 do not say which node is tested, but what is written in them names it.
  const model = textField(fields, ["attachednode"]) ?? names.get(nameIn(textField(said, ["model"]) ?? ""))
  const column = textField(fields, ["columnname"]) ?? textField(said, ["columnname"])
  return model === undefined || column === undefined ? undefined : { kind, model, column, said }
}

/** The key that a `relationships` test asks for. */
const foreignKeyOf = (
  { column, kind, model, said }: Test,
  names: ReadonlyMap<string, string>,
  relations: ReadonlyMap<string, TableReference>
): ForeignKeyShape | undefined => {
  const field = kind === "relationships" ? textField(said, ["field"]) : undefined
  const from = relations.get(model)
  const to = relations.get(names.get(nameIn(textField(said, ["to"]) ?? "")) ?? "")
  return field === undefined || from === undefined || to === undefined
    ? undefined
    : { from, columns: [column], to, toColumns: [field] }
}
