/** Why a question has no answer: what was understood of it, what was tried, and the same in other words. */
import { html } from "htm/preact"
import { useMemo } from "preact/hooks"
import type { VNode } from "preact"
import { Attempts, Statement } from "./Answered.ts"
import type { Failure } from "./Client.ts"
import { Problem } from "./Parts.ts"
import { rewordings, type Word } from "./Words.ts"

export const Refused = (props: {
  readonly failure: Failure
  readonly question: string
  readonly words: ReadonlyArray<Word>
  readonly onAsk: (question: string) => void
}): VNode => {
  const { failure, question, words } = props
  const { error } = failure
  const attempts = typeof error?.attempts === "object" ? error.attempts : []
  const others = useMemo(() => instead(failure, question, words), [failure, question, words])
  return html`<div>
    <${Problem} failure=${failure} />
    ${
      error?.understood === undefined || error.understood.length === 0
        ? null
        : html`<h3>What was understood</h3>
            <ul>
              ${error.understood.map((text) => html`<li>${text}</li>`)}
            </ul>`
    }
    ${
      others.length === 0
        ? null
        : html`<h3>Ask instead</h3>
            <div class="choices">
              ${others.map((text) => html`<button type="button" onClick=${() => props.onAsk(text)}>${text}</button>`)}
            </div>`
    }
    ${
      error?.sql === undefined
        ? null
        : html`<h3>SQL that failed</h3>
            <${Statement} sql=${error.sql} />`
    }
    <${Attempts} attempts=${attempts} />
  </div>`
}

// -----------------------------------------------------------------------------
// internals

const instead = ({ error }: Failure, question: string, words: ReadonlyArray<Word>): ReadonlyArray<string> => {
  if (error === null) return []
  const attempts = typeof error.attempts === "object" ? error.attempts : []
  const candidates = [...(error.reason?.candidates ?? []), ...attempts.flatMap(({ nearest }) => nearest)]
  return rewordings({ detail: error.detail ?? "", remedy: error.remedy, candidates }, question, words)
}
