/** Every main page at both sizes: it loads, says nothing wrong on the console, fits, and axe finds nothing serious. */
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { accessible, deskSize, findings, fits, launch, person, phoneSize, picture, signInAtDesk, signInOnPhone, tolerating, type Person } from "./browser";
import { password, spot } from "./city";
import { Client } from "./client";
import { administrator } from "./server";

const address = inject("address");
let browser: Browser;
let lead = "";
let code = "";

const problems = ["路灯不亮，晚上看不清路", "垃圾桶满溢，周围有散落垃圾", "人行道地砖破损松动", "共享单车乱停放堵住盲道", "绿化带枯枝倒伏"];

beforeAll(async () => {
  browser = await launch();
  const nobody = new Client(address);
  for (const [index, description] of problems.entries()) {
    const made = await nobody.post<{ tracking_code: string }>("/api/v1/public/reports", {
      description, position: { x: spot.longitude + index * 0.002, y: spot.latitude + index * 0.001, system: "wgs84" }, address: `模拟路 ${index + 1} 号`, photos: [], client_key: `pages-${index}-${Date.now()}`,
    });
    code = made.tracking_code;
  }
  const operator = await Client.signedIn(address, "operator01", password);
  lead = (await operator.get<{ items: { id: string }[] }>("/api/v1/leads?queue=triage&limit=1")).items[0]?.id ?? "";
  expect(lead).not.toBe("");
});
afterAll(async () => { await browser?.close(); });

/** The page has settled: what it shows is no longer loading. */
async function settled(page: Page): Promise<void> {
  await page.getByRole("heading").or(page.getByRole("tab")).or(page.getByRole("main")).first().waitFor();
  await page.waitForLoadState("load");
  await page.waitForFunction(() => !document.querySelector(".ant-skeleton, .ant-spin-spinning, [aria-busy=true]"), undefined, { timeout: 15_000 });
  await page.waitForTimeout(400);
}

async function visit(who: Person, path: string, name: string, tall = false): Promise<void> {
  const { page } = who;
  await page.goto(path);
  await settled(page);
  // Lists that come later than the page, such as of the map.
  if (/triage|wall|lead|home/.test(name)) await page.waitForTimeout(2_500);
  await accessible(page, name);
  await fits(page, name);
  if (tall) await page.evaluate(() => scrollTo(0, 0));
  await picture(page, name);
}

describe.each([["desktop", deskSize], ["phone", phoneSize]] as const)("at the size of a %s", (size, dimensions) => {
  test("the portal", async () => {
    const who = await person(browser, `citizen, ${size}`, address, dimensions);
    for (const [name, path] of [["home", "/"], ["report", "/report"], ["privacy", "/privacy"], ["rewards", "/rewards"], ["follow", `/follow/${code}`]] as const) await visit(who, path, `portal-${name}-${size}`);
    await who.context.close();
    expect(who.watch.troubles).toEqual([]);
  });

  test("the desk of those who work", async () => {
    const who = await person(browser, `shift leader, ${size}`, address, dimensions);
    await who.page.goto("/desk/");
    await who.page.getByLabel("账号").waitFor();
    await visit(who, "/desk/", `desk-sign-in-${size}`);
    await signInAtDesk(who.page, "shift_leader01", password);
    for (const [name, path] of [["triage", "/desk/triage"], ["lead", `/desk/leads/${lead}`], ["search", "/desk/search"], ["answers", "/desk/answers"], ["hotspots", "/desk/hotspots"], ["notices", "/desk/notices"], ["sightings", "/desk/sightings"], ["coverage", "/desk/coverage"], ["findings", "/desk/findings"], ["finding-rules", "/desk/findings?tab=rules"], ["suspicions", "/desk/suspicions"], ["campaigns", "/desk/campaigns"], ["charges", "/desk/charges"], ["rewards", "/desk/rewards"], ["reward-programmes", "/desk/rewards?tab=programmes"], ["pairings", "/desk/pairings"], ["reverifications", "/desk/reverifications"], ["todo", "/desk/todo"], ["new", "/desk/new"], ["wall", "/desk/wall"], ["catalogue", "/desk/catalogue"], ["law", "/desk/law"], ["matter", "/desk/law/matters/M076"], ["statutes", "/desk/law?tab=statutes"], ["empowerment", "/desk/law?tab=empowerment"], ["imports", "/desk/imports"], ["settings", "/desk/settings"], ["rule-sets", "/desk/settings?tab=rules&versions=all"], ["precedents", "/desk/settings?tab=precedents"], ["reply-check-settings", "/desk/settings?tab=reply-checks"], ["sources", "/desk/settings?tab=sources"], ["source", "/desk/settings?tab=sources&source=hotline"], ["lights", "/desk/settings?tab=lights"], ["layers", "/desk/settings?tab=layers"], ["text-codes", "/desk/settings?tab=text-codes"], ["duty", "/desk/settings?tab=duty"], ["unit-hours", "/desk/settings?tab=hours"], ["class-models", "/desk/settings?tab=class-models"], ["devices", "/desk/settings?tab=devices"], ["machine-kinds", "/desk/settings?tab=machine-kinds"], ["indicators", "/desk/indicators"], ["weights", "/desk/settings?tab=indicators"], ["help", "/desk/help"]] as const) {
      await visit(who, path, `desk-${name}-${size}`);
    }
    // Chromium writes what is not there on its console.
    await tolerating(who.watch, [/status of 404/], () => visit(who, "/desk/leads/019a0000-0000-7000-8000-000000000000", `desk-not-found-${size}`));
    await who.context.close();
    expect(who.watch.troubles).toEqual([]);
  });

  test("the desk of the administrator", async () => {
    const who = await person(browser, `administrator, ${size}`, address, dimensions);
    await signInAtDesk(who.page, administrator.account, administrator.password);
    for (const [name, path] of [["organisation", "/desk/organisation"], ["to-settle", "/desk/catalogue?tab=to-settle"], ["regions", "/desk/catalogue?tab=regions"], ["notice-settings", "/desk/settings?tab=notices"], ["history", "/desk/settings?tab=history"], ["webhooks", "/desk/settings?tab=webhooks"], ["documents", "/desk/settings?tab=documents"], ["sign-ins", "/desk/organisation?tab=sign-ins"], ["privacy", "/desk/privacy"], ["privacy-notices", "/desk/privacy?tab=notices"], ["privacy-impact", "/desk/privacy?tab=impact"], ["retention", "/desk/privacy?tab=retention"]] as const) await visit(who, path, `desk-${name}-${size}`);
    await who.context.close();
    expect(who.watch.troubles).toEqual([]);
  });

  test("the phone", async () => {
    const who = await person(browser, `collector, ${size}`, address, dimensions);
    await signInOnPhone(who.page, "collector01", password);
    for (const [name, path] of [["tasks", "/phone/#/tasks"], ["report", "/phone/#/report"], ["me", "/phone/#/me"]] as const) await visit(who, path, `phone-${name}-${size}`);
    await who.context.close();
    expect(who.watch.troubles).toEqual([]);
  });
});

test("no page sticks out, and axe has nothing serious to say", () => {
  expect(findings).toEqual([]);
});
