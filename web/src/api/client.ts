/**
 * The one door to the server: every page's request goes through here.
 *
 * Turns problem+json into `Problem`, tells listeners when the session ended, and carries versions (`If-Match`) and
 * idempotency keys.
 */
import { asProblem, Problem } from "./problem";
import type { ProblemBody } from "./contract";

export const API = "/api/v1";

type Scalar = string | number | boolean;
export type Query = Record<string, Scalar | readonly string[] | null | undefined>;

export interface RequestOptions {
  query?: Query | undefined;
  /** JSON by default; FormData and Blob are sent as they are. */
  body?: unknown;
  /** Version of the docket that the person saw, sent as `If-Match`. */
  version?: number | undefined;
  idempotencyKey?: string | undefined;
  signal?: AbortSignal | undefined;
  headers?: Record<string, string> | undefined;
  /** The request goes on when the page is gone; browsers take at most 64 KiB so. */
  keepalive?: boolean | undefined;
}

const signedOut = new Set<() => void>();

/** Calls `listener` when the server says that nobody is signed in; returns the way to stop listening. */
export function onSignedOut(listener: () => void): () => void {
  signedOut.add(listener);
  return () => signedOut.delete(listener);
}

export function address(path: string, query?: object): string {
  const search = new URLSearchParams();
  for (const [key, value] of Object.entries((query ?? {}) as Query)) {
    if (value === undefined || value === null || value === "") continue;
    const text = Array.isArray(value) ? value.join(",") : String(value);
    if (text !== "") search.set(key, text);
  }
  const tail = search.toString();
  return `${API}${path}${tail ? `?${tail}` : ""}`;
}

/** Sends a request and gives back the raw answer; a failure is thrown as `Problem`. */
export async function send(method: string, path: string, options: RequestOptions = {}): Promise<Response> {
  const headers = new Headers({ Accept: "application/json, application/problem+json", ...options.headers });
  let body: BodyInit | undefined;
  if (options.body instanceof FormData) {
    body = options.body;
  } else if (options.body instanceof Blob) {
    body = options.body;
    if (!headers.has("Content-Type")) headers.set("Content-Type", options.body.type || "application/octet-stream");
  } else if (options.body !== undefined) {
    body = JSON.stringify(options.body);
    headers.set("Content-Type", "application/json");
  }
  if (options.version !== undefined) headers.set("If-Match", `"${options.version}"`);
  if (options.idempotencyKey) headers.set("Idempotency-Key", options.idempotencyKey);

  let response: Response;
  try {
    response = await fetch(address(path, options.query), {
      method, headers, body: body ?? null, credentials: "same-origin", signal: options.signal ?? null, keepalive: options.keepalive ?? false,
    });
  } catch (error) {
    throw asProblem(error);
  }
  if (response.ok) return response;
  const problem = await problemOf(response);
  // A wrong password is an answer to the person at the sign-in form, not the end of a session.
  if (problem.status === 401 && problem.code === "not-signed-in") for (const listener of signedOut) listener();
  throw problem;
}

async function problemOf(response: Response): Promise<Problem> {
  const fallback: ProblemBody = { status: response.status, code: `http-${response.status}` };
  if (!(response.headers.get("Content-Type") ?? "").includes("json")) return new Problem(fallback);
  try {
    const body = (await response.json()) as Partial<ProblemBody>;
    return new Problem({ ...fallback, ...body, status: response.status });
  } catch {
    return new Problem(fallback);
  }
}

async function json<T>(method: string, path: string, options?: RequestOptions): Promise<T> {
  const response = await send(method, path, options);
  if (response.status === 204) return undefined as T;
  const text = await response.text();
  return (text === "" ? undefined : JSON.parse(text)) as T;
}

export const get = <T>(path: string, query?: object, signal?: AbortSignal): Promise<T> =>
  json<T>("GET", path, { query: query as Query | undefined, signal });
export const post = <T>(path: string, body?: unknown, options: Omit<RequestOptions, "body"> = {}): Promise<T> =>
  json<T>("POST", path, { ...options, body: body ?? {} });
export const put = <T>(path: string, body: unknown, options: Omit<RequestOptions, "body"> = {}): Promise<T> =>
  json<T>("PUT", path, { ...options, body });
export const patch = <T>(path: string, body: unknown, options: Omit<RequestOptions, "body"> = {}): Promise<T> =>
  json<T>("PATCH", path, { ...options, body });
export const remove = <T = void>(path: string, body?: unknown): Promise<T> => json<T>("DELETE", path, { body });
