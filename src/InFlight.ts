/**
 * A map for what is in flight: few entries, which come and go thousands of times. V8's own maps and sets are no place for
 * those. They outgrow their tables, every old table refers to the next one, and one that has become old garbage keeps alive
 * what was in it then: all that a request held, until the full collector comes. Here an entry has a slot, which is empty
 * when the entry has left.
 */

/** In no order; looked through from its beginning, so not for many. What iterates sees what was in it when it began. */
export class InFlight<K, V> implements Map<K, V> {
  readonly [Symbol.toStringTag] = "InFlight"
  /** The first `size` are taken. Neither array ever shrinks: growing again would leave the old one to the collector. */
  readonly #keys: Array<K | undefined> = []
  readonly #values: Array<V | undefined> = []
  #size = 0

  get size(): number {
    return this.#size
  }

  has(key: K): boolean {
    return this.#slotOf(key) !== -1
  }

  get(key: K): V | undefined {
    const slot = this.#slotOf(key)
    return slot === -1 ? undefined : this.#values[slot]
  }

  set(key: K, value: V): this {
    const slot = this.#slotOf(key)
    const at = slot === -1 ? this.#size : slot
    if (slot === -1) this.#size += 1
    this.#keys[at] = key
    this.#values[at] = value
    return this
  }

  /** The last entry takes the slot. */
  delete(key: K): boolean {
    const slot = this.#slotOf(key)
    if (slot === -1) return false
    this.#size -= 1
    this.#keys[slot] = this.#keys[this.#size]
    this.#values[slot] = this.#values[this.#size]
    this.#keys[this.#size] = undefined
    this.#values[this.#size] = undefined
    return true
  }

  clear(): void {
    this.#keys.fill(undefined)
    this.#values.fill(undefined)
    this.#size = 0
  }

  keys(): MapIterator<K> {
    return this.#taken().keys()
  }

  values(): MapIterator<V> {
    return this.#taken().values()
  }

  entries(): MapIterator<[K, V]> {
    return this.#taken().entries()
  }

  [Symbol.iterator](): MapIterator<[K, V]> {
    return this.entries()
  }

  forEach(callback: (value: V, key: K, map: Map<K, V>) => void): void {
    for (const [key, value] of this.entries()) callback(value, key, this)
  }

  #slotOf(key: K): number {
    const slot = this.#keys.indexOf(key)
    return slot < this.#size ? slot : -1
  }

  #taken(): Map<K, V> {
    // cast: the first `size` slots hold what was set
    const of = <A>(slots: ReadonlyArray<A | undefined>) => slots.slice(0, this.#size) as Array<A>
    const values = of(this.#values)
    return new Map(of(this.#keys).map((key, slot) => [key, values[slot]] as [K, V]))
  }
}
