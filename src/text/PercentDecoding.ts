/**
 * The text with its percent-encoded bytes read as UTF-8. Unlike `decodeURIComponent` it cannot fail: a `%` that encodes
 * nothing stays, bytes that are not UTF-8 become U+FFFD.
 */
export const percentDecoded = (text: string): string =>
  text.replace(/(?:%[0-9a-f]{2})+/gi, (codes) =>
    utf8.decode(Uint8Array.from(codes.slice(1).split("%"), (code) => Number.parseInt(code, 16)))
  )

const utf8 = new TextDecoder("utf-8", { ignoreBOM: true })
