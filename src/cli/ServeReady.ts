/** The line that says to whoever started `serve` that it is ready, and where. */
import * as Output from "./Output.ts"

export const tell = (url: string, more?: string): ReturnType<typeof Output.stderr> =>
  Output.stderr(
    `ready: ${url}/v1 (API), ${url}/sse (MCP), ${url}/docs, ${url}/metrics, ${url}/health/ready${more === undefined ? "" : `; ${more}`}`
  )
