/** The answer to a question: its statement, what was tried before it, and its rows. */
import { html } from "htm/preact"
import type { VNode } from "preact"
import type { Wire } from "./Client.ts"
import { CopyButton } from "./Parts.ts"
import { Chart, Rows } from "./Rows.ts"
import { pieces } from "./Sql.ts"

export const Answered = ({ result }: { readonly result: Wire["query"] }): VNode => {
  const { explanation, metadata, result: rows, sql } = result
  return html`<div>
    <h3>SQL for ${metadata.executedOn}</h3>
    <${Statement} sql=${sql} />
    <p>${explanation}</p>
    <${Attempts} attempts=${metadata.attempts.filter(({ outcome }) => outcome !== "ok")} />
    ${
      rows === null
        ? html`<p class="quiet">It was checked, and not run: a dry run.</p>`
        : html`<h3>Rows</h3>
            ${
              rows.rows.length === 0
                ? html`<p class="quiet">The statement ran, and gave no rows: nothing fits all of what was asked.</p>`
                : html`<${Chart} columns=${rows.columns} rows=${rows.rows} />
                    <${Rows}
                      label="Rows of the answer"
                      columns=${rows.columns}
                      rows=${rows.rows}
                      truncated=${rows.truncated}
                    />`
            }`
    }
  </div>`
}

export const Statement = ({ sql }: { readonly sql: string }): VNode =>
  html`<div>
    <pre class="sql" tabindex="0" aria-label="SQL">
${pieces(sql).map(({ kind, text }) =>
  kind === "other" || kind === "break" ? text : html`<span class=${kind}>${text}</span>`
)}</pre>
    <${CopyButton} label="Copy SQL" text=${() => sql} />
  </div>`

export const Attempts = ({ attempts }: { readonly attempts: Wire["query"]["metadata"]["attempts"] }): VNode | null =>
  attempts.length === 0
    ? null
    : html`<h3>Tried before</h3>
        <ol>
          ${attempts.map(
            ({ category, message, nearest, outcome, sql }) =>
              html`<li>
                <p><strong>${outcome}${category === null ? "" : ` · ${category}`}</strong> ${message}</p>
                ${nearest.length === 0 ? null : html`<p class="quiet">Near: ${nearest.join(", ")}</p>`}
                ${sql === "" ? null : html`<${Statement} sql=${sql} />`}
              </li>`
          )}
        </ol>`
