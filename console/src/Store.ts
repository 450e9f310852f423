/** What outlives a view: values that several views look at, kept for as long as the page is open and no longer. */
import { useEffect, useState } from "preact/hooks"

export interface Store<A> {
  readonly get: () => A
  readonly update: (change: (current: A) => A) => void
  readonly subscribe: (listener: (value: A) => void) => () => void
}

export const makeStore = <A>(initial: A): Store<A> => {
  let value = initial
  const listeners = new Set<(value: A) => void>()
  return {
    get: () => value,
    update: (change) => {
      value = change(value)
      for (const listener of listeners) listener(value)
    },
    subscribe: (listener) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    }
  }
}

/** The value now; the view is drawn again when it changes. */
export const useStore = <A>(store: Store<A>): A => {
  const [value, setValue] = useState<{ readonly of: A }>({ of: store.get() })
  useEffect(() => {
    setValue({ of: store.get() })
    return store.subscribe((of) => setValue({ of }))
  }, [store])
  return value.of
}
