/** The tables of the database engines themselves: how they run, who their users are. Never for questions. */

/** True for a name, with or without its schema, that only the engine's own tables have. */
export const isSystemTable = (name: string): boolean =>
  /(?:^|\.)(?:pg_|sqlite_)[^.]*$|(?:^|\.)(?:pg_catalog|pg_toast|information_schema|mysql|sys|performance_schema)\./i.test(
    name
  )
