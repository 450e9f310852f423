/** `config show|schema`. */
import * as Effect from "effect/Effect"
import * as Command from "effect/cli/Command"
import * as ConfigShow from "../config/ConfigShow.ts"
import { jsonFlag } from "./GatherCommand.ts"
import * as Output from "./Output.ts"
import * as Setup from "./Setup.ts"
import * as Table from "./Table.ts"

const show = Command.make(
  "show",
  { json: jsonFlag },
  Effect.fnUntraced(function* ({ json }) {
    const loaded = yield* Setup.loadConfig()
    const rows = ConfigShow.effective(loaded)
    yield* json
      ? Output.json({ file: loaded.config.file, values: rows })
      : Output.stdout(
          Table.render(
            [{ title: "path" }, { title: "value" }, { title: "source" }],
            rows.map(({ path, source, value }) => [path, value, source])
          )
        )
  })
).pipe(Command.withDescription("Print the effective configuration with where each value came from, secrets masked"))

const schema = Command.make(
  "schema",
  {},
  Effect.fnUntraced(function* () {
    // Only this command needs the generator of JSON Schemas.
    const ConfigJsonSchema = yield* Effect.promise(() => import("../config/ConfigJsonSchema.ts"))
    yield* Output.stdout(ConfigJsonSchema.text().trimEnd())
  })
).pipe(Command.withDescription("Print the JSON Schema of the configuration file, for editors"))

export const config = Command.make("config").pipe(
  Command.withDescription("Show the effective configuration, or its JSON Schema"),
  Command.withSubcommands([show, schema])
)
