/** A question, what happens to it while it happens, and its answer or why there is none. */
import { html } from "htm/preact"
import { useEffect, useRef, useState } from "preact/hooks"
import type { VNode } from "preact"
import { Answered } from "./Answered.ts"
import { connection, get, stream, type Failure, type Wire } from "./Client.ts"
import { Empty, isChecked, Status } from "./Parts.ts"
import { QuestionInput } from "./Question.ts"
import { idOf } from "./Recent.ts"
import { Refused } from "./Refused.ts"
import { makeStore, useStore } from "./Store.ts"
import { bytes, counted, duration } from "./Text.ts"
import { type Word, wordsOf } from "./Words.ts"

type QueryEvent = Wire["queryEvent"]
export type Mentions = Extract<QueryEvent, { readonly _tag: "Resolved" }>["mentions"]

/** What its events have told so far. */
interface Seen {
  readonly steps: ReadonlyArray<string>
  readonly mentions: Mentions
  readonly result: Wire["query"] | null
}

/** One question that was asked in this page. */
interface Asked extends Seen {
  readonly number: number
  readonly question: string
  readonly dryRun: boolean
  readonly failure: Failure | null
}

const nothing: Seen = { steps: [], mentions: [], result: null }

const history = makeStore<ReadonlyArray<Asked>>([])
const draft = makeStore("")
const vocabulary = makeStore<ReadonlyArray<Word>>([])

