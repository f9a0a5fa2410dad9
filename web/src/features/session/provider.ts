/** What coming back from the city's identity provider says in the page's address. */

/** The address asks for the one-time code. */
export const askCode = "totp-required";

const words: Record<string, string> = {
  "oidc-off": "这里没有启用统一身份认证，请用账号和密码登录。",
  "oidc-unavailable": "统一身份认证暂时连不上，请稍后再试，或用账号和密码登录。",
  "oidc-misconfigured": "统一身份认证的设置与对方不符，请告知系统管理员，或用账号和密码登录。",
  "oidc-refused": "统一身份认证没有通过这次登录，请重新登录。",
  "oidc-untrusted": "统一身份认证的应答不可信，已拒绝。请重新登录；仍不行请告知系统管理员。",
  "oidc-state-unknown": "这次登录已经过期或已经用过，请重新登录。",
  "oidc-account-unknown": "这个身份在本系统没有账号，请联系系统管理员。",
  "oidc-account-disabled": "账号已停用，请联系系统管理员。",
  "oidc-account-linked": "这个账号已经与统一身份认证的另一个身份关联，请联系系统管理员。",
};

/** What the address says, taken out of it, so that a reload does not say it again. */
export function cameBack(): { second: boolean; problem: string | null } {
  const url = new URL(location.href);
  const code = url.searchParams.get("sign-in");
  if (code === null) return { second: false, problem: null };
  url.searchParams.delete("sign-in");
  history.replaceState(history.state, "", url);
  if (code === askCode) return { second: true, problem: null };
  return { second: false, problem: words[code] ?? "登录没有完成，请重试。" };
}
