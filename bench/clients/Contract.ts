/**
 * What every measured client does, and how the benchmark's own process talks to the client's. No imports: a client
 * that is not ours must not pay for our libraries.
 */

/** One way of gathering. Promises, because that is what all but one of them offer. */
export interface Client {
  /** Opens a session with every server and lists its resources once. */
  readonly connect: (urls: ReadonlyArray<string>) => Promise<Connected>
}

export interface Connected {
  /** Lists and reads everything, parsed; a server that delivers less than the others is a bug of the benchmark. */
  readonly gather: () => Promise<Gathered>
  readonly close: () => Promise<void>
}

export interface Gathered {
  readonly resources: number
  /** By server, what `--once` writes to stdout. */
  readonly data: unknown
}

/** What the client's process is told, one at a time. */
export type Order =
  | { readonly order: "connect"; readonly urls: ReadonlyArray<string> }
  | { readonly order: "gather" }
  | { readonly order: "close" }
  | { readonly order: "usage" }

/** What it answers. Sockets are those that it opened: altogether, and at most at once to one server. */
export type Answer =
  | { readonly ms: number; readonly resources: number }
  | { readonly cpuMs: number; readonly rssBytes: number; readonly sockets: number; readonly socketsPerServer: number }
  | { readonly error: string }
