/** What the process's exit codes say, for help and manual. */
export const exitCodes: ReadonlyArray<readonly [code: number, when: string]> = [
  [0, "complete success"],
  [1, "a bug of ours"],
  [2, "usage or configuration"],
  [3, "a server could not be connected, or none is there for it"],
  [4, "a resource could not be fetched"],
  [5, "the entity was not found"],
  [6, "no valid SQL could be generated"],
  [7, "the SQL ran and failed, or a tool did"],
  [8, "the result could not be written, or not all of it"],
  [130, "interrupted"]
]
