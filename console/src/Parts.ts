/** Small things that every view is made of. Whatever comes from a server is a text child, never markup. */
import { html } from "htm/preact"
import { useEffect, useState } from "preact/hooks"
import type { ComponentChildren, VNode } from "preact"
import type { Failure } from "./Client.ts"
import { counted } from "./Text.ts"

export const valueOf = ({ currentTarget }: Event): string =>
  currentTarget instanceof HTMLInputElement || currentTarget instanceof HTMLSelectElement ? currentTarget.value : ""

export const isChecked = ({ currentTarget }: Event): boolean =>
  currentTarget instanceof HTMLInputElement && currentTarget.checked

/** What went wrong, in which words of whose, and what to do about it. */
export const Problem = ({ failure }: { readonly failure: Failure }): VNode => {
  const { detail, error, title } = failure
  const where = [error?.server, error?.stage, error?.reason?._tag].filter((part) => part !== undefined)
  // Where the message is not split into its parts, it has the remedy in it.
  const said = error?.detail ?? (error === null ? detail : detail.replace(error.remedy, "").trim())
  return html`<div class="problem" role="alert">
    <h3>${title}</h3>
    ${where.length === 0 ? null : html`<p class="where">${where.join(" · ")}</p>`}
    <p class="said">${said}</p>
    ${error === null ? null : html`<p><strong>What to do:</strong> ${error.remedy}</p>`}
  </div>`
}

export const Empty = ({ children, title }: { readonly title: string; readonly children: ComponentChildren }): VNode =>
  html`<div class="empty">
    <h3>${title}</h3>
    ${children}
  </div>`

/** Says what happened once, also to who does not see it. */
export const Status = ({ children }: { readonly children: ComponentChildren }): VNode =>
  html`<p class="status" role="status" aria-live="polite">${children}</p>`

export const CopyButton = ({ label, text }: { readonly label: string; readonly text: () => string }): VNode => {
  const [state, setState] = useState("")
  const copy = () => {
    void writeClipboard(text()).then((ok) => setState(ok ? "Copied" : "Not allowed"))
  }
  useEffect(() => {
    const timer = setTimeout(() => setState(""), 2000)
    return () => clearTimeout(timer)
  }, [state])
  return html`<button type="button" onClick=${copy}>${state === "" ? label : state}</button>`
}

/** Where the page came over http from another machine, browsers have no clipboard for it. */
const writeClipboard = (text: string): Promise<boolean> =>
  "clipboard" in navigator
    ? navigator.clipboard.writeText(text).then(
        () => true,
        () => false
      )
    : Promise.resolve(false)

/** Hands a text to the browser as a file. */
export const download = (name: string, type: string, text: string): void => {
  const url = URL.createObjectURL(new Blob([text], { type }))
  const link = document.createElement("a")
  link.href = url
  link.download = name.replaceAll(/[^\p{L}\p{N}._-]+/gu, "_").slice(0, 100)
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), 10_000)
}

/** A region that scrolls by itself, reachable by keyboard. */
export const Scrolling = ({
  children,
  label
}: {
  readonly label: string
  readonly children: ComponentChildren
}): VNode => html`<div class="scrolling" role="region" aria-label=${label} tabindex="0">${children}</div>`

/** How long the last tries took, oldest first; `null` is a try that failed. */
export const Sparkline = ({ values }: { readonly values: ReadonlyArray<number | null> }): VNode => {
  const known = values.filter((value) => value !== null)
  const highest = Math.max(1, ...known)
  const x = (index: number) => 2 + (index * 116) / Math.max(1, values.length - 1)
  const y = (value: number) => 26 - (value / highest) * 22
  const label =
    known.length === 0
      ? "no latency yet"
      : `latency of the last ${counted(values.length, "try", "tries")}: last ${known.at(-1)} ms, lowest ${Math.min(...known)}, highest ${highest}`
  return html`<svg class="sparkline" role="img" aria-label=${label} viewBox="0 0 120 30" width="120" height="30">
    <polyline
      points=${values.flatMap((value, index) => (value === null ? [] : [`${x(index)},${y(value)}`])).join(" ")}
    />
    ${values.map((value, index) =>
      value === null
        ? html`<circle class="bad" cx=${x(index)} cy="15" r="3" />`
        : index === values.length - 1
          ? html`<circle cx=${x(index)} cy=${y(value)} r="2.5" />`
          : null
    )}
  </svg>`
}
