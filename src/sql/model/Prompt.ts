/**
 * What the language model is asked. Pure: the same request gives the same prompt, made of the gathered resources and
 * of nothing else, within its budget.
 */
import * as Result from "effect/Result"
import { defaultPromptTokens } from "../../config/ConfigFile.ts"
import { QuestionTooLarge } from "../../errors/QueryReason.ts"
import type { SqlGenerationError } from "../../OrchestratorError.ts"
import type { GenerationRequest, PromptReport } from "../SqlGenerator.ts"
import { failure } from "./Failure.ts"
import { type Block, render } from "./Fence.ts"
import { link } from "./Linking.ts"
import * as Pieces from "./Pieces.ts"
import { rules } from "./Rules.ts"

/** `system` holds the rules and no word of a server; `user` the data, block by block, and the question. */
export interface Prompt {
  readonly system: string
  readonly user: string
  readonly report: PromptReport
}

/** An estimate that is on the safe side for SQL, names and English: tokenizers differ, and none is asked. */
export const tokensOf = (text: string): number => Math.ceil(Buffer.byteLength(text) / bytesPerToken)

/**
 * The prompt for one question. Blocks stand in the order of their weight: schema, relationships, column mappings, sample
 * queries, recognised names, schema words, texts, earlier attempts, question.
 *
 * Where that does not fit into the request's `promptTokens`, parts are left out whole, in the order of
 * `Pieces.omissions` and inside that from the least related to the question, until it does; the report names them. If
 * the rules, the question, its names and the tables that it speaks of are too much by themselves, it is a
 * `SqlGenerationError` (`TooLarge`) that says which part is how big.
 */
export const build = (request: GenerationRequest): Result.Result<Prompt, SqlGenerationError> => {
  const budget = request.promptTokens ?? defaultPromptTokens
  const links = link(request)
  const pieces = Pieces.of(request, links)
  const steps = stepsOf(pieces)
  // What is needed in any case, before anything is rendered: the fences change little, and a large schema is long.
  const size = pieces.reduce((bytes, { lengths: [longest] }) => bytes + sizeOf(longest), 0)
  let taken = stepsFor(steps, 0, size - 1.5 * budget * bytesPerToken)
  while (true) {
    const { chosen, leftOut } = shortened(pieces, steps.slice(0, taken))
    const prompt = rendered(request, chosen, budget, leftOut)
    const over = prompt.report.tokens - budget
    if (over <= 0) return Result.succeed(prompt)
    if (taken === steps.length) return Result.fail(tooLarge(request, prompt, chosen))
    taken = stepsFor(steps, taken, over * bytesPerToken)
  }
}

// -----------------------------------------------------------------------------
// internals

const bytesPerToken = 3

/** One piece made shorter. */
interface Step extends Pieces.Shorter {
  readonly piece: Pieces.Piece
  readonly saves: number
}

/** All that can be left out, in the order in which it is. The steps of one piece keep theirs. */
const stepsOf = (pieces: ReadonlyArray<Pieces.Piece>): ReadonlyArray<Step> => {
  const order = new Map<Pieces.Omission, number>(Pieces.omissions.map((omission, index) => [omission, index]))
  const at = ({ omission }: Step) => order.get(omission) ?? 0
  return (
    pieces
      .flatMap((piece) => {
        const [longest, ...shorter] = piece.lengths
        const sizes = [longest, ...shorter.map(({ lines }) => lines)].map(sizeOf)
        return shorter.map((one, index): Step => ({
          ...one,
          piece,
          saves: (sizes[index] ?? 0) - (sizes[index + 1] ?? 0)
        }))
      })
      // Of those of one worth the last go first: the better priority is kept.
      .toReversed()
      .toSorted((one, other) => at(one) - at(other) || one.piece.worth - other.piece.worth)
  )
}

/** How many steps are to be taken, where so many are already, for so many bytes less. */
const stepsFor = (steps: ReadonlyArray<Step>, taken: number, bytes: number): number => {
  let next = taken
  for (let saved = 0; next < steps.length && saved < bytes; next++) saved += steps[next]?.saves ?? 0
  return next
}

/** With the line break and the indent of each line. */
const sizeOf = (lines: ReadonlyArray<string>): number =>
  lines.reduce((bytes, line) => bytes + Buffer.byteLength(line) + 3, 0)

interface Chosen {
  readonly piece: Pieces.Piece
  readonly lines: ReadonlyArray<string>
}

const shortened = (
  pieces: ReadonlyArray<Pieces.Piece>,
  steps: ReadonlyArray<Step>
): { readonly chosen: ReadonlyArray<Chosen>; readonly leftOut: PromptReport["leftOut"] } => {
  const lines = new Map(steps.map((step) => [step.piece, step.lines]))
  const names = Map.groupBy(steps, ({ omission }) => omission)
  return {
    chosen: pieces.map((piece) => ({ piece, lines: lines.get(piece) ?? piece.lengths[0] })),
    leftOut: Array.from(names, ([what, of]) => ({ what, of: [...new Set(of.map((step) => step.of))] }))
  }
}

/** One block for what one source says of one thing, in order of first appearance. */
const blocksOf = (chosen: ReadonlyArray<Chosen>): ReadonlyArray<Block> => {
  const blocks = new Map<string, { readonly attributes: Block["attributes"]; readonly lines: Array<string> }>()
  for (const { lines, piece } of chosen) {
    if (lines.length === 0) continue
    const { holds, source } = piece
    const key = JSON.stringify([holds, source?.server, source?.uri])
    const block = blocks.get(key)
    if (block === undefined) blocks.set(key, { attributes: attributesOf(piece), lines: [...lines] })
    else block.lines.push(...lines)
  }
  return [...blocks.values()]
}

const attributesOf = ({ holds, source }: Pieces.Piece): Block["attributes"] => [
  ["holds", holds],
  ...(source === null
    ? []
    : ([
        ["server", source.server],
        ["uri", source.uri]
      ] as const))
]

const rendered = (
  request: GenerationRequest,
  chosen: ReadonlyArray<Chosen>,
  budget: number,
  leftOut: PromptReport["leftOut"]
): Prompt => {
  const { blocks, tag } = render(blocksOf(chosen))
  const system = rules(request, { tag, isWhole: leftOut.length === 0 })
  const user = blocks.join("\n\n")
  return { system, user, report: { tokens: tokensOf(system + user), budget, leftOut } }
}

const tooLarge = (
  request: GenerationRequest,
  { report, system }: Prompt,
  chosen: ReadonlyArray<Chosen>
): SqlGenerationError => {
  const sizes = new Map([["rules", Buffer.byteLength(system)]])
  for (const { lines, piece } of chosen) sizes.set(piece.holds, (sizes.get(piece.holds) ?? 0) + sizeOf(lines))
  const parts = Array.from(sizes)
    .filter(([, size]) => size > 0)
    .map(([holds, size]) => `${holds} ${Math.ceil(size / bytesPerToken)}`)
  return failure(request, {
    reason: new QuestionTooLarge({ limit: report.budget, unit: "tokens" }),
    detail: `what the question needs has about ${report.tokens} tokens, its budget is ${report.budget} (${parts.join(", ")})`,
    remedy: "Raise orchestration.query.prompt_tokens if the model takes more, or ask about fewer tables at a time."
  })
}
