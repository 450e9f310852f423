/** For a server that imports the native module sqlite3 without needing it here: `node --import` this, and it gets none. */
import { registerHooks } from "node:module"

registerHooks({
  resolve: (specifier, context, next) =>
    specifier === "sqlite3"
      ? { url: "data:text/javascript,export default {}", shortCircuit: true }
      : next(specifier, context)
})
