/** The browser tests: one Chromium and one real server, one file after the other. */
import { defineConfig } from "vitest/config";

export default defineConfig({
  root: import.meta.dirname,
  cacheDir: "../node_modules/.vite",
  test: {
    environment: "node",
    include: ["*.test.ts"],
    globalSetup: ["./city.setup.ts"],
    fileParallelism: false,
    maxWorkers: 1,
    // A browser without a graphics card on a busy machine takes its time; a hang still ends.
    testTimeout: 240_000,
    hookTimeout: 120_000,
    bail: 0,
    // What a page complained of is said whole, not as `[ Array(1) ]`.
    chaiConfig: { truncateThreshold: 0 },
    reporters: ["verbose"],
  },
});
