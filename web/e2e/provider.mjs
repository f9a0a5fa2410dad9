/**
 * A real identity provider for the tests (panva's oidc-provider), on the loopback: it believes whatever name is typed.
 *
 * Prints its issuer when it listens. `PROVIDER_REDIRECT` is the one address it sends people back to.
 */
import console from "node:console";
import process from "node:process";
import { URL } from "node:url";
import Provider from "oidc-provider";

const port = Number(process.env.PROVIDER_PORT);
const issuer = process.env.PROVIDER_ISSUER ?? `http://127.0.0.1:${port}`;
const provider = new Provider(issuer, {
  clients: [{
    client_id: "bihuan", client_secret: "a-secret-for-the-tests-alone", redirect_uris: [process.env.PROVIDER_REDIRECT],
    post_logout_redirect_uris: [new URL("/desk/", process.env.PROVIDER_REDIRECT).href],
    response_types: ["code"], grant_types: ["authorization_code"], token_endpoint_auth_method: "client_secret_basic",
  }],
  cookies: { keys: ["a-key-for-the-tests-alone"] },
  pkce: { required: () => true },
  claims: { openid: ["sub", "amr"], profile: ["name", "preferred_username"] },
  conformIdTokenClaims: false,
  features: { devInteractions: { enabled: true }, rpInitiatedLogout: { enabled: true } },
  ttl: { Session: 600, Grant: 600, Interaction: 600, AccessToken: 60, IdToken: 60, AuthorizationCode: 60 },
  // `name+subject`: two subjects that claim the same account.
  findAccount: (_context, id) => ({
    accountId: id,
    claims: () => ({ sub: id, name: `测试${id.split("+")[0]}`, preferred_username: id.split("+")[0] }),
  }),
});
// Its page for tests knows no second factor: whose name ends in `+mfa` is taken to have used one (RFC 8176).
const { loginAccount } = provider.Session.prototype;
provider.Session.prototype.loginAccount = function byHowMany(details) {
  return loginAccount.call(this, { ...details, amr: details.accountId?.endsWith("+mfa") ? ["pwd", "mfa"] : ["pwd"] });
};
provider.listen(port, "127.0.0.1", () => console.log(issuer));
