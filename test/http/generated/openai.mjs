// Asks with the `openai` client, as programs of others do: its options and the question as JSON, what it gave as JSON.
import OpenAI from "openai"

const { apiKey, baseURL, body } = JSON.parse(process.argv[2])
const client = new OpenAI({ apiKey, baseURL, maxRetries: 0 })

const answered = async () => {
  if (body === undefined)
    return { models: (await client.models.list()).data, one: await client.models.retrieve("mcp-orchestrator") }
  if (!body.stream) return { completion: await client.chat.completions.create(body) }
  const chunks = []
  try {
    for await (const chunk of await client.chat.completions.create(body)) chunks.push(chunk)
  } catch (error) {
    return { chunks, ...failed(error) }
  }
  return { chunks }
}

const failed = (error) => ({
  failed: { name: error.constructor.name, status: error.status, error: error.error, message: error.message }
})

console.log(JSON.stringify(await answered().catch(failed)))
