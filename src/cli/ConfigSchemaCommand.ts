/** `config schema`: the JSON Schema of the configuration file. */
import * as ConfigJsonSchema from "../config/ConfigJsonSchema.ts"
import * as Output from "./Output.ts"

export const run = (_options: {}) => Output.jsonText(ConfigJsonSchema.text().trimEnd())
