/** `config show`: the effective configuration. */
import * as Effect from "effect/Effect"
import * as ConfigShow from "../config/ConfigShow.ts"
import * as Formats from "./Formats.ts"
import * as Output from "./Output.ts"
import * as Setup from "./Setup.ts"

export const run = Effect.fnUntraced(function* (asked: Formats.Asked) {
  const loaded = yield* Setup.loadConfig()
  const values = ConfigShow.effective(loaded)
  const sheet = (): Formats.Sheet => ({
    columns: [{ title: "path" }, { title: "value" }, { title: "source" }],
    rows: values.map(({ path, source, value }) => [path, value, source])
  })
  yield* Formats.write(asked, {
    sheet,
    text: () => `${loaded.config.file}\n\n${Formats.table(sheet())}`,
    json: Output.json({ file: loaded.config.file, values })
  })
})
