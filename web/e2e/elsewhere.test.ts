/** The phone's page from another host: over TLS by a certificate authority of the test's own, across a network, then without one. */
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createHash } from "node:crypto";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { launch, person, phoneSize } from "./browser";
import { createAdministrator, newFolder, start, type Server } from "./server";

const space = `bihuan-${process.pid}`;
const [near, far] = [`bh${process.pid % 100000}a`, `bh${process.pid % 100000}b`];
const host = `10.${200 + (process.pid % 50)}.7.2`;
const here = host.replace(/2$/, "1");
const run = (line: string) => { const [program = "", ...rest] = line.split(" "); execFileSync(program, rest, { stdio: "pipe" }); };

const permitted = process.getuid?.() === 0 && spawnSync("ip", ["netns", "add", space]).status === 0;
if (!permitted) console.log("skipped: another host needs `ip netns`, which only root may make here");
let server: Server;
let keys: string;

beforeAll(async () => {
  if (!permitted) return;
  run(`ip link add ${near} type veth peer name ${far} netns ${space}`);
  run(`ip addr add ${here}/30 dev ${near}`);
  run(`ip link set ${near} up`);
  run(`ip -n ${space} addr add ${host}/30 dev ${far}`);
  run(`ip -n ${space} link set ${far} up`);
  run(`ip -n ${space} link set lo up`);
  keys = mkdtempSync(join(tmpdir(), "bihuan-keys-"));
  const at = (name: string) => join(keys, name);
  run(`openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=test-authority -keyout ${at("ca.key")} -out ${at("ca.pem")}`);
  run(`openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /CN=${host} -keyout ${at("server.key")} -out ${at("server.csr")}`);
  execFileSync("bash", ["-c", `openssl x509 -req -in ${at("server.csr")} -CA ${at("ca.pem")} -CAkey ${at("ca.key")} -CAcreateserial -days 2 -extfile <(echo subjectAltName=IP:${host}) -out ${at("server.pem")}`], { stdio: "pipe" });
  const data = newFolder("elsewhere");
  createAdministrator(data);
  server = await start({ data, host, inside: space, secure: true, environment: { BIHUAN_TLS_CERT: at("server.pem"), BIHUAN_TLS_KEY: at("server.key") } });
});
afterAll(async () => {
  await server?.stop();
  if (permitted) run(`ip netns del ${space}`);
  if (keys) rmSync(keys, { recursive: true, force: true });
});

test.skipIf(!permitted)("the phone's page can be installed, and opens again without network", async () => {
  // Chromium trusts exactly the test's key, as a phone trusts its bureau's authority.
  const key = execFileSync("bash", ["-c", `openssl x509 -in ${join(keys, "server.pem")} -pubkey -noout | openssl pkey -pubin -outform der`]);
  const browser = await launch([`--ignore-certificate-errors-spki-list=${createHash("sha256").update(key).digest("base64")}`]);
  try {
    const { page, context } = await person(browser, "far phone", server.address, phoneSize);
    await page.goto("/phone/");
    await page.getByRole("heading", { name: "闭环外勤" }).waitFor();
    expect(await page.evaluate(() => isSecureContext)).toBe(true);
    await page.waitForFunction(async () => (await navigator.serviceWorker.getRegistration("/phone/"))?.active?.state === "activated");

    const devtools = await context.newCDPSession(page);
    const manifest = (await devtools.send("Page.getAppManifest")) as { errors: unknown[]; data?: string };
    expect(manifest.errors).toEqual([]);
    const words = JSON.parse(manifest.data ?? "{}") as { name: string; display: string; start_url: string; icons: { sizes: string }[] };
    expect(words.display).toBe("standalone");
    expect(words.icons.map((it) => it.sizes)).toEqual(expect.arrayContaining(["192x192", "512x512"]));
    const faults = (await devtools.send("Page.getInstallabilityErrors")) as { installabilityErrors: { errorId: string }[] };
    // A test's window is a private one, which Chromium never installs from; nothing else may stand against it.
    expect(faults.installabilityErrors.map((it) => it.errorId).filter((it) => it !== "in-incognito")).toEqual([]);

    // Once more with network, now through the service worker; then the line itself is cut.
    // A worker that is slow to start on a busy machine lets the network answer that one time.
    await expect.poll(async () => { await page.reload(); return page.evaluate(() => navigator.serviceWorker.controller !== null); }, { timeout: 30_000 }).toBe(true);
    run(`ip link set ${near} down`);
    await context.setOffline(true);
    await page.reload();
    await page.getByRole("heading", { name: "闭环外勤" }).waitFor();
    await page.getByText("没有网络").first().waitFor();
  } finally {
    await browser.close();
  }
});
