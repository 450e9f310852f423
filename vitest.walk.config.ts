import { defineConfig } from "vitest/config"

/** `npm run walk`: what takes the registry or a fresh clone, and so more time than `npm test` may take. */
export default defineConfig({
  test: { include: ["test/release/*.walk.ts"], testTimeout: 600_000, hookTimeout: 600_000, maxWorkers: 1 }
})
