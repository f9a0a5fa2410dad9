/** Where the device is, with an answer for every way in which that can fail. */
import type { LonLat } from "../api/contract";

export interface Fix { position: LonLat; accuracy: number }

export type FixFailure = "denied" | "unavailable" | "timeout" | "insecure" | "unsupported";

export const fixWords: Record<FixFailure, string> = {
  denied: "浏览器没有获得定位权限。请在地址栏或手机设置里允许本站使用位置，再点一次；也可以在地图上点选，或只写地址。",
  unavailable: "暂时定位不到（室内或信号弱）。可以在地图上点选，或只写地址。",
  timeout: "定位超时。可以再试一次，也可以在地图上点选，或只写地址。",
  insecure: "当前连接不是加密连接（HTTPS），浏览器不允许定位。可以在地图上点选，或只写地址。",
  unsupported: "这个浏览器不支持定位。可以在地图上点选，或只写地址。",
};

export class NoFix extends Error {
  constructor(readonly failure: FixFailure) { super(fixWords[failure]); }
}

function ask(options: PositionOptions): Promise<Fix> {
  return new Promise((done, fail) => {
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => done({ position: { lon: round(coords.longitude), lat: round(coords.latitude) }, accuracy: Math.round(coords.accuracy) }),
      (error) => fail(new NoFix(error.code === 1 ? "denied" : error.code === 3 ? "timeout" : "unavailable")),
      options,
    );
  });
}

/** Six digits are a tenth of a metre; more is noise. */
const round = (degrees: number) => Math.round(degrees * 1e6) / 1e6;

/** A precise position if the sky allows it, else a rough one: rough is better than none. */
export async function locate(): Promise<Fix> {
  if (!("geolocation" in navigator)) throw new NoFix("unsupported");
  if (!globalThis.isSecureContext) throw new NoFix("insecure");
  try {
    return await ask({ enableHighAccuracy: true, timeout: 12_000, maximumAge: 15_000 });
  } catch (error) {
    if (error instanceof NoFix && error.failure === "denied") throw error;
    return ask({ enableHighAccuracy: false, timeout: 8_000, maximumAge: 120_000 });
  }
}
