/** The administrator brings in map data (导入地图数据) and is told what became of each row. */
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { accessible, deskSize, findings, launch, person, picture, signInAtDesk } from "./browser";
import { spot } from "./city";
import { administrator } from "./server";

const address = inject("address");
let browser: Browser;
beforeAll(async () => { browser = await launch(); });
afterAll(async () => { await browser?.close(); });

const table = [
  "GLBJBSM,GLBJMC,ZGBMDM,ZGBMMC,QSDWDM,QSDWMC,YHDWDM,GLBJZT,CSRQ,lon,lat",
  `33048201037000901,路灯（模拟）,SIM000000000000001,模拟市政管理中心,SIM000000000000001,模拟市政管理中心,SIM000000000000001,完好,20200101,${spot.longitude},${spot.latitude}`,
  `33048201037000902,路灯（模拟）,SIM000000000000001,模拟市政管理中心,SIM000000000000001,模拟市政管理中心,SIM000000000000001,完好,20200101,99,${spot.latitude}`,
].join("\n");

test("components come in from a file, and the refused row says why", async () => {
  const { page, context, watch } = await person(browser, "administrator with a file", address, deskSize);
  await signInAtDesk(page, administrator.account, administrator.password);
  await page.goto("/desk/catalogue?tab=components");
  await page.getByRole("button", { name: "导入" }).click();
  const dialog = page.getByRole("dialog", { name: "导入地图数据" });
  await dialog.locator("input[type=file]").setInputFiles({ name: "components.csv", mimeType: "text/csv", buffer: Buffer.from(table) });
  await dialog.getByText("2 行：导入 1，已存在 0，被拒绝 1").waitFor();
  expect(await dialog.locator(".ant-table-tbody tr[data-row-key]").count()).toBe(1);
  await accessible(page, "map data");
  await picture(page, "desk-map-data");
  // What is no map data is refused whole, in words.
  await dialog.getByText("区划与网格", { exact: true }).click();
  await dialog.locator("input[type=file]").setInputFiles({ name: "regions.geojson", mimeType: "application/geo+json", buffer: Buffer.from("{}") });
  await dialog.getByRole("alert").waitFor();
  await dialog.getByRole("button", { name: "关闭" }).last().click();
  await page.getByText("路灯（模拟）").first().waitFor();
  expect(findings).toEqual([]);
  expect(watch.troubles.filter((it) => !/status of 422/.test(it))).toEqual([]);
  await context.close();
});
