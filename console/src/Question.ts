/** Where a question is typed, with the words at hand that it can use (https://www.w3.org/WAI/ARIA/apg/patterns/combobox/). */
import { html } from "htm/preact"
import { useMemo, useRef, useState } from "preact/hooks"
import type { VNode } from "preact"
import { complete, type Completion, type Word } from "./Words.ts"
import { valueOf } from "./Parts.ts"

export const QuestionInput = (props: {
  readonly value: string
  readonly words: ReadonlyArray<Word>
  readonly onChange: (value: string) => void
}): VNode => {
  const { onChange, value, words } = props
  const [isOpen, setOpen] = useState(false)
  const [chosen, setChosen] = useState(-1)
  const input = useRef<HTMLInputElement>(null)
  const offers = useMemo(() => (isOpen ? complete(words, value) : []), [isOpen, words, value])
  const close = () => {
    setOpen(false)
    setChosen(-1)
  }
  const take = ({ from, text }: Completion) => {
    onChange(`${value.slice(0, from)}${text} `)
    close()
    input.current?.focus()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const offer = offers[chosen]
    if ((event.key === "ArrowDown" || event.key === "ArrowUp") && offers.length > 0) {
      event.preventDefault()
      const step = event.key === "ArrowDown" ? 1 : -1
      setChosen((now) => (now < 0 && step < 0 ? offers.length - 1 : (now + step + offers.length) % offers.length))
    } else if ((event.key === "Enter" || event.key === "Tab") && offer !== undefined) {
      event.preventDefault()
      take(offer)
    } else if (event.key === "Escape" || event.key === "Enter") close()
  }
  const onInput = (event: Event) => {
    onChange(valueOf(event))
    setOpen(true)
    setChosen(-1)
  }
  return html`<div class="combobox">
    <input
      ref=${input}
      type="text"
      role="combobox"
      aria-label="Question"
      aria-autocomplete="list"
      aria-expanded=${offers.length > 0 ? "true" : "false"}
      aria-controls="offers"
      aria-activedescendant=${chosen >= 0 ? `offer-${chosen}` : undefined}
      autocomplete="off"
      spellcheck=${false}
      placeholder="total revenue by month in the last year"
      value=${value}
      onInput=${onInput}
      onKeyDown=${onKeyDown}
      onBlur=${close}
    />
    <ul id="offers" role="listbox" aria-label="Words that can be used" hidden=${offers.length === 0}>
      ${offers.map(
        (offer, index) =>
          html`<li
            id=${`offer-${index}`}
            role="option"
            aria-selected=${index === chosen ? "true" : "false"}
            onMouseDown=${(event: Event) => {
              event.preventDefault()
              take(offer)
            }}
          >
            <span>${offer.text}</span> <span class="quiet">${offer.kind}</span>
          </li>`
      )}
    </ul>
  </div>`
}
