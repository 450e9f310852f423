/**
 * Node's own modules, without their namespaces: an ESM `import "node:http"` instantiates one for every builtin it
 * re-exports, which takes 13 MB of resident memory.
 */
export const nodeBuiltin: typeof process.getBuiltinModule = process.getBuiltinModule
