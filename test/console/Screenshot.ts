/** Pictures of the page, held against those of the documentation. `UPDATE_SCREENSHOTS=1` makes them anew. */
import { assert } from "@effect/vitest"
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import type { Page } from "playwright-core"

const directory = fileURLToPath(new URL("../../docs/console/", import.meta.url))

/** The share of pixels that may differ: letters are drawn a little otherwise by other versions of browser and font. */
const tolerance = 0.03

export const matches = async (page: Page, name: string): Promise<void> => {
  const file = `${directory}${name}.png`
  const taken = await page.screenshot({ fullPage: true, animations: "disabled", caret: "hide" })
  if (process.env["UPDATE_SCREENSHOTS"] !== undefined || !existsSync(file)) {
    assert.isUndefined(process.env["CI"], `${file} is missing`)
    mkdirSync(directory, { recursive: true })
    writeFileSync(file, taken)
    return
  }
  const share = await difference(page, readFileSync(file), taken)
  if (share > tolerance) writeFileSync(`${file}.actual.png`, taken)
  assert.isAtMost(share, tolerance, `${name}: how much of the picture differs; the new one is beside it`)
}

/** Both are drawn and compared in a page of their own, which has the decoder. A pixel differs by an eighth of a channel. */
const difference = async (page: Page, one: Buffer, other: Buffer): Promise<number> => {
  const blank = await page.context().newPage()
  const share = await blank.evaluate<number>(
    `(async (one, other) => {
      const pixels = async (data) => {
        const image = new Image()
        image.src = "data:image/png;base64," + data
        await image.decode()
        const canvas = new OffscreenCanvas(image.width, image.height)
        const context = canvas.getContext("2d")
        context.drawImage(image, 0, 0)
        return context.getImageData(0, 0, image.width, image.height)
      }
      const [a, b] = [await pixels(one), await pixels(other)]
      const [width, height] = [Math.min(a.width, b.width), Math.min(a.height, b.height)]
      let differ = Math.max(a.width, b.width) * Math.max(a.height, b.height) - width * height
      for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) {
        const [i, j] = [(y * a.width + x) * 4, (y * b.width + x) * 4]
        if ([0, 1, 2].some((c) => Math.abs(a.data[i + c] - b.data[j + c]) > 32)) differ++
      }
      return differ / (Math.max(a.width, b.width) * Math.max(a.height, b.height))
    })("${one.toString("base64")}", "${other.toString("base64")}")`
  )
  await blank.close()
  return share
}
