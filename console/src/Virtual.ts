/** A table of any length, of which only the rows in sight are drawn. */
import { html } from "htm/preact"
import { useEffect, useRef, useState } from "preact/hooks"
import type { VNode } from "preact"

/** Of a row; style.css has it too. */
const rowHeight = 32

/** Rows drawn above and below those in sight: a scroll is seen before its event is. */
const around = 4

/** Scrolling draws nothing but the table: not the view that it stands in. */
export const Virtual = <A>(props: {
  readonly label: string
  readonly head: VNode
  readonly rows: ReadonlyArray<A>
  readonly row: (value: A, index: number) => VNode
}): VNode => {
  const { head, label, row, rows } = props
  const count = rows.length
  const ref = useRef<HTMLDivElement>(null)
  const [first, setFirst] = useState(0)
  const [height, setHeight] = useState(480)
  useEffect(() => {
    const { current } = ref
    if (current === null) return
    const observer = new ResizeObserver(() => setHeight(current.clientHeight))
    observer.observe(current)
    return () => observer.disconnect()
  }, [])
  const onScroll = ({ currentTarget }: Event) => {
    if (currentTarget instanceof HTMLElement) setFirst(Math.floor(currentTarget.scrollTop / rowHeight))
  }
  const from = Math.max(0, Math.min(first - around, count))
  const to = Math.min(count, first + Math.ceil(height / rowHeight) + 1 + around)
  return html`<div
    class="scrolling virtual"
    role="region"
    aria-label=${label}
    tabindex="0"
    ref=${ref}
    onScroll=${onScroll}
  >
    <table aria-rowcount=${count + 1}>
      <thead>
        ${head}
      </thead>
      <tbody>
        <${Space} height=${from * rowHeight} />
        ${rows.slice(from, to).map((value, index) => row(value, from + index))}
        <${Space} height=${(count - to) * rowHeight} />
      </tbody>
    </table>
  </div>`
}

// -----------------------------------------------------------------------------
// internals

/** Stands for rows that are not drawn. */
const Space = ({ height }: { readonly height: number }): VNode | null =>
  height > 0
    ? html`<tr aria-hidden="true" class="space">
        <td style=${{ height: `${height}px` }}></td>
      </tr>`
    : null
