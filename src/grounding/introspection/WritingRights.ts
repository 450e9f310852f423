/**
 * Asks whether the database role that a server's SQL tool works with may do more than read. The statements follow the
 * rules of `Statements.ts`; the words that servers' filters look for are put together by the database.
 */
import * as Effect from "effect/Effect"
import type { Dialect, OrchestratorConfig } from "../../config/OrchestratorConfig.ts"
import type { ServerConnection } from "../../connection/ServerConnection.ts"
import type { Session } from "../../connection/Session.ts"
import type { GatherFailure } from "../../resources/GatherFailure.ts"
import type { ServerResources } from "../../resources/GatheredResources.ts"
import * as Ask from "./Ask.ts"

/** The column of the statements: for how many tables, or by how many grants, it may write. */
export const column = "mo_w"

/**
 * SQLite has no roles. MySQL says of a column what may be done with it, by whatever grant and active role, but only
 * INSERT and UPDATE; other rights that come by a role alone nobody but an administrator can read everywhere.
 */
export const statements: { readonly [dialect in Dialect]: string | null } = {
  sqlite: null,
  postgres: `SELECT CAST(count(*) AS text) AS ${column} FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind IN ('r', 'p') AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast') AND (has_table_privilege(c.oid, concat('INS', 'ERT')) OR has_table_privilege(c.oid, concat('UPD', 'ATE')) OR has_table_privilege(c.oid, concat('DEL', 'ETE')) OR has_table_privilege(c.oid, concat('TRUN', 'CATE')))`,
  mysql: `SELECT CAST(greatest(mo_a.mo_n, mo_b.mo_n) AS CHAR) AS ${column} FROM (SELECT count(*) AS mo_n FROM (SELECT grantee mo_g, privilege_type mo_p FROM information_schema.user_privileges UNION ALL SELECT grantee, privilege_type FROM information_schema.schema_privileges UNION ALL SELECT grantee, privilege_type FROM information_schema.table_privileges) mo WHERE mo.mo_g = concat('''', replace(current_user(), '@', '''@'''), '''') AND mo.mo_p IN (concat('INS', 'ERT'), concat('UPD', 'ATE'), concat('DEL', 'ETE'), concat('DR', 'OP'), concat('AL', 'TER'))) mo_a, (SELECT count(DISTINCT c.table_schema, c.table_name) AS mo_n FROM information_schema.columns c WHERE c.table_schema NOT IN ('mysql', 'information_schema', 'performance_schema', 'sys') AND (c.privileges LIKE concat('%ins', 'ert%') OR c.privileges LIKE concat('%upd', 'ate%'))) mo_b`
}

/**
 * True if the role may write, false if it may not or does not tell. Only for a server whose dialect its database has
 * confirmed: a statement that fails makes some servers useless until they are restarted.
 */
export const mayWrite = Effect.fnUntraced(function* (
  session: Session,
  connection: ServerConnection,
  config: OrchestratorConfig,
  gathered: ServerResources
): Effect.fn.Return<boolean, GatherFailure> {
  const statement = statements[connection.server.dialect]
  if (statement === null || gathered.schema === null) return false
  const { ask } = yield* Ask.make(session, connection, config, gathered)
  const answer = yield* ask(statement, [column])
  return answer._tag === "Rows" && Number(answer.rows[0]?.[0] ?? 0) > 0
})
