/** Whether stderr is written in colours (https://no-color.org, https://bixense.com/clicolors). */

/** `NO_COLOR` wins over `CLICOLOR_FORCE`, which wins over what stderr is; a variable that is empty is not set. */
export const onStderr = (env: Readonly<Record<string, string | undefined>> = process.env): boolean => {
  if (env["NO_COLOR"]) return false
  const forced = env["CLICOLOR_FORCE"]
  return (
    (forced !== undefined && forced !== "" && forced !== "0") || (process.stderr.isTTY && process.stderr.hasColors())
  )
}
