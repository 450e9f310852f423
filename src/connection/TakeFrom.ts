/**
 * V8's maps and sets outgrow their tables; every old table refers to the next one, and one that is garbage but not
 * collected yet keeps its entries alive, with all that was read since. So what leaves such a collection, ours or the
 * SDK's, is emptied.
 */

/** The fields of an object that nobody needs any more; the object itself is left without them. */
export const takeFrom = <A extends object>(held: A): A => {
  const fields = { ...held }
  for (const key of Object.keys(held)) Reflect.deleteProperty(held, key)
  return fields
}
