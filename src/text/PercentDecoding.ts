import { Buffer } from "node:buffer"

/**
 * The text with its percent-encoded bytes read as UTF-8. Unlike `decodeURIComponent` it cannot fail: a `%` that encodes
 * nothing stays, bytes that are not UTF-8 become U+FFFD.
 */
export const percentDecoded = (text: string): string =>
  text.replace(/(?:%[0-9a-f]{2})+/gi, (bytes) => Buffer.from(bytes.replaceAll("%", ""), "hex").toString("utf8"))
