/** A real server on a folder of its own and a free port of the loopback. */
import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { createServer } from "node:net";
import { chmodSync, existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

export const program = process.env.BIHUAN_BIN ?? resolve(import.meta.dirname, "../../target/debug/bihuan");

export interface Server {
  address: string;
  data: string;
  stop: () => Promise<void>;
  /** Ends the server and leaves its folder. */
  halt: () => Promise<void>;
}

export async function freePort(): Promise<number> {
  return new Promise((done, fail) => {
    const probe = createServer();
    probe.once("error", fail);
    probe.listen(0, "127.0.0.1", () => {
      const found = probe.address();
      probe.close(() => (found && typeof found === "object" ? done(found.port) : fail(new Error("no port"))));
    });
  });
}

/** A new data folder that PostgreSQL's own user may enter when the tests run as root. */
export function newFolder(name: string): string {
  const folder = mkdtempSync(join(tmpdir(), `bihuan-${name}-`));
  chmodSync(folder, 0o711);
  return join(folder, "data");
}

export const administrator = { account: "administrator", password: "the-first-of-all" };

export function createAdministrator(data: string): void {
  const made = spawnSync(program, ["admin", "create-administrator", "--data", data], { input: administrator.password, encoding: "utf8" });
  if (made.status !== 0) throw new Error(`create-administrator: ${made.stderr}`);
}

/** Reads every ledger chain of the folder; what it prints, and whether the chains are whole. */
export function verify(data: string): { whole: boolean; words: string } {
  const done = spawnSync(program, ["verify", "--data", data], { encoding: "utf8" });
  return { whole: done.status === 0, words: done.stdout + done.stderr };
}

interface Options { data: string; host?: string; port?: number; inside?: string; environment?: Record<string, string>; command?: string[]; secure?: boolean; ahead?: number }

/** What makes a program's clock run ahead of the machine's; Debian's package `faketime`. */
const faketime = `/usr/lib/${process.arch === "arm64" ? "aarch64" : "x86_64"}-linux-gnu/faketime/libfaketime.so.1`;

/** The surroundings of a server whose clock is so many days ahead. Timers run as always: only the date is another. */
function days(ahead: number): Record<string, string> {
  if (ahead === 0) return {};
  if (!existsSync(faketime)) throw new Error("faketime is missing: run scripts/install-tools test");
  return { LD_PRELOAD: faketime, FAKETIME: `+${ahead}d`, FAKETIME_DONT_FAKE_MONOTONIC: "1", FAKETIME_DISABLE_SHM: "1" };
}

/** Starts the server and waits until it is ready. `inside` names a network namespace to start it in, `ahead` the days its clock is ahead. */
export async function start({ data, host = "127.0.0.1", port: asked, inside, environment = {}, command = ["serve"], secure = false, ahead = 0 }: Options): Promise<Server> {
  const port = asked ?? (await freePort());
  const line = [program, ...command, "--data", data, "--http", `${host}:${port}`];
  const [first = program, ...rest] = inside ? ["ip", "netns", "exec", inside, ...line] : line;
  const child = spawn(first, rest, { env: { BIHUAN_FONTS: resolve(import.meta.dirname, "../../var/fonts"), ...process.env, RUST_LOG: "warn", ...days(ahead), ...environment }, stdio: ["ignore", "pipe", "pipe"] });
  let said = "";
  child.stdout.on("data", (text: Buffer) => { said += text.toString(); });
  child.stderr.on("data", (text: Buffer) => { said = (said + text.toString()).slice(-20_000); });
  const address = `${secure ? "https" : "http"}://${host}:${port}`;
  const until = Date.now() + 60_000;
  while (!said.includes(`:${port}`)) {
    if (child.exitCode !== null || Date.now() > until) {
      child.kill("SIGKILL");
      throw new Error(`the server did not start:\n${said}`);
    }
    await new Promise((later) => setTimeout(later, 50));
  }
  return { address, data, stop: () => stop(child, data), halt: () => halt(child) };
}

async function halt(child: ChildProcess): Promise<void> {
  if (child.exitCode === null) {
    const gone = new Promise((done) => child.once("exit", done));
    child.kill("SIGTERM");
    const late = setTimeout(() => child.kill("SIGKILL"), 20_000);
    await gone;
    clearTimeout(late);
  }
}

async function stop(child: ChildProcess, data: string): Promise<void> {
  await halt(child);
  if (!process.env.BIHUAN_KEEP) rmSync(resolve(data, ".."), { recursive: true, force: true });
}
