/** The wire of a stream of events, in virtual time. */
import { assert, it } from "@effect/vitest"
import { Effect, Fiber, Stream } from "effect"
import { HttpServerRequest } from "effect/http"
import { TestClock } from "effect/testing"
import * as Events from "../../src/http/Events.ts"
import * as EventStream from "../../src/http/EventStream.ts"
import type { DeadlineExceeded, ShuttingDown } from "../../src/http/Problems.ts"
import type { OverloadedError } from "../../src/OrchestratorError.ts"
import type { GatherEvent } from "../../src/OrchestratorEvent.ts"
import type { GatherError } from "../../src/resources/GatherFailure.ts"

it.effect("a comment is sent at once, and every 15 seconds while nothing happens", () =>
  Effect.gen(function* () {
    const request = HttpServerRequest.fromWeb(new Request("http://localhost/v1/gather/events", { method: "POST" }))
    const silent: Stream.Stream<GatherEvent, GatherError | OverloadedError> = Stream.never
    const { body } = yield* EventStream.make<DeadlineExceeded | ShuttingDown>(Effect.never)(
      Events.GatherStream,
      silent
    ).pipe(Effect.provideService(HttpServerRequest.HttpServerRequest, request))
    assert.strictEqual(body._tag, "Stream")
    if (body._tag !== "Stream") return
    const chunks = yield* body.stream.pipe(Stream.decodeText, Stream.take(3), Stream.runCollect, Effect.forkChild)
    yield* TestClock.adjust("29 seconds")
    assert.isUndefined(chunks.pollUnsafe())
    yield* TestClock.adjust("1 second")
    assert.deepStrictEqual(yield* Fiber.join(chunks), [":\n\n", ":\n\n", ":\n\n"])
  })
)
