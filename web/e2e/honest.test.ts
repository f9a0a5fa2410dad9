/** Honest closing (诚实结案) before people: a photo handed in twice is seen, judged, and the lead goes back to be fixed again. */
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { accessible, deskSize, findings, fits, launch, person, phoneSize, photo, picture, signInAtDesk, signInOnPhone } from "./browser";
import { password, spot, type Account } from "./city";
import { Client } from "./client";

const address = inject("address");
let browser: Browser;
const clients = new Map<Account, Client>();

beforeAll(async () => {
  browser = await launch();
  for (const account of ["operator01", "shift_leader01", "dispatcher01", "unit_handler01"] as const) clients.set(account, await Client.signedIn(address, account, password));
});
afterAll(async () => { await browser?.close(); });

const by = (account: Account) => clients.get(account) as Client;
const act = (account: Account, id: string, verb: string, body: unknown) => by(account).post<{ state: string }>(`/api/v1/leads/${id}/actions/${verb}`, body);

/** A lead whose reply shows the very photo that its report came with. */
async function copied(): Promise<string> {
  const taken = await photo(browser, "loose");
  const answer = await fetch(`${address}/api/v1/files`, { method: "POST", body: new Uint8Array(taken.buffer), headers: { cookie: by("operator01").cookies, origin: address, "content-type": taken.mimeType } });
  expect(answer.ok).toBe(true);
  const file = ((await answer.json()) as { id: string }).id;
  const made = await by("operator01").post<{ id: string }>("/api/v1/leads", {
    source: "operator", description: "诚实结案测试：同一张照片", position: { x: spot.longitude, y: spot.latitude, system: "wgs84" }, class_code: "06010", photos: [file], client_key: `honest-${Date.now()}`,
  });
  const unit = (await by("unit_handler01").get<{ organisation: { id: string } }>("/api/v1/session")).organisation.id;
  await act("operator01", made.id, "accept", { class_code: "06010", standard: "面积大于 1 平方米" });
  const filed = await act("shift_leader01", made.id, "file", { standard: "面积大于 1 平方米" });
  if (filed.state === "filed") await act("dispatcher01", made.id, "dispatch", { unit });
  await act("unit_handler01", made.id, "take", {});
  await act("unit_handler01", made.id, "fix", { note: "已清运", after_photos: [file], position: { x: spot.longitude, y: spot.latitude, accuracy: 12, at: new Date().toISOString() } });
  return made.id;
}

describe.each([["desktop", deskSize], ["phone", phoneSize]] as const)("at the size of a %s", (size, dimensions) => {
  test("a copied photo is judged with a reason, and the lead goes back", async () => {
    const lead = await copied();
    await expect.poll(async () => (await by("shift_leader01").get<{ items: unknown[] }>(`/api/v1/suspicions?lead=${lead}`)).items.length, { timeout: 20_000 }).toBeGreaterThan(0);
    const found = await by("shift_leader01").get<{ items: { id: string; strength: string; reason: string }[] }>(`/api/v1/suspicions?lead=${lead}`);
    // The second time the same picture stands in the first lead as well.
    const suspicion = found.items.find((it) => it.reason.includes("本件上报"));
    expect(suspicion?.strength).toBe("strong");
    const { page, context, watch } = await person(browser, `shift leader, ${size}`, address, dimensions);
    await signInAtDesk(page, "shift_leader01", password);
    await page.goto(`/desk/suspicions?id=${suspicion?.id ?? ""}`);
    await page.getByText("处置后照片与本件上报的照片相同").last().waitFor();
    await expect.poll(() => page.locator(".two-photos img").count()).toBe(2);
    await accessible(page, `suspicion-${size}`);
    await fits(page, `suspicion-${size}`);
    await picture(page, `suspicion-${size}`);
    await page.getByRole("button", { name: "属实", exact: true }).click();
    await page.getByText("请写明理由").waitFor();
    await page.locator("#suspicion-note").fill("两张照片是同一张，现场没有清理");
    await page.getByRole("button", { name: "属实", exact: true }).click();
    await expect.poll(async () => (await by("shift_leader01").get<{ state: string }>(`/api/v1/leads/${lead}`)).state).toBe("fixing");
    await page.goto("/desk/reverifications");
    await page.getByRole("heading", { name: "结案复核" }).waitFor();
    await page.waitForFunction(() => !document.querySelector("[aria-busy=true]"));
    await accessible(page, `reverifications-${size}`);
    await fits(page, `reverifications-${size}`);
    await picture(page, `reverifications-${size}`);
    await context.close();
    expect(watch.troubles).toEqual([]);
  });
});

test("a collector's phone says when there is nothing to look at again", async () => {
  const { page, context, watch } = await person(browser, "collector", address, phoneSize);
  await signInOnPhone(page, "collector01", password);
  await page.getByRole("link", { name: "盲核复查" }).click();
  await page.getByText("没有要盲核的件").waitFor();
  await accessible(page, "rechecks-phone");
  await picture(page, "rechecks-phone");
  await context.close();
  expect(watch.troubles).toEqual([]);
  expect(findings).toEqual([]);
});
