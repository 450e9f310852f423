/** What a resource holds, as a tree that opens, as a table, or as text. */
import { html } from "htm/preact"
import { useMemo, useState } from "preact/hooks"
import type { VNode } from "preact"
import { CopyButton, download } from "./Parts.ts"
import { Rows } from "./Rows.ts"
import { counted, isRecord, shown, toJson } from "./Text.ts"

type Form = "tree" | "table" | "text"

export const Content = ({ data, name }: { readonly name: string; readonly data: unknown }): VNode => {
  const tables = useMemo(() => tablesOf(data), [data])
  const isTree = typeof data === "object" && data !== null
  const [wanted, setWanted] = useState<Form>(isTree ? "tree" : "text")
  const forms: ReadonlyArray<Form> = [
    ...(isTree ? ["tree" as const] : []),
    ...(tables.length > 0 ? ["table" as const] : []),
    "text"
  ]
  const form = forms.includes(wanted) ? wanted : "text"
  const text = () => (typeof data === "string" ? data : toJson(data, 2))
  return html`<div>
    <div class="bar" role="group" aria-label="Shown as">
      ${forms.map(
        (one) =>
          html`<button type="button" aria-pressed=${one === form ? "true" : "false"} onClick=${() => setWanted(one)}>
            ${labels[one]}
          </button>`
      )}
      <${CopyButton} label="Copy" text=${text} />
      <button
        type="button"
        onClick=${() => download(isTree ? `${name}.json` : `${name}.txt`, isTree ? "application/json" : "text/plain", text())}
      >
        Download
      </button>
    </div>
    ${form === "tree" ? html`<div class="tree"><${Branch} value=${data} isOpen=${true} /></div>` : null}
    ${
      form === "table"
        ? tables.map(
            ({ columns, path, rows }) =>
              html`${path === "" ? null : html`<h4>${path}</h4>`}<${Rows}
                  label=${path === "" ? name : `${name}: ${path}`}
                  columns=${columns}
                  rows=${rows}
                />`
          )
        : null
    }
    ${form === "text" ? html`<pre tabindex="0" aria-label="Text">${clipped(text())}</pre>` : null}
  </div>`
}

// -----------------------------------------------------------------------------
// internals

const labels = { tree: "Tree", table: "Table", text: "Text" } as const

/** More would make the page slow; all of it is in the download. */
const most = 200_000

const clipped = (text: string): string =>
  text.length > most ? `${text.slice(0, most)}\n… ${counted(text.length - most, "character")} more: download it` : text

/** Its parts are drawn when it is opened, a hundred at a time. */
const Branch = ({
  isOpen = false,
  name,
  value
}: {
  readonly name?: string
  readonly value: unknown
  readonly isOpen?: boolean
}): VNode => {
  const [open, setOpen] = useState(isOpen)
  const [count, setCount] = useState(100)
  const label = name === undefined ? null : html`<span class="key">${name}</span>`
  if (typeof value !== "object" || value === null) {
    return html`<span
      >${label}${label === null ? "" : ": "}${typeof value === "string" ? JSON.stringify(value).slice(0, 2000) : shown(value)}</span
    >`
  }
  const entries = Object.entries(value)
  const size = Array.isArray(value) ? `[${entries.length}]` : `{${entries.length}}`
  return html`<details
    open=${open}
    onToggle=${({ currentTarget }: Event) => setOpen(currentTarget instanceof HTMLDetailsElement && currentTarget.open)}
  >
    <summary>${label}${label === null ? "" : " "}<span class="quiet">${size}</span></summary>
    ${
      open
        ? html`<ul>
            ${entries.slice(0, count).map(([key, part]) => html`<li key=${key}><${Branch} name=${key} value=${part} /></li>`)}
            ${
              entries.length > count
                ? html`<li>
                    <button type="button" onClick=${() => setCount(count + 1000)}>
                      ${counted(entries.length - count, "more", "more")}
                    </button>
                  </li>`
                : null
            }
          </ul>`
        : null
    }
  </details>`
}

interface Table {
  /** Where it stands in the data; "" for the data itself. */
  readonly path: string
  readonly columns: ReadonlyArray<string>
  readonly rows: ReadonlyArray<ReadonlyArray<unknown>>
}

/** Lists of records, at the top and one level below it. */
const tablesOf = (data: unknown): ReadonlyArray<Table> => {
  const own = tableOf("", data)
  if (own !== null) return [own]
  if (!isRecord(data)) return []
  return Object.entries(data).flatMap(([key, value]) => tableOf(key, value) ?? [])
}

const tableOf = (path: string, value: unknown): Table | null => {
  if (!Array.isArray(value) || value.length === 0 || !value.every(isRecord)) return null
  const columns = [...new Set(value.flatMap((row) => Object.keys(row)))]
  return { path, columns, rows: value.map((row) => columns.map((column) => row[column] ?? null)) }
}
