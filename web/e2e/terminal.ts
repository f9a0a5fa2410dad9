/** A vehicle's terminal on a socket: frames of JT/T 808-2013 made byte by byte, as the device makes them. */
import { connect, type Socket } from "node:net";

/** A point: seconds since 1970, where, km/h, and what the body does by the table `slag-a`. */
export interface Spot { at: number; lon: number; lat: number; kmh: number; loaded: boolean; open?: boolean; raised?: boolean }

const word = (value: number) => [(value >> 8) & 0xff, value & 0xff];
const dword = (value: number) => [(value >>> 24) & 0xff, (value >>> 16) & 0xff, (value >>> 8) & 0xff, value & 0xff];
const bcd = (digits: string) => (digits.match(/../g) ?? []).map((pair) => parseInt(pair, 16));
const ascii = (text: string, length: number) => Array.from({ length }, (_, at) => (at < text.length ? text.charCodeAt(at) : 0));

/** `YYMMDDhhmmss` of Beijing time. */
function time(at: number): string {
  return new Date((at + 8 * 3600) * 1000).toISOString().replace(/[-:T]/g, "").slice(2, 14);
}

function position(of: Spot): number[] {
  const body = (of.open ? 0 : 1) | (of.raised ? 2 : 0) | (of.loaded ? 12 : 0);
  // Ignition and fix; the vendor's item E1 with lid, tipper and load.
  return [...dword(0), ...dword(3), ...dword(Math.round(of.lat * 1e6)), ...dword(Math.round(of.lon * 1e6)), ...word(10), ...word(Math.round(of.kmh * 10)), ...word(90), ...bcd(time(of.at)), 0xe1, 2, body, 0];
}

export class Terminal {
  private serial = 0;
  private bytes: number[] = [];
  private readonly heard: number[][] = [];
  private waiting: (() => void) | undefined;
  private constructor(private readonly socket: Socket, private readonly phone: string) {
    socket.on("data", (data: Buffer) => { this.bytes.push(...data); this.cut(); });
  }

  /** Connects, registers with a plate in GBK, and shows the code it was given. */
  static async registered(port: number, phone: string, plate: number[]): Promise<Terminal> {
    const socket = connect(port, "127.0.0.1");
    await new Promise<void>((done, fail) => { socket.once("connect", () => done()); socket.once("error", fail); });
    const terminal = new Terminal(socket, phone);
    const answer = await terminal.ask(0x0100, [...word(33), ...word(482), ...ascii("TEST", 5), ...ascii("T1", 20), ...ascii("D1", 7), 2, ...plate]);
    if (answer[2] !== 0) throw new Error(`not registered: ${answer.join(" ")}`);
    const shown = await terminal.ask(0x0102, answer.slice(3));
    if (shown[4] !== 0) throw new Error(`not let in: ${shown.join(" ")}`);
    return terminal;
  }

  /** Sends points in batches; each is acknowledged after it is durable. */
  async drive(spots: Spot[]): Promise<void> {
    for (let from = 0; from < spots.length; from += 20) {
      const items = spots.slice(from, from + 20).map(position);
      const answer = await this.ask(0x0704, [...word(items.length), 0, ...items.flatMap((it) => [...word(it.length), ...it])]);
      if (answer[4] !== 0) throw new Error(`not stored: ${answer.join(" ")}`);
    }
  }

  close(): void { this.socket.destroy(); }

  private async ask(id: number, body: number[]): Promise<number[]> {
    const plain = [...word(id), ...word(body.length), ...bcd(this.phone.padStart(12, "0")), ...word(this.serial++), ...body];
    plain.push(plain.reduce((sum, it) => sum ^ it, 0));
    const escaped = plain.flatMap((it) => (it === 0x7e ? [0x7d, 2] : it === 0x7d ? [0x7d, 1] : [it]));
    this.socket.write(Buffer.from([0x7e, ...escaped, 0x7e]));
    while (this.heard.length === 0) {
      await new Promise<void>((done, fail) => {
        const late = setTimeout(() => fail(new Error("the platform does not answer")), 15_000);
        this.waiting = () => { clearTimeout(late); done(); };
      });
    }
    return this.heard.shift() ?? [];
  }

  /** Takes whole frames off and keeps the bodies. */
  private cut(): void {
    for (;;) {
      const begin = this.bytes.indexOf(0x7e);
      const end = this.bytes.indexOf(0x7e, begin + 1);
      if (begin < 0 || end < 0) return;
      const raw = this.bytes.slice(begin + 1, end);
      this.bytes = this.bytes.slice(raw.length === 0 ? end : end + 1);
      if (raw.length === 0) continue;
      const plain: number[] = [];
      for (let at = 0; at < raw.length; at += 1) {
        if (raw[at] === 0x7d) { at += 1; plain.push(raw[at] === 2 ? 0x7e : 0x7d); } else plain.push(raw[at] ?? 0);
      }
      this.heard.push(plain.slice(12, -1));
      this.waiting?.();
    }
  }
}
