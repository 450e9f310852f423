/**
 * One event stream of a fake server, and the session behind it. Owned by the server; everything it started (timers,
 * the compressor, slow writes) ends when its response closes.
 */
import type * as http from "node:http"
import * as zlib from "node:zlib"
import type { RequestId } from "./FakeCounters.ts"

/** A request that waits for its answer. */
export interface Pending {
  /** What to do when the client cancels it; without, it is forgotten. */
  onCancel: (() => void) | null
}

/** A session: its stream, and what is open on it. */
export interface FakeStream {
  /** From 1, in the order in which the GETs arrived. */
  readonly number: number
  readonly id: string
  readonly response: http.ServerResponse
  readonly pending: Map<RequestId, Pending>
  /** What waits for the client's answer to our request of that id. */
  readonly pongs: Map<RequestId, () => void>
  readonly state: {
    /** `notifications/initialized` (or at least `initialize`) was seen. */
    initialized: boolean
    /** How POSTs are answered now that the session is forgotten; `null` while it is known. */
    dead: 400 | 404 | 503 | "silence" | null
    open: boolean
  }
  /** Writes bytes as one piece, after everything that was asked before. */
  readonly write: (pieces: ReadonlyArray<Uint8Array>) => void
  /** Writes an event. */
  readonly event: (name: string, data: string) => void
  /** Writes head, `bytes` times "x", tail, waiting for the client where it does not read. */
  readonly padded: (head: string, bytes: number, tail: string) => void
  /** Writes `bytes` bytes of it every `every` ms. */
  readonly drip: (pieces: ReadonlyArray<Uint8Array>, bytes: number, every: number) => void
  /** Does something in `ms` (at once for 0), unless the stream has closed by then. */
  readonly later: (ms: number, action: () => void) => void
  /** Ends the stream in good order. */
  readonly end: () => void
}

/** Sends the headers and opens the stream. */
export const open = (options: {
  readonly number: number
  readonly id: string
  readonly response: http.ServerResponse
  readonly contentType: string
  /** The `Content-Encoding`; `null` for none. */
  readonly encoding: string | null
  readonly setCookie: string | null
  readonly lineEnding: string
  readonly onClose: () => void
}): FakeStream => {
  const { response, lineEnding } = options
  response.writeHead(200, {
    "content-type": options.contentType,
    "cache-control": "no-cache",
    ...(options.encoding === null ? {} : { "content-encoding": options.encoding }),
    ...(options.setCookie === null ? {} : { "set-cookie": options.setCookie })
  })
  response.flushHeaders()
  const compressor = compressorFor(options.encoding)
  compressor?.on("error", ignore)
  compressor?.pipe(response)
  const sink = compressor ?? response

  const timers = new Set<NodeJS.Timeout>()
  const pending = new Map<RequestId, Pending>()
  const state: FakeStream["state"] = { initialized: false, dead: null, open: true }
  // Slow writes take the stream for themselves: bytes of another event in the middle of theirs would spoil both.
  const waiting: Array<() => void> = []
  let busy = false
  let releasing = false
  const release = () => {
    busy = false
    if (releasing) return // from a job that is done at once: the loop below goes on
    releasing = true
    while (!busy) {
      const next = waiting.shift()
      if (next === undefined) break
      next()
    }
    releasing = false
  }
  const exclusively = (job: (done: () => void) => void) => {
    if (!state.open) return
    if (busy) {
      waiting.push(() => exclusively(job))
      return
    }
    busy = true
    job(release)
  }
  const put = (pieces: ReadonlyArray<Uint8Array>) => {
    sink.write(pieces.length === 1 ? pieces[0] : Buffer.concat(pieces))
    compressor?.flush()
  }
  const later = (ms: number, action: () => void) => {
    if (!state.open) return
    if (ms <= 0) {
      action()
      return
    }
    const timer = setTimeout(() => {
      timers.delete(timer)
      action()
    }, ms)
    timers.add(timer)
  }
  const write = (pieces: ReadonlyArray<Uint8Array>) =>
    busy
      ? exclusively((done) => {
          put(pieces)
          done()
        })
      : state.open && put(pieces)

  response.on("close", () => {
    state.open = false
    waiting.length = 0
    for (const timer of timers) clearTimeout(timer)
    timers.clear()
    compressor?.destroy()
    options.onClose()
    pending.clear()
  })
  response.on("error", ignore)

  return {
    number: options.number,
    id: options.id,
    response,
    pending,
    pongs: new Map(),
    state,
    later,
    write,
    event: (name, data) => write([Buffer.from(`event: ${name}${lineEnding}data: ${data}${lineEnding}${lineEnding}`)]),
    padded: (head, bytes, tail) =>
      exclusively((done) => {
        sink.write(head)
        let left = bytes
        const step = () => {
          while (state.open && left > 0) {
            const size = Math.min(left, padding.length)
            left -= size
            if (sink.write(padding.subarray(0, size))) continue
            sink.once("drain", step)
            return
          }
          if (!state.open) return
          put([Buffer.from(tail)])
          done()
        }
        step()
      }),
    drip: (pieces, bytes, every) =>
      exclusively((done) => {
        const frame = Buffer.concat(pieces)
        const step = (from: number) => {
          put([frame.subarray(from, from + bytes)])
          if (from + bytes >= frame.length) done()
          else later(every, () => step(from + bytes))
        }
        step(0)
      }),
    end: () => sink.end()
  }
}

/** Flushes at every write: an event must not wait for the next one. */
const compressorFor = (encoding: string | null): zlib.Gzip | zlib.BrotliCompress | null => {
  switch (encoding?.toLowerCase()) {
    case "gzip":
      return zlib.createGzip({ flush: zlib.constants.Z_SYNC_FLUSH })
    case "br":
      return zlib.createBrotliCompress({ flush: zlib.constants.BROTLI_OPERATION_FLUSH })
    default:
      return null
  }
}

const padding = Buffer.alloc(64 * 1024, "x")

/** Writing to a client that has gone is an everyday thing here; the close event says the rest. */
const ignore = () => undefined
