/** Speaking to the server as a program does: signing in, asking, telling. */
export class Client {
  private cookie = "";
  constructor(readonly address: string) {}

  static async signedIn(address: string, account: string, password: string): Promise<Client> {
    const client = new Client(address);
    await client.post("/api/v1/session", { account, password });
    return client;
  }

  get cookies(): string { return this.cookie; }

  async ask<T>(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<T> {
    const answer = await fetch(this.address + path, {
      method,
      headers: { ...(this.cookie ? { cookie: this.cookie } : {}), origin: this.address, ...(body !== undefined ? { "content-type": "application/json" } : {}), ...headers },
      ...(body !== undefined ? { body: typeof body === "string" ? body : JSON.stringify(body) } : {}),
    });
    const given = answer.headers.getSetCookie().map((it) => it.split(";")[0]).filter((it) => it !== undefined);
    if (given.length > 0) this.cookie = given.join("; ");
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
    return (text ? JSON.parse(text) : undefined) as T;
  }
  get<T>(path: string): Promise<T> { return this.ask<T>("GET", path); }
  post<T>(path: string, body: unknown, headers?: Record<string, string>): Promise<T> { return this.ask<T>("POST", path, body, headers); }
}
