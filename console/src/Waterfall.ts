/** Bars over time. */
import { html } from "htm/preact"
import type { VNode } from "preact"
import { duration } from "./Text.ts"

export interface Span {
  readonly label: string
  /** Its colour, by the legend. */
  readonly kind: "connect" | "list" | "gather" | "introspect" | "resolve" | "generate" | "execute" | "failed"
  /** Milliseconds since the beginning. */
  readonly from: number
  readonly to: number
  /** Those of one row are drawn over each other, rows below each other; without a row it is as high as all. */
  readonly row?: string | null
}

export const Lane = ({ end, spans }: { readonly spans: ReadonlyArray<Span>; readonly end: number }): VNode => {
  const scale = 1000 / Math.max(1, end)
  const label = spans.map(({ from, label, to }) => `${label} ${duration(to - from)}`).join(", ")
  const rows = [...new Set(spans.flatMap(({ row }) => row ?? []))].toSorted()
  return html`<svg
    role="img"
    aria-label=${label === "" ? "nothing yet" : label}
    viewBox="0 0 1000 20"
    preserveAspectRatio="none"
  >
    ${spans.map(({ from, kind, label, row, to }) => {
      const share = 14 / rows.length
      const [y, height] = row == null ? [3, 14] : [3 + rows.indexOf(row) * share, share - 0.5]
      return html`<rect
        class=${kind}
        x=${from * scale}
        y=${y}
        width=${Math.max(2, (to - from) * scale)}
        height=${height}
        ><title>${`${label}: ${duration(to - from)}`}</title></rect
      >`
    })}
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
