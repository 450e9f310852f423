import { html, render } from "htm/preact"
import { App } from "./App.ts"

const root = document.querySelector<HTMLElement>("#app")
if (root !== null) render(html`<${App} />`, root)
