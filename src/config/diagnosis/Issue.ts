/** A problem of the configuration while it is being found: the path as keys, the place with its extent. */
import type { Place } from "../document/ConfigTree.ts"
import type { ConfigPath } from "../SchemaLookup.ts"

export interface Issue {
  readonly path: ConfigPath
  /** `null` where the cause is not in the file. */
  readonly place: Place | null
  /** The whole problem in one sentence; never repeats what may be secret. */
  readonly message: string
  readonly severity?: "error" | "warning"
  readonly found?: string
  readonly expected?: string
  /** The right word, if one is near. */
  readonly suggestion?: string | undefined
  /** The environment variable, or the option, that the value came from. */
  readonly variable?: string | undefined
}
