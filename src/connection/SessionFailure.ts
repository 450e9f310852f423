/** What can go wrong with one session, before it is known which request of ours it spoils. Internal to `connection` and `resources`. */
import * as Data from "effect/Data"
import type { ServerFailureReason, Stage } from "../OrchestratorError.ts"

export class SessionFailure extends Data.TaggedError("SessionFailure")<{
  readonly stage: Stage
  readonly reason: ServerFailureReason
  /** One sanitised line. */
  readonly detail: string
  /** What the server asked us to wait (`Retry-After`), in milliseconds. */
  readonly retryAfterMs: number | null
  /** The session is over: a request that is tried again needs a new one. */
  readonly ended: boolean
}> {
  override get message() {
    return `${this.stage}: ${this.detail}`
  }
}

/** A failure without `Retry-After`; a lost connection ends the session, whatever else goes wrong does not. */
export const failure = (stage: Stage, reason: ServerFailureReason, detail: string): SessionFailure =>
  new SessionFailure({ stage, reason, detail, retryAfterMs: null, ended: reason === "ConnectionLost" })

/** The same failure, as one that ended the session. */
export const ending = (failure: SessionFailure): SessionFailure => new SessionFailure({ ...failure, ended: true })
