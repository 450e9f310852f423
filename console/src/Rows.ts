/** Rows and columns: sorted, copied, downloaded, and drawn only where they are in sight. */
import { html } from "htm/preact"
import { useMemo, useState } from "preact/hooks"
import type { VNode } from "preact"
import { csv, tabbed } from "./Csv.ts"
import { CopyButton, download } from "./Parts.ts"
import { counted, isNumber, shown } from "./Text.ts"
import { Virtual } from "./Virtual.ts"

interface Table {
  readonly label: string
  readonly columns: ReadonlyArray<string>
  readonly rows: ReadonlyArray<ReadonlyArray<unknown>>
}

export const Rows = ({ columns, label, rows, truncated = false }: Table & { readonly truncated?: boolean }): VNode => {
  const [order, setOrder] = useState<{ readonly column: number; readonly down: boolean } | null>(null)
  const sorted = useMemo(() => {
    if (order === null) return rows
    const compare = comparing()
    return rows.toSorted((one, other) => compare(one[order.column], other[order.column]) * (order.down ? -1 : 1))
  }, [rows, order])
  const numeric = useMemo(
    () =>
      columns.map((_, column) => rows.length > 0 && rows.every((row) => row[column] === null || isNumber(row[column]))),
    [columns, rows]
  )
  const sort = (column: number) =>
    setOrder((now) => (now?.column === column ? (now.down ? null : { column, down: true }) : { column, down: false }))
  const sortOf = (column: number) => (order?.column === column ? (order.down ? "descending" : "ascending") : "none")
  return html`<div class="rows">
    <div class="bar">
      <span>${counted(rows.length, "row")}${truncated ? " (the server had more: query.max_rows)" : ""}</span>
      <${CopyButton} label="Copy" text=${() => tabbed(columns, sorted)} />
      <button type="button" onClick=${() => download(`${label}.csv`, "text/csv", csv(columns, sorted))}>
        Download CSV
      </button>
    </div>
    <${Virtual}
      label=${label}
      head=${html`<tr aria-rowindex="1">
        ${columns.map(
          (name, column) =>
            html`<th scope="col" class=${numeric[column] === true ? "number" : ""} aria-sort=${sortOf(column)}>
              <button type="button" onClick=${() => sort(column)}>
                ${name}<span aria-hidden="true"
                  >${{ none: "", ascending: " ▲", descending: " ▼" }[sortOf(column)]}</span
                >
              </button>
            </th>`
        )}
      </tr>`}
      rows=${sorted}
      row=${(row: Table["rows"][number], index: number) =>
        html`<tr key=${index} aria-rowindex=${index + 2}>
          ${row.map((value, column) => cell(value, numeric[column] === true))}
        </tr>`}
    />
  </div>`
}

/** Bars, where one column says what and the other how much; nothing for any other rows. */
export const Chart = ({ columns, rows }: Pick<Table, "columns" | "rows">): VNode | null => {
  const measure = [0, 1].find((column) => rows.every((row) => isNumber(row[column])))
  if (columns.length !== 2 || rows.length < 2 || rows.length > 40 || measure === undefined) return null
  const dimension = 1 - measure
  if (rows.every((row) => isNumber(row[dimension])) && measure === 0) return null
  const highest = Math.max(...rows.map((row) => Math.abs(Number(row[measure]))), Number.MIN_VALUE)
  return html`<figure class="chart">
    <figcaption>${columns[measure]} by ${columns[dimension]}</figcaption>
    <ul>
      ${rows.map((row) => {
        const share = (Math.abs(Number(row[measure])) / highest) * 100
        return html`<li>
          <span class="what">${shown(row[dimension])}</span>
          <span class="track" aria-hidden="true"
            ><span class=${Number(row[measure]) < 0 ? "fill below" : "fill"} style=${{ width: `${share}%` }}></span
          ></span>
          <span class="much">${shown(row[measure])}</span>
        </li>`
      })}
    </ul>
  </figure>`
}

// -----------------------------------------------------------------------------
// internals

/** What is cut off is told on pointing at it. */
const cell = (value: unknown, isNumeric: boolean): VNode => {
  if (value === null) return html`<td class="nothing">NULL</td>`
  const text = shown(value)
  return html`<td class=${isNumeric ? "number" : ""} title=${text.length > 60 ? text.slice(0, 1000) : undefined}>
    ${text.slice(0, 300)}
  </td>`
}

/** Nulls last, numbers by size, all else as text. Made where rows are sorted: it loads data that the first view can do without. */
const comparing = (): ((one: unknown, other: unknown) => number) => {
  const collator = new Intl.Collator("en", { numeric: true })
  return (one, other) => {
    if (one === null || other === null) return one === other ? 0 : one === null ? 1 : -1
    if (isNumber(one) && isNumber(other)) return one < other ? -1 : one > other ? 1 : 0
    return collator.compare(shown(one), shown(other))
  }
}
