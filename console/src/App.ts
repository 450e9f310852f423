/** The page: one view at a time, named in the address; a bar that says when the server is gone, a door where it is locked. */
import { html } from "htm/preact"
import { useEffect, useState } from "preact/hooks"
import type { VNode } from "preact"
import { Ask } from "./Ask.ts"
import { awaitServer, connection, logIn } from "./Client.ts"
import { GatherView } from "./GatherView.ts"
import { Health } from "./Health.ts"
import { Names } from "./Names.ts"
import { Servers } from "./Servers.ts"
import { valueOf } from "./Parts.ts"
import { useStore } from "./Store.ts"

const views = {
  servers: ["Servers", Servers],
  ask: ["Ask", Ask],
  names: ["Names", Names],
  gather: ["Gather", GatherView],
  health: ["Health", Health]
} as const

export const App = (): VNode => {
  const view = useView()
  const { state } = useStore(connection)
  useEffect(() => (state === "gone" ? awaitServer() : undefined), [state])
  const [title, View] = views[view]
  useEffect(() => {
    document.title = `${title} · MCP orchestrator`
  }, [title])
  return html`<a class="skip" href="#main" onClick=${skip}>Skip to the content</a>
    <header>
      <h1>MCP orchestrator</h1>
      <nav aria-label="Views">
        ${Object.entries(views).map(
          ([key, [label]]) => html`<a href=${`#${key}`} aria-current=${key === view ? "page" : undefined}>${label}</a>`
        )}
      </nav>
    </header>
    <div class="gone" role="status">
      ${state === "gone" ? "The server is gone. This page goes on by itself when it is back." : ""}
    </div>
    <main id="main" tabindex="-1">${state === "locked" ? html`<${Login} />` : html`<${View} />`}</main>`
}

// -----------------------------------------------------------------------------
// internals

type ViewName = keyof typeof views

const isView = (name: string): name is ViewName => Object.hasOwn(views, name)

const named = (): ViewName => {
  const name = location.hash.slice(1)
  return isView(name) ? name : "servers"
}

const useView = (): ViewName => {
  const [view, setView] = useState(named)
  useEffect(() => {
    const follow = () => setView(named())
    addEventListener("hashchange", follow)
    return () => removeEventListener("hashchange", follow)
  }, [])
  return view
}

/** The address names the view, so it cannot name a place in it. */
const skip = (event: Event) => {
  event.preventDefault()
  document.querySelector("main")?.focus()
}

const Login = (): VNode => {
  const { wrongToken } = useStore(connection)
  const [token, setToken] = useState("")
  const submit = (event: Event) => {
    event.preventDefault()
    logIn(token)
  }
  return html`<form class="login" onSubmit=${submit}>
    <h2>A token is needed</h2>
    <p>
      This server answers those who bring the token of its configuration (<code>server.token</code>). It is kept in this
      page only, and forgotten with it.
    </p>
    ${wrongToken ? html`<p class="problem" role="alert">That is not the token. Whoever started the server knows it.</p>` : null}
    <label
      >Token
      <input
        type="password"
        autocomplete="off"
        required
        value=${token}
        onInput=${(event: Event) => setToken(valueOf(event))}
    /></label>
    <button type="submit">Enter</button>
  </form>`
}