export const Ask = (): VNode => {
  const { epoch, state } = useStore(connection)
  const asked = useStore(history)
  const question = useStore(draft)
  const words = useStore(vocabulary)
  const [dryRun, setDryRun] = useState(false)
  const [shown, setShown] = useState<number | null>(null)
  const running = useRef<AbortController | null>(null)
  const [isRunning, setRunning] = useState(false)

  useEffect(() => {
    if (state !== "open") return
    const stop = new AbortController()
    void get("vocabulary", stop.signal).then((answer) => {
      if (answer.ok) vocabulary.update(() => wordsOf(answer.value))
    })
    return () => stop.abort()
  }, [epoch, state])
  useEffect(() => () => running.current?.abort(), [])

  const ask = (text: string) => {
    if (text.trim() === "") return
    running.current?.abort()
    const stop = new AbortController()
    running.current = stop
    const number = (history.get()[0]?.number ?? 0) + 1
    draft.update(() => text)
    setShown(number)
    setRunning(true)
    history.update((all) => [{ ...nothing, number, question: text, dryRun, failure: null }, ...all].slice(0, 50))
    void run(number, text, dryRun, stop.signal).then(() => {
      if (running.current === stop) setRunning(false)
    })
  }
  const submit = (event: Event) => {
    event.preventDefault()
    ask(question)
  }
  const current = asked.find(({ number }) => number === shown) ?? asked[0]
  return html`<section aria-labelledby="ask-title">
    <div class="head"><h2 id="ask-title">Ask</h2></div>
    <form class="ask" onSubmit=${submit}>
      <${QuestionInput} value=${question} words=${words} onChange=${(text: string) => draft.update(() => text)} />
      <label
        ><input type="checkbox" checked=${dryRun} onChange=${(event: Event) => setDryRun(isChecked(event))} /> Dry
        run</label
      >
      <button type="submit">Ask</button>
      ${isRunning ? html`<button type="button" onClick=${() => running.current?.abort()}>Stop</button>` : null}
    </form>
    <${Status}>${current === undefined ? "" : statusOf(current)}<//>
    ${
      current === undefined
        ? html`<${Empty} title="Ask in words; the answer comes with its SQL.">
            <p>A question names what the servers publish: tables, terms, values, entities.</p>
            <p class="line">
              ${words.length === 0 ? "" : `They know ${counted(words.length, "word")}; begin to type one and it is completed.`}
            </p>
            <p>
              With <strong>Dry run</strong> the SQL is written and checked, and not run. Questions stay in this page
              only.
            </p>
          <//>`
        : html`<${Shown} asked=${current} words=${words} onAsk=${ask} />`
    }
    ${
      asked.length < 2
        ? null
        : html`<h3>Asked in this page</h3>
            <ol class="plain history">
              ${asked.map(
                (one) =>
                  html`<li key=${one.number}>
                    <button
                      type="button"
                      aria-current=${one === current ? "true" : undefined}
                      onClick=${() => setShown(one.number)}
                    >
                      ${one.question}
                    </button>
                    <span class="quiet">${statusOf(one)}</span>
                  </li>`
              )}
            </ol>`
    }
  </section>`
}

// -----------------------------------------------------------------------------
// internals

const Shown = (props: {
  readonly asked: Asked
  readonly words: ReadonlyArray<Word>
  readonly onAsk: (text: string) => void
}): VNode => {
  const { failure, mentions, question, result, steps } = props.asked
  return html`<article>
    <p class="question">${highlighted(question, mentions)}</p>
    ${
      mentions.length === 0
        ? null
        : html`<ul class="plain">
            ${mentions.map(
              ({ resolution, text }) =>
                html`<li>
                  <mark>${text}</mark> is ${resolution.canonicalName} of ${resolution.server}${" "}
                  <span class="quiet">(${resolution.match}, ${resolution.score.toFixed(2)})</span>
                </li>`
            )}
          </ul>`
    }
    ${
      steps.length === 0
        ? null
        : html`<details open=${result === null && failure === null}>
            <summary>${counted(steps.length, "step")}</summary>
            <ol class="steps">
              ${steps.map((step) => html`<li>${step}</li>`)}
            </ol>
          </details>`
    }
    ${result === null ? null : html`<${Answered} result=${result} />`}
    ${failure === null ? null : html`<${Refused} failure=${failure} question=${question} words=${props.words} onAsk=${props.onAsk} />`}
  </article>`
}

const run = async (number: number, question: string, dryRun: boolean, signal: AbortSignal): Promise<void> => {
  const change = (next: (asked: Asked) => Asked) =>
    history.update((all) => all.map((asked) => (asked.number === number ? next(asked) : asked)))
  // Reads come by the thousand: they are taken in at once, and drawn together, once a frame.
  let isWaiting = false
  let seen = nothing
  const draw = () => {
    isWaiting = false
    change((asked) => ({ ...asked, ...seen }))
  }
  const answer = await stream(
    "query",
    { question, dryRun, requestId: idOf(question) },
    (event) => {
      seen = advanced(seen, event)
      if (!isWaiting) requestAnimationFrame(draw)
      isWaiting = true
    },
    signal
  )
  draw()
  if (!answer.ok) change((asked) => ({ ...asked, failure: answer.failure }))
}

const advanced = (seen: Seen, event: QueryEvent): Seen => {
  if (event._tag === "Completed") return { ...seen, result: event.result }
  const mentions = event._tag === "Resolved" ? event.mentions : seen.mentions
  // Of a server's reads the last one is shown, also where others answer between them.
  const before =
    event._tag === "Read" ? seen.steps.filter((step) => !step.startsWith(`${event.server}: read `)) : seen.steps
  return { ...seen, mentions, steps: [...before, told(event)] }
}

const told = (event: Exclude<QueryEvent, { readonly _tag: "Completed" }>): string => {
  switch (event._tag) {
    case "Connected":
      return `${event.server}: connected`
    case "Listed":
      return `${event.server}: lists ${counted(event.resources, "resource")} on ${counted(event.pages, "page")}`
    case "Read":
      return `${event.server}: read ${event.done} of ${event.total}, the last of ${bytes(event.bytes)}`
    case "Introspected":
      return `${event.server}: its database has ${counted(event.tables, "table")}`
    case "Gathered":
      return `${event.server}: gathered in ${duration(event.durationMs)}`
    case "Resolved":
      return event.mentions.length === 0
        ? "No names in the question"
        : `${counted(event.mentions.length, "name")} found`
    case "SqlGenerated":
      return `Try ${event.attempt}: SQL written by ${event.generator} in ${duration(event.durationMs)}`
    case "SqlRejected":
      return `Try ${event.attempt}: refused (${event.category}): ${event.message}`
    case "SqlFailed":
      return `Try ${event.attempt}: ${event.server ?? "no server"} gave no rows (${event.reason}): ${event.message}`
    case "Executed":
      return `Try ${event.attempt}: ${counted(event.rowCount, "row")} from ${event.server} in ${duration(event.durationMs)}`
  }
}

const statusOf = ({ dryRun, failure, result, steps }: Asked): string => {
  if (failure !== null) return failure.title
  if (result === null) return steps.at(-1) ?? "Asking…"
  const took = duration(result.metadata.timingsMs.total)
  return result.result === null || dryRun
    ? `Checked, not run; ${took}`
    : `${counted(result.result.rowCount, "row")} in ${took}`
}

/** The question with its mentions marked. Offsets are UTF-16, as here. */
const highlighted = (question: string, mentions: Mentions): ReadonlyArray<VNode | string> => {
  let at = 0
  const parts: Array<VNode | string> = []
  for (const { end, resolution, start } of mentions) {
    if (start < at) continue
    parts.push(
      question.slice(at, start),
      html`<mark title=${`${resolution.canonicalName} of ${resolution.server}`}>${question.slice(start, end)}</mark>`
    )
    at = end
  }
  return [...parts, question.slice(at)]
}
