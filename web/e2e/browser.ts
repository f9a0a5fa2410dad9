/** Chromium, its pages at the two sizes that count, and what must hold on every page. */
import { createRequire } from "node:module";
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { chromium, type Browser, type BrowserContext, type BrowserContextOptions, type Page } from "playwright-core";
import { spot } from "./city";

export const phoneSize = { width: 390, height: 844 };
export const deskSize = { width: 1440, height: 900 };
const where = [process.env.CHROMIUM, "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

export async function launch(extra: string[] = []): Promise<Browser> {
  const executablePath = where.find((it) => it !== undefined && existsSync(it));
  if (!executablePath) throw new Error("Chromium is missing: run scripts/install-tools test");
  return chromium.launch({
    executablePath,
    args: ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update",
      "--disable-sync", "--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader", ...extra],
  });
}

/** What went wrong in a page without anybody looking: errors on the console, exceptions, failed requests of our own. */
export class Watch {
  readonly troubles: string[] = [];
  /** Troubles that the story itself causes, such as having no network. */
  private expected: RegExp[] = [];
  constructor(private readonly name: string) {}
  expecting(...patterns: RegExp[]): void { this.expected = patterns; }
  on(page: Page): void {
    const note = (words: string) => { if (!this.expected.some((it) => it.test(words))) this.troubles.push(`${this.name} ${new URL(page.url() || "about:blank").pathname}: ${words}`); };
    page.on("console", (message) => { if (message.type() === "error") note(`${message.text()} ${message.location().url}`); });
    page.on("pageerror", (error) => note(`exception: ${error.message}`));
    page.on("response", (answer) => { if (answer.status() >= 500) note(`${answer.status()} ${answer.url()}`); });
  }
}

/** Not being signed in yet and not being the demo are answers, not errors, though Chromium writes them on its console. */
const quiet = [/status of 401.*\/api\/v1\/session\b/, /status of 404.*\/api\/v1\/demo\b/];

export interface Person { context: BrowserContext; page: Page; watch: Watch }

export async function person(browser: Browser, name: string, address: string, size: { width: number; height: number }, options: BrowserContextOptions = {}): Promise<Person> {
  const narrow = size.width < 600;
  const context = await browser.newContext({
    baseURL: address, viewport: size, locale: "zh-CN", timezoneId: "Asia/Shanghai", geolocation: { ...spot, accuracy: 12 }, permissions: ["geolocation"],
    ...(narrow ? { isMobile: true, hasTouch: true, deviceScaleFactor: 2 } : {}), reducedMotion: "reduce", ...options,
  });
  context.setDefaultTimeout(30_000);
  const watch = new Watch(name);
  watch.expecting(...quiet);
  context.on("page", (page) => watch.on(page));
  const page = await context.newPage();
  return { context, page, watch };
}

/** During the given work these troubles are part of the story as well. */
export async function tolerating<T>(watch: Watch, patterns: RegExp[], work: () => Promise<T>): Promise<T> {
  watch.expecting(...quiet, ...patterns);
  try { return await work(); } finally { watch.expecting(...quiet); }
}

const axeSource = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

interface AxeFinding { id: string; impact: string | null; help: string; nodes: { target: string[]; failureSummary?: string }[] }

/** What pages were found to lack; a test at the end of each file expects nothing here. */
export const findings: string[] = [];

/** Waits until what fades or slides in has come to rest: half faded words have no contrast. What moves for ever is not waited for. */
async function settled(page: Page): Promise<void> {
  await page.waitForFunction(() => document.getAnimations().every((it) => it.playState !== "running" || it.effect?.getComputedTiming().endTime === Infinity), undefined, { timeout: 5_000 })
    .catch(() => undefined);
}

