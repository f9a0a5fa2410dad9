/** The web bench, run by `make bench-web`: what a first visit loads, and when its largest words or picture stand, on a slow processor. */
import { brotliCompressSync } from "node:zlib";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { launch, person, phoneSize } from "./browser";

const address = inject("address");
const asked = process.env.BIHUAN_BENCH !== undefined;
const limits = { script_kb: 250, lcp_ms: 1500 };
const rounds = 5;
let browser: Browser;
beforeAll(async () => { if (asked) browser = await launch(); });
afterAll(async () => { await browser?.close(); });

const say = (figure: string, value: number, unit: string, limit: number, n: number) => process.stdout.write(`${JSON.stringify({ name: `web.${figure}`, value, unit, n, limit })}\n`);

test.skipIf(!asked).each([["portal", "/"], ["phone", "/phone/"]])("%s: script and largest contentful paint", async (name, path) => {
  const times: number[] = [];
  let bytes = 0;
  for (let round = 0; round < rounds; round++) {
    const { page, context } = await person(browser, name, address, phoneSize, { serviceWorkers: "block" });
    const devtools = await context.newCDPSession(page);
    await devtools.send("Emulation.setCPUThrottlingRate", { rate: 4 });
    const scripts: Promise<Buffer>[] = [];
    page.on("response", (answer) => { if (answer.request().resourceType() === "script" && answer.ok()) scripts.push(answer.body()); });
    await page.addInitScript(() => {
      const seen = globalThis as unknown as { largest: number };
      seen.largest = 0;
      new PerformanceObserver((list) => { for (const it of list.getEntries()) seen.largest = it.startTime; }).observe({ type: "largest-contentful-paint", buffered: true });
    });
    await page.goto(path);
    await page.waitForLoadState("networkidle");
    times.push(await page.evaluate(() => (globalThis as unknown as { largest: number }).largest));
    bytes = (await Promise.all(scripts)).reduce((sum, it) => sum + brotliCompressSync(it).length, 0);
    await context.close();
  }
  const middle = times.sort((a, b) => a - b)[Math.floor(rounds / 2)] ?? 0;
  say(`${name}.script_kb`, Math.round(bytes / 102.4) / 10, "kB", limits.script_kb, 1);
  say(`${name}.lcp_ms`, Math.round(middle), "ms", limits.lcp_ms, rounds);
  expect(bytes / 1024).toBeLessThanOrEqual(limits.script_kb);
});
