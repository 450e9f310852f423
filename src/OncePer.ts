/**
 * What is made of an object that never changes, a configuration for one: made when it is first asked for, and kept as long
 * as the object is.
 */
export const oncePer = <Key extends object, A extends object>(make: (key: Key) => A): ((key: Key) => A) => {
  const made = new WeakMap<Key, A>()
  return (key) => {
    const known = made.get(key) ?? make(key)
    made.set(key, known)
    return known
  }
}
