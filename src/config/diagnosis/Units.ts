/** Units as people write them, in the form that the configuration takes: `30s` is `30 seconds`. */

/** The same amount in the grammar of the file; `undefined` when the unit is not understood. */
export const inGrammar = (text: string, form: "duration" | "size"): string | undefined => {
  const [, amount, short = ""] = /^\s*(\d{1,15}(?:\.\d{1,15})?)\s*([A-Za-z]{1,12})\s*$/.exec(text) ?? []
  const unit = units[form].find(([pattern]) => pattern.test(short))?.[1]
  return amount === undefined || unit === undefined ? undefined : `${amount} ${unit}`
}

// -----------------------------------------------------------------------------
// internals

const units: { readonly [form in "duration" | "size"]: ReadonlyArray<readonly [RegExp, string]> } = {
  duration: [
    [/^(?:ms|msecs?|milli(?:second)?s?)$/i, "millis"],
    [/^(?:s|secs?|seconds?)$/i, "seconds"],
    [/^(?:m|mins?|minutes?)$/i, "minutes"],
    [/^(?:h|hrs?|hours?)$/i, "hours"],
    [/^(?:d|days?)$/i, "days"]
  ],
  size: [
    [/^(?:b|bytes?)$/i, "B"],
    [/^(?:k|kb|kib)$/i, "KiB"],
    [/^(?:m|mb|mib)$/i, "MiB"],
    [/^(?:g|gb|gib)$/i, "GiB"],
    [/^(?:t|tb|tib)$/i, "TiB"]
  ]
}
