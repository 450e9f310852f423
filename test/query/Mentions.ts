/** Mentions made by hand, so that these tests depend on nothing that finds names; the words of the schema as they are found. */
import { products } from "../../src/demo/DemoData.ts"
import type { Grounding } from "../../src/grounding/Grounding.ts"
import { SchemaVocabulary } from "../../src/resolution/SchemaWords.ts"
import { Question } from "../../src/text/Question.ts"
import type { Mention } from "../../src/resolution/ResolvedEntity.ts"

/** The text as it stands in the question, and where the entity lives. */
export const mention = (
  question: string,
  text: string,
  canonicalName: string,
  databaseReferences: Mention["resolution"]["databaseReferences"],
  members: ReadonlyArray<string> = []
): Mention => {
  const start = question.indexOf(text)
  return {
    text,
    start,
    end: start + text.length,
    resolution: {
      server: "product",
      priority: 1,
      resource: { name: "product_aliases", uri: "product://aliases" },
      path: [canonicalName],
      entity: {},
      match: "exact",
      score: 1,
      matchedName: text,
      canonicalName,
      databaseReferences,
      members,
      runnerUp: null,
      conflicts: []
    }
  }
}

/** The demo's products and categories in a question, by their exact names and aliases. */
export const demoMentions = (question: string): ReadonlyArray<Mention> => {
  const named = products.flatMap((product) =>
    [product.name, ...product.aliases].map((name) => ({
      name,
      canonical: product.name,
      references: { "products.id": product.id },
      members: new Array<string>()
    }))
  )
  const categories = [...Map.groupBy(products, (product) => product.category)].map(([category, members]) => ({
    name: category,
    canonical: category,
    references: { "products.id": members.map(({ id }) => id) },
    members: members.map(({ name }) => name)
  }))
  const found: Array<Mention> = []
  for (const one of [...named, ...categories].toSorted((a, b) => b.name.length - a.name.length)) {
    const at = question.toLowerCase().indexOf(one.name.toLowerCase())
    if (at === -1 || found.some((other) => at < other.end && at + one.name.length > other.start)) continue
    found.push(mention(question, question.slice(at, at + one.name.length), one.canonical, one.references, one.members))
  }
  return found.toSorted((one, other) => one.start - other.start)
}

/** The words of a question that speak of the schema, none of them misspelt. */
export const schemaWords = (question: string, grounding: Grounding) =>
  new SchemaVocabulary(grounding).find(new Question(question), { fuzzy: false, threshold: 1 })
