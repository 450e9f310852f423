/** The configuration every measurement of this project uses: the defaults, without the rate limit. */

/**
 * The content of a configuration file for these servers. The default limit of 500 requests a second is for polite
 * clients, and would be what is measured.
 */
export const configuration = (
  urls: ReadonlyArray<string>,
  orchestration: { readonly [key: string]: unknown } = {}
) => ({
  mcp_servers: Object.fromEntries(
    urls.map((url, index) => [
      serverId(index),
      {
        name: `Server ${index + 1}`,
        url,
        priority: index + 1,
        domains: ["bench"],
        capabilities: ["list_resources"],
        transport: "sse",
        rate_limit: null
      }
    ])
  ),
  orchestration: { enable_logging: false, ...orchestration }
})

/** Of `orchestration`, where nobody's gather shall end for having waited: the question is how long it takes. */
export const patient = { gather_timeout: "5 minutes", request_timeout: "1 minute" }

/** The id of the server at an index. */
export const serverId = (index: number): string => `server_${index + 1}`
