/** What this page asked, by the ids of the requests: the server keeps no text of what it was asked. */

const texts = new Map<string, string>()

/** An id for the request that asks so. Of older ones the server does not tell any more. */
export const idOf = (text: string): string => {
  // `randomUUID` is not there over plain HTTP from another machine.
  const id = [...crypto.getRandomValues(new Uint32Array(4))].map((word) => word.toString(16).padStart(8, "0")).join("")
  texts.set(id, text)
  for (const old of [...texts.keys()].slice(0, -50)) texts.delete(old)
  return id
}

/** `undefined` for what others asked. */
export const textOf = (id: string): string | undefined => texts.get(id)
