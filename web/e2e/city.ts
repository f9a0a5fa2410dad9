/** A small city of four unit grids with one person a role, made through the public interface. All of it is simulated. */
import { administrator } from "./server";
import { Client } from "./client";

export const password = "simulated-city-1";
export const accounts = ["operator01", "shift_leader01", "dispatcher01", "collector01", "unit_handler01", "unit_leader01", "leader01"] as const;
export type Account = (typeof accounts)[number];

/** In the middle of the first unit grid. */
export const spot = { longitude: 121.015, latitude: 30.695 };

const names: Record<string, string> = {
  operator: "受理员", shift_leader: "值班长", dispatcher: "派遣员", collector: "采集员", unit_handler: "处置人员", unit_leader: "处置单位负责人", leader: "局领导",
};

export async function settle(address: string): Promise<void> {
  const admin = await Client.signedIn(address, administrator.account, administrator.password);
  await admin.post("/api/v1/catalogue/imports/regions?complete=true", JSON.stringify(regions()), { "content-type": "application/geo+json" });
  const { items } = await admin.get<{ items: { id: string }[] }>("/api/v1/organisations");
  const bureau = items[0]?.id;
  const made = async (name: string, kind: string, sort: number) =>
    (await admin.post<{ id: string }>("/api/v1/organisations", { parent_id: bureau, name, kind, region: "330482", sort })).id;
  const centre = await made("指挥中心（模拟）", "centre", 1);
  const squad = await made("第一中队（模拟）", "squad", 2);
  for (const account of accounts) {
    const role = account.slice(0, -2);
    const organisation_id = role.startsWith("unit_") ? squad : role === "leader" ? bureau : centre;
    await admin.post("/api/v1/people", { account, name: `${names[role]}01`, organisation_id, roles: [role], regions: ["330482"], password: `${password}-first`, auxiliary: false });
    // Whoever is new changes the first password before anything else.
    const person = await Client.signedIn(address, account, `${password}-first`);
    await person.post("/api/v1/session/password", { old: `${password}-first`, new: password });
  }
}

/** The county is a square of two by two grids; codes by the national scheme, 15 digits a unit grid. */
function regions() {
  const [west, south, step] = [121.01, 30.69, 0.01];
  const square = (column: number, row: number, wide: number, high: number) => {
    const [w, s, e, n] = [west + column * step, south + row * step, west + (column + wide) * step, south + (row + high) * step].map((it) => Math.round(it * 1e6) / 1e6) as [number, number, number, number];
    return { type: "Polygon", coordinates: [[[w, s], [e, s], [e, n], [w, n], [w, s]]] };
  };
  const feature = (code: string, name: string, geometry: unknown) => ({ type: "Feature", properties: { code, name }, geometry });
  return {
    type: "FeatureCollection",
    features: [
      feature("330482", "模拟市", square(0, 0, 2, 2)),
      feature("330482001", "模拟街道", square(0, 0, 2, 2)),
      feature("330482001001", "模拟社区", square(0, 0, 2, 2)),
      ...[0, 1, 2, 3].map((it) => feature(`33048200100100${it + 1}`, `单元网格 ${it + 1}`, square(it % 2, Math.floor(it / 2), 1, 1))),
    ],
  };
}
