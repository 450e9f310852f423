/** Bars over time. */
import { html } from "htm/preact"
import type { VNode } from "preact"
import type { Span } from "./Recent.ts"
import { duration } from "./Text.ts"

export const Lane = ({ end, spans }: { readonly spans: ReadonlyArray<Span>; readonly end: number }): VNode => {
  const scale = 1000 / Math.max(1, end)
  const label = spans.map(({ from, label, to }) => `${label} ${duration(to - from)}`).join(", ")
  return html`<svg
    role="img"
    aria-label=${label === "" ? "nothing yet" : label}
    viewBox="0 0 1000 20"
    preserveAspectRatio="none"
  >
    ${spans.map(
      ({ from, kind, label, to }) =>
        html`<rect class=${kind} x=${from * scale} y="3" width=${Math.max(2, (to - from) * scale)} height="14"
          ><title>${`${label}: ${duration(to - from)}`}</title></rect
        >`
    )}
  </svg>`
}

export const Legend = ({
  parts
}: {
  readonly parts: ReadonlyArray<readonly [kind: Span["kind"], label: string]>
}): VNode =>
  html`<p class="legend quiet">
    ${parts.map(
      ([kind, label]) =>
        html`<span
          ><svg aria-hidden="true" viewBox="0 0 10 10"><rect class=${kind} width="10" height="10" /></svg>${label}</span
        >`
    )}
  </p>`
