/**
 * What the SDK's server of the demo needs of `iconv-lite`, for the bundled runner: MCP is UTF-8, and the tables of 140 other
 * encodings would be a tenth of the package (`rolldown.config.ts`).
 */
import { StringDecoder } from "node:string_decoder"

/** The decoder of a request's body; an encoding that Node does not know throws, which the SDK answers with 400. */
export const getDecoder = (encoding: string): StringDecoder => new StringDecoder(encoding as BufferEncoding)
