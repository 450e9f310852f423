/** What can go wrong with one session, before it is known which request of ours it spoils. Internal to `connection` and `resources`. */
import * as Data from "effect/Data"
import { ConnectionLost, type ServerReason } from "../errors/ServerReason.ts"
import type { Stage } from "../OrchestratorError.ts"

export class SessionFailure extends Data.TaggedError("SessionFailure")<{
  readonly stage: Stage
  readonly reason: ServerReason
  /** One sanitised line. */
  readonly detail: string
  /** The session is over: a request that is tried again needs a new one. */
  readonly ended: boolean
}> {
  override get message() {
    return `${this.stage}: ${this.detail}`
  }
}

/** A lost connection ends the session, whatever else goes wrong does not. */
export const failure = (stage: Stage, reason: ServerReason, detail: string): SessionFailure =>
  new SessionFailure({ stage, reason, detail, ended: reason._tag === "ConnectionLost" })

/** The session ended while something was asked of it, or because it was closed. */
export const lost = (stage: Stage, detail: string): SessionFailure => failure(stage, new ConnectionLost(), detail)

/** The same failure, as one that ended the session. */
export const ending = (failure: SessionFailure): SessionFailure => new SessionFailure({ ...failure, ended: true })
