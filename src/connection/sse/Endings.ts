/**
 * POSTs whose response nobody needs any more: they may take a moment to end by themselves, then they are ended. One timer
 * for all: the answer mostly comes before its POST's response, so that nearly every POST is one of these for a while.
 */
import type { ClientRequest } from "node:http"
import { InFlight } from "../../InFlight.ts"

export class Endings {
  /** With when they are ended, as `performance.now()` tells it. */
  readonly #endings = new InFlight<ClientRequest, number>()
  #timer: NodeJS.Timeout | undefined
  #closed = false

  readonly #graceMs: number

  constructor(graceMs: number) {
    this.#graceMs = graceMs
  }

  /** The POST ends within the time; false if it has ended, or all have. `ended` must follow. */
  soon(post: ClientRequest): boolean {
    if (post.closed || this.#closed) return false
    this.#endings.set(post, performance.now() + this.#graceMs)
    this.#timer ??= setTimeout(() => this.#endLate(), this.#graceMs)
    return true
  }

  /** The POST has ended. */
  ended(post: ClientRequest): void {
    this.#endings.delete(post)
  }

  /** No timer is left; whoever has the POSTs ends them. */
  close(): void {
    this.#closed = true
    clearTimeout(this.#timer)
  }

  #endLate(): void {
    this.#timer = undefined
    const now = performance.now()
    let next = Number.POSITIVE_INFINITY
    for (const [post, at] of this.#endings) {
      if (at <= now) post.destroy()
      else next = Math.min(next, at)
    }
    if (next < Number.POSITIVE_INFINITY) this.#timer = setTimeout(() => this.#endLate(), next - now)
  }
}
