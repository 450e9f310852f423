/** What a server declares in the configuration, whatever its tools and resources are called. */

/** Its resources are gathered. */
export const listResources = "list_resources"

/** It runs the SQL of questions. */
export const executeQuery = "execute_query"