/** axe on the page as it stands; serious and critical findings are kept. */
export async function accessible(page: Page, name: string): Promise<void> {
  await settled(page);
  await page.evaluate(axeSource);
  const found = await page.evaluate(async () => {
    const axe = (globalThis as unknown as { axe: { run: (context: unknown, options: unknown) => Promise<{ violations: AxeFinding[] }> } }).axe;
    return (await axe.run(document, { resultTypes: ["violations"], runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"] })).violations;
  });
  for (const it of found.filter((it) => it.impact === "serious" || it.impact === "critical")) {
    const nodes = it.nodes.slice(0, 4).map((node) => `${node.target.join(" ")}: ${(node.failureSummary ?? "").replace(/\s+/g, " ").slice(0, 240)}`);
    findings.push(`axe on ${name}: ${it.id} (${it.impact}): ${it.help}\n    ${nodes.join("\n    ")}`);
  }
}

/** Nothing sticks out of the page sideways. */
export async function fits(page: Page, name: string): Promise<void> {
  const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  if (over > 0) findings.push(`${name} is ${over} pixels wider than the screen`);
}

const folder = process.env.BIHUAN_SCREENSHOTS;

/** Keeps a picture of the page when screenshots are being made; nothing otherwise. */
export async function picture(page: Page, name: string): Promise<void> {
  if (!folder) return;
  mkdirSync(folder, { recursive: true });
  await page.evaluate(() => document.fonts.ready);
  await page.screenshot({ path: join(folder, `${name}.png`), animations: "disabled", caret: "hide", scale: "css" });
}

export async function signInAtDesk(page: Page, account: string, password: string): Promise<void> {
  await page.goto("/desk/");
  await page.getByLabel("账号").fill(account);
  await page.getByLabel("密码").fill(password);
  await page.keyboard.press("Enter");
  await page.getByLabel("密码").waitFor({ state: "detached" });
}

export async function signInOnPhone(page: Page, account: string, password: string): Promise<void> {
  await page.goto("/phone/");
  await page.getByLabel("账号").fill(account);
  await page.getByLabel("密码").fill(password);
  await page.getByRole("button", { name: "登录", exact: true }).click();
  await page.getByRole("heading", { name: "我的任务" }).waitFor();
}

/** A drawn street scene, so that pictures look like something and belong to nobody. */
export async function photo(browser: Browser, scene: "loose" | "fixed" | "checked"): Promise<{ name: string; mimeType: string; buffer: Buffer }> {
  const page = await browser.newPage({ viewport: { width: 960, height: 720 } });
  const [tilt, glow, words] = { loose: [-14, "#1b1b1d", "模拟照片：井盖松动"], fixed: [0, "#5b6068", "模拟照片：处置后"], checked: [0, "#6a7078", "模拟照片：核查"] }[scene] as [number, string, string];
  await page.setContent(`<body style="margin:0"><svg xmlns="http://www.w3.org/2000/svg" width="960" height="720" viewBox="0 0 960 720">
    <defs><pattern id="p" width="60" height="30" patternUnits="userSpaceOnUse"><rect width="60" height="30" fill="#9a9da1"/><path d="M0 0H60M0 15H60M0 0V15M30 15V30" stroke="#85888c" stroke-width="2"/></pattern></defs>
    <rect width="960" height="720" fill="url(#p)"/><rect y="520" width="960" height="200" fill="#4c5057"/><path d="M0 520H960" stroke="#d7d9dc" stroke-width="14"/>
    <ellipse cx="480" cy="350" rx="190" ry="110" fill="${glow}"/><g transform="rotate(${tilt} 480 340)"><ellipse cx="480" cy="338" rx="180" ry="100" fill="#3a3d42" stroke="#26282c" stroke-width="10"/>
    <path d="M360 310H600M340 338H620M360 366H600" stroke="#5d6168" stroke-width="12"/></g>
    <text x="30" y="690" font-size="30" fill="#fff" font-family="Noto Sans CJK SC,sans-serif">${words}</text></svg></body>`);
  const buffer = await page.screenshot({ type: "jpeg", quality: 80 });
  await page.close();
  return { name: `${scene}.jpg`, mimeType: "image/jpeg", buffer };
}
