/** Finding a table by a name that somebody wrote. */

/**
 * The table of that name, whatever its case; a name without its schema, or with one that the table has not, is found
 * where only one table can be meant.
 */
export const tableNamed = <T extends { readonly name: string }>(
  tables: ReadonlyArray<T>,
  written: string
): T | undefined => {
  const wanted = written.toLowerCase()
  const exact = tables.find(({ name }) => name.toLowerCase() === wanted)
  if (exact !== undefined) return exact
  const alike = tables.filter(({ name }) => {
    const key = name.toLowerCase()
    return key.endsWith(`.${wanted}`) || wanted.endsWith(`.${key}`)
  })
  return alike.length === 1 ? alike[0] : undefined
}

/** The name of a table without its schema. */
export const localName = (name: string): string => name.slice(name.lastIndexOf(".") + 1)
