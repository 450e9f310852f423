/** Secrets that somebody wrote out where a reference belongs. Pure. */
import * as Redaction from "../telemetry/Redaction.ts"

/**
 * The parts of a URL that hold a secret by their name or looks: `the parameter "token"`, `the path`. `${VAR}` stands for
 * what a variable gives, and is none.
 */
export const inUrl = (url: string): ReadonlyArray<string> => {
  const [, path = "", query = ""] = /^[a-z]+:\/\/[^/?#]*([^?#]*)(?:\?([^#]*))?/i.exec(url) ?? []
  const parameters = query.split("&").flatMap((parameter) => {
    const [name = "", ...rest] = parameter.split("=")
    const value = rest.join("=")
    const isSecret = value !== "" && !value.includes("${") && Redaction.isSecretParameter(name)
    if (!isSecret && !looksSecret(value)) return []
    // A name of another form may be the secret itself.
    return [/^[\w.-]{1,40}$/.test(name) ? `the parameter "${name}"` : "a parameter"]
  })
  return [...(path.split("/").some(looksSecret) ? ["the path"] : []), ...new Set(parameters)]
}

/** Letters mixed with digits in a long run, as in keys and UUIDs and not in words; or a shape that is known as a token. */
export const looksSecret = (text: string): boolean =>
  !text.includes("${") &&
  text.length >= 16 &&
  (Redaction.text(text) !== text ||
    text.split(/[-_.~]/).some((run) => run.length >= 8 && /\d/.test(run) && /[A-Za-z]/.test(run)))
