/**
 * How many POSTs of one session are under way at once, and which is next. A POST is answered long before its request, so
 * that few suffice for a server that is near; to one that is far, every POST takes a round trip, and few at a time would
 * add up. So the distance decides, unless the server, or what stands before it, refuses so many.
 */

/** For a server that is near. With the stream's socket below 10. */
const near = 8

/** So many responses tell how far a server is. */
const judgedBy = 8

/** One for every millisecond on the way: a POST a millisecond is about what one process can send. */
export const lanesFor = (ms: number, most: number): number => Math.max(near, Math.min(Math.ceil(ms), most))

export interface Options<Post> {
  /** More are of no use: so many requests are in flight at most. */
  readonly most: number
  /** Sends one; `leave` must follow. */
  readonly start: (post: Post) => void
  /** Whenever the number of lanes changes: so many sockets are needed. */
  readonly onChange: (lanes: number) => void
}

export class PostLanes<Post> {
  #lanes = near
  #running = 0
  #responses = 0
  #fastest = Number.POSITIVE_INFINITY
  #urgent: Array<Post> = []
  #waiting: Array<Post> = []

  readonly #options: Options<Post>

  constructor(options: Options<Post>) {
    this.#options = options
  }

  /** How many may be under way. */
  get lanes(): number {
    return this.#lanes
  }

  /** Starts the POST as soon as there is room, an urgent one before all others. */
  enter(post: Post, urgent: boolean): void {
    if (this.#running >= this.#lanes) return void (urgent ? this.#urgent : this.#waiting).push(post)
    this.#running += 1
    this.#options.start(post)
  }

  /** One that was started has ended, and its socket with it or is free. */
  leave(): void {
    this.#running -= 1
    if (this.#running >= this.#lanes) return
    const next = this.#urgent.shift() ?? this.#waiting.shift()
    if (next !== undefined) this.enter(next, true)
  }

  /** Takes one out that has not started yet; false if it is not among them. */
  cancel(post: Post): boolean {
    const all = this.#urgent.length + this.#waiting.length
    const others = (one: Post) => one !== post
    this.#urgent = this.#urgent.filter(others)
    this.#waiting = this.#waiting.filter(others)
    return this.#urgent.length + this.#waiting.length < all
  }

  /** Takes all out that have not started yet. */
  clear(): ReadonlyArray<Post> {
    return [...this.#urgent.splice(0), ...this.#waiting.splice(0)]
  }

  /**
   * The response came `ms` after its POST was made. The fastest of several counts: the others, above all the first, waited
   * for something else, too, such as a connection or our own CPU. A faster one that comes later shows that the server is nearer.
   */
  answeredAfter(ms: number): void {
    this.#responses += 1
    if (this.#responses > judgedBy && ms >= this.#fastest) return
    this.#fastest = Math.min(this.#fastest, ms)
    const lanes = lanesFor(this.#fastest, this.#options.most)
    if (this.#responses === judgedBy || lanes < this.#lanes) this.#change(lanes)
  }

  /**
   * So many are refused (nginx's `limit_conn`, a server that takes few connections): back to few, for as long as the session
   * lives. True if the POST, which was sent when `lanes` were open, was one of too many: it may go out again.
   */
  retreat(lanes: number): boolean {
    if (lanes <= near) return false
    this.#fastest = 0
    this.#change(near)
    return true
  }

  #change(lanes: number): void {
    if (lanes === this.#lanes) return
    this.#lanes = lanes
    this.#options.onChange(lanes)
    for (let room = lanes - this.#running; room > 0; room -= 1) {
      const next = this.#urgent.shift() ?? this.#waiting.shift()
      if (next === undefined) return
      this.enter(next, true)
    }
  }
}
