/** Real leads through the pages: run by scripts/test-real alone, for the data stay outside the repository. */
import { defineConfig } from "vitest/config";

export default defineConfig({
  root: import.meta.dirname,
  cacheDir: "../../node_modules/.vite",
  test: { environment: "node", include: ["*.test.ts"], fileParallelism: false, maxWorkers: 1, testTimeout: 1_200_000, hookTimeout: 120_000, bail: 1, reporters: ["verbose"] },
});
