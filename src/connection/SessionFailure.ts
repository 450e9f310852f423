/** What can go wrong with one session, before it is known which request of ours it spoils. Internal to `connection` and `resources`. */
import * as Data from "effect/Data"
import type { ServerFailureReason, Stage } from "../OrchestratorError.ts"

/** What the way in which it failed says about the set-up, where that calls for another remedy than the reason does. */
export type Hint =
  | "StreamableHttp" // the GET was refused as a streamable HTTP server refuses it
  | "NoEndpoint" // the stream opened, and no `endpoint` event came
  | "NoHeaders" // connected, and not even response headers came
  | "Encoding" // a `Content-Encoding` that is not understood
  | "PlainPort" // https spoken to a port that speaks http
  | "TlsPort" // http spoken to a port that speaks https
  | "ClosedUnanswered" // http was answered by nothing but the end of the connection
  | "LostPrefix" // nobody takes POSTs at the announced endpoint, which lacks the path prefix of the URL
  | "DeadEndpoint" // nobody takes POSTs at the announced endpoint
  | "NoAffinity" // whoever takes the POSTs does not know the session whose stream is open
  | "OneAtATime" // answers come, but after their requests timed out

export class SessionFailure extends Data.TaggedError("SessionFailure")<{
  readonly stage: Stage
  readonly reason: ServerFailureReason
  /** One sanitised line. */
  readonly detail: string
  readonly hint: Hint | null
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
export const failure = (
  stage: Stage,
  reason: ServerFailureReason,
  detail: string,
  hint: Hint | null = null
): SessionFailure =>
  new SessionFailure({ stage, reason, detail, hint, retryAfterMs: null, ended: reason === "ConnectionLost" })

/** The same failure, as one that ended the session. */
export const ending = (failure: SessionFailure): SessionFailure => new SessionFailure({ ...failure, ended: true })
