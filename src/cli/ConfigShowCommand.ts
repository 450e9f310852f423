/** `config show`: the effective configuration. */
import * as Effect from "effect/Effect"
import * as ConfigShow from "../config/ConfigShow.ts"
import * as Output from "./Output.ts"
import * as Setup from "./Setup.ts"
import * as Table from "./Table.ts"

export const run = Effect.fnUntraced(function* ({ json }: { readonly json: boolean }) {
  const loaded = yield* Setup.loadConfig()
  const rows = ConfigShow.effective(loaded)
  if (json) return yield* Output.json({ file: loaded.config.file, values: rows })
  const columns = [{ title: "path" }, { title: "value" }, { title: "source" }]
  yield* Output.stdout(
    `${loaded.config.file}\n\n${Table.render(
      columns,
      rows.map(({ path, source, value }) => [path, value, source])
    )}`
  )
})
