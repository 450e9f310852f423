/** How many edits one text is away from another. */

/**
 * Optimal string alignment distance (insert, delete, replace, swap neighbours) of texts of at most 255 letters; more
 * than `limit` as soon as it is known to be.
 */
export const editDistance = (left: string, right: string, limit: number): number => {
  const width = right.length + 1
  // One allocation for the three rows: this runs a thousand times a request.
  const rows = new Uint8Array(3 * width)
  let beforePrevious = rows.subarray(0, width)
  let previous = rows.subarray(width, 2 * width)
  let current = rows.subarray(2 * width)
  for (let column = 0; column < width; column++) previous[column] = column
  for (let row = 1; row <= left.length; row++) {
    const leftCode = left.charCodeAt(row - 1)
    let best = row
    current[0] = row
    for (let column = 1; column < width; column++) {
      const rightCode = right.charCodeAt(column - 1)
      let cost = (previous[column - 1] ?? 0) + (leftCode === rightCode ? 0 : 1)
      cost = Math.min(cost, (previous[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1)
      const swapped = row > 1 && column > 1 && leftCode === right.charCodeAt(column - 2)
      if (swapped && left.charCodeAt(row - 2) === rightCode)
        cost = Math.min(cost, (beforePrevious[column - 2] ?? 0) + 1)
      current[column] = cost
      if (cost < best) best = cost
    }
    if (best > limit) return limit + 1
    const spare = beforePrevious
    beforePrevious = previous
    previous = current
    current = spare
  }
  return previous[right.length] ?? limit + 1
}
