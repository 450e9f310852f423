/**
 * POSTs whose response nobody needs any more: they may take a moment to end by themselves, then they are ended. One timer
 * for all: the answer mostly comes before its POST's response, so that nearly every POST is one of these for a while.
 */
import type { ClientRequest } from "node:http"
import { takeFrom } from "../TakeFrom.ts"

/** Emptied when the POST has ended. */
export interface Ending {
  readonly among: Endings
  readonly post: ClientRequest
  readonly at: number
}

export class Endings {
  /** In the order of their ends, since all may take equally long. */
  readonly #endings = new Set<Ending>()
  #timer: NodeJS.Timeout | undefined
  #closed = false

  readonly #graceMs: number

  constructor(graceMs: number) {
    this.#graceMs = graceMs
  }

  /** The POST ends within the time. `ended` must follow. */
  soon(post: ClientRequest): Ending | null {
    if (post.closed || this.#closed) return null
    const ending: Ending = { among: this, post, at: performance.now() + this.#graceMs }
    this.#endings.add(ending)
    this.#timer ??= setTimeout(() => this.#endLate(), this.#graceMs)
    return ending
  }

  /** The POST has ended. */
  ended(ending: Ending): void {
    this.#endings.delete(ending)
    takeFrom(ending)
  }

  /** No timer is left; whoever has the POSTs ends them. */
  close(): void {
    this.#closed = true
    clearTimeout(this.#timer)
  }

  #endLate(): void {
    this.#timer = undefined
    const now = performance.now()
    for (const { at, post } of this.#endings) {
      if (at > now) {
        this.#timer = setTimeout(() => this.#endLate(), at - now)
        return
      }
      post.destroy()
    }
  }
}
