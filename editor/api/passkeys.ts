import { startAuthentication, startRegistration } from "@simplewebauthn/browser";
import type {
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
} from "@simplewebauthn/browser";
import { emptySchema } from "../../server/http/common-api.js";
import { ceremonyOptionsSchema, passkeySchema, type Passkey } from "../../server/passkeys/passkey-api.js";
import { request } from "./client.js";

interface NewPasskey {
  readonly name: string;
  readonly current: string;
}

/** Asks the server what to make, the browser to make it, and the server to keep it. */
export async function addPasskey({ name, current }: NewPasskey): Promise<Passkey> {
  const options = await request(ceremonyOptionsSchema, "/api/account/passkeys/options", {
    method: "POST",
    body: current === "" ? {} : { current },
  });
  // The server writes what WebAuthn says and nothing else; the browser refuses what it cannot read.
  const optionsJSON = options as unknown as PublicKeyCredentialCreationOptionsJSON;
  const credential = await startRegistration({ optionsJSON });
  return request(passkeySchema, "/api/account/passkeys", { method: "POST", body: { name, credential } });
}

/** The session is in a cookie afterwards. */
export async function signInByPasskey(): Promise<void> {
  const options = await request(ceremonyOptionsSchema, "/api/sign-in/passkey/options", { method: "POST" });
  // As above.
  const optionsJSON = options as unknown as PublicKeyCredentialRequestOptionsJSON;
  const assertion = await startAuthentication({ optionsJSON });
  await request(emptySchema, "/api/sign-in/passkey", { method: "POST", body: assertion });
}
