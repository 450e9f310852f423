/** Every link inside of the repository leads somewhere. What is outside is not looked at: tests have no network. */
import { assert, it } from "@effect/vitest"
import { existsSync, globSync, statSync } from "node:fs"
import { posix } from "node:path"
import { pages, read, root } from "./Snippets.ts"

const files = [...pages, ...globSync("*.md", { cwd: root })]

it("links between pages lead to files and headings that there are", () => {
  let seen = 0
  for (const file of files) {
    const text = withoutCode(read(file))
    for (const [, link = ""] of text.matchAll(/\]\(([^)\s]+)\)/g)) {
      if (/^[a-z]+:/.test(link)) continue
      seen++
      const [path = "", heading] = link.split("#")
      const target = path === "" ? file : posix.normalize(posix.join(posix.dirname(file), path))
      assert.isTrue(existsSync(`${root}/${target}`), `${file}: ${link}`)
      if (heading !== undefined && statSync(`${root}/${target}`).isFile()) {
        assert.include(headingsOf(target), heading, `${file}: ${link}`)
      }
    }
  }
  assert.isAtLeast(seen, 100)
})

it("every page is in the sidebar of the site and in the index", () => {
  const sidebar = read("docs/site/.vitepress/config.js")
  const index = read("docs/index.md")
  const paths = globSync(["*.md", "!(api|site|console)/*.md"], { cwd: `${root}/docs` })
  assert.isAtLeast(paths.length, 25)
  for (const path of paths) {
    if (path === "index.md") continue
    assert.include(sidebar, `link: "/${path.replace(/\.md$/, "")}"`)
    assert.include(index, `(${path})`)
  }
})

const withoutCode = (text: string) => text.replaceAll(/^ *```[^]*?^ *```$/gm, "").replaceAll(/`[^`\n]*`/g, "")

/** By GitHub's rule: small letters, no punctuation, hyphens for spaces. */
const headingsOf = (file: string): ReadonlyArray<string> =>
  [
    ...read(file)
      .replaceAll(/^ *```[^]*?^ *```$/gm, "")
      .matchAll(/^#+ (.*)$/gm)
  ].map(([, title = ""]) =>
    title
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, "")
      .trim()
      .replaceAll(" ", "-")
  )
