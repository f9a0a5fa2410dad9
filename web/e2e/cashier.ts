/** A payment provider on the loopback that speaks APIv3 (模拟支付渠道), written from the protocol and not from our program: no money moves. */
import { createCipheriv, generateKeyPairSync, randomBytes, sign, verify } from "node:crypto";
import { writeFileSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";

interface Order { total: number; notify: string; transaction?: string }

export class Cashier {
  readonly orders = new Map<string, Order>();
  /** Days that this provider's clock is ahead of the machine's. */
  ahead = 0;
  private readonly seal = randomBytes(16).toString("hex");
  private readonly own = generateKeyPairSync("rsa", { modulusLength: 2048 });
  private readonly merchant = generateKeyPairSync("rsa", { modulusLength: 2048 });
  private readonly server = createServer((request, response) => { void this.answer(request, response); });

  async listen(): Promise<void> { await new Promise<void>((ready) => this.server.listen(0, "127.0.0.1", ready)); }
  close(): void { this.server.close(); }

  /** Lays keys and settings into a folder; the settings' path. */
  settings(folder: string, publicBase: string): string {
    const keep = (name: string, text: string) => { const path = join(folder, name); writeFileSync(path, text, { mode: 0o600 }); return path; };
    const { port } = this.server.address() as AddressInfo;
    return keep("payment.json", JSON.stringify({
      code: "loopback", base: `http://127.0.0.1:${port}`, app: "wx-test", merchant: "1900000109", merchant_serial: "M1", provider_serial: "P1", public_base: publicBase,
      merchant_key_file: keep("merchant.pem", this.merchant.privateKey.export({ type: "pkcs8", format: "pem" }).toString()),
      provider_key_file: keep("provider.pem", this.own.publicKey.export({ type: "spki", format: "pem" }).toString()), seal_key_file: keep("seal.key", this.seal),
    }));
  }

  private now(): number { return Date.now() + this.ahead * 86_400_000; }

  private signed(body: string): Record<string, string> {
    const [timestamp, nonce] = [String(Math.floor(this.now() / 1000)), randomBytes(12).toString("hex")];
    const signature = sign("sha256", Buffer.from(`${timestamp}\n${nonce}\n${body}\n`), this.own.privateKey).toString("base64");
    return { "content-type": "application/json", "wechatpay-timestamp": timestamp, "wechatpay-nonce": nonce, "wechatpay-serial": "P1", "wechatpay-signature": signature };
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let body = "";
    for await (const chunk of request) body += String(chunk);
    const reply = (status: number, of: object) => { const text = JSON.stringify(of); response.writeHead(status, this.signed(text)); response.end(text); };
    const part = (name: string) => new RegExp(`${name}="([^"]*)"`).exec(request.headers.authorization ?? "")?.[1] ?? "";
    const text = `${request.method}\n${request.url}\n${part("timestamp")}\n${part("nonce_str")}\n${body}\n`;
    if (!verify("sha256", Buffer.from(text), this.merchant.publicKey, Buffer.from(part("signature"), "base64"))) { reply(401, { code: "SIGN_ERROR" }); return; }
    const no = /out-trade-no\/([^?]+)/.exec(request.url ?? "")?.[1];
    const order = no ? this.orders.get(no) : undefined;
    if (request.method === "POST" && request.url === "/v3/pay/transactions/native") {
      const wanted = JSON.parse(body) as { out_trade_no: string; notify_url: string; amount: { total: number } };
      this.orders.set(wanted.out_trade_no, { total: wanted.amount.total, notify: wanted.notify_url });
      reply(200, { code_url: `weixin://wxpay/bizpayurl?pr=${wanted.out_trade_no}` });
    } else if (no && order) reply(200, order.transaction ? this.told(no, order) : { mchid: "1900000109", out_trade_no: no, trade_state: "NOTPAY" });
    else reply(404, { code: "NOT_FOUND" });
  }

  private told(no: string, order: Order): object {
    return { mchid: "1900000109", out_trade_no: no, transaction_id: order.transaction, trade_state: "SUCCESS", success_time: new Date(this.now()).toISOString(), amount: { total: order.total, currency: "CNY" } };
  }

  /** Somebody pays the newest order; the city is told. Answers the status of the city's answer. */
  async pay(): Promise<number> {
    const [no, order] = [...this.orders].at(-1) ?? [];
    if (!no || !order) throw new Error("nobody ordered anything");
    order.transaction ??= `4200${Date.now()}`;
    const nonce = randomBytes(6).toString("hex");
    const cipher = createCipheriv("aes-256-gcm", Buffer.from(this.seal), Buffer.from(nonce)).setAAD(Buffer.from("transaction"));
    const sealed = Buffer.concat([cipher.update(JSON.stringify(this.told(no, order))), cipher.final(), cipher.getAuthTag()]).toString("base64");
    const body = JSON.stringify({ id: randomBytes(8).toString("hex"), event_type: "TRANSACTION.SUCCESS", resource: { algorithm: "AEAD_AES_256_GCM", ciphertext: sealed, nonce, associated_data: "transaction" } });
    return (await fetch(order.notify, { method: "POST", headers: this.signed(body), body })).status;
  }
}
