/** Names that an acronym may stand for. Initials prove too little to resolve one, but they are worth suggesting. */
import type { ServerCatalog } from "./ServerCatalog.ts"
import { isFunctionWord } from "../text/CommonWords.ts"
import { tokenize } from "../text/Tokens.ts"

/** Canonical names whose words begin with the letters of `text`; a legal form may follow. None unless it is an acronym. */
export const spelledOut = (server: ServerCatalog, text: string): ReadonlyArray<string> => {
  const [acronym = "", ...more] = tokenize(text.replaceAll(".", ""))
  if (more.length > 0 || !/^\p{L}{2,6}$/u.test(acronym)) return []
  const { nameStarts, nameWords, words } = server.index
  return server.names.flatMap(({ entity }, name) => {
    const initials = Array.from(nameWords.subarray(nameStarts[name], nameStarts[name + 1]), (word) => words[word] ?? "")
    const said = initials.filter((word) => !isFunctionWord(word))
    const found = [initials, said].some((some) => {
      const letters = some.map((word) => word.charAt(0)).join("")
      return letters.startsWith(acronym) && letters.length <= acronym.length + 1
    })
    return found ? [server.entities[entity]?.canonicalName ?? ""] : []
  })
}
