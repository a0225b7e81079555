import { isIP } from "node:net";

/** Whom a passkey is made for (WebAuthn section 5.1.3): a host name, and the one origin whose pages may ask for it. */
export interface RelyingParty {
  readonly id: string;
  readonly origin: string;
}

/** Null where browsers know no passkeys: at an IP address, and over plain http anywhere but on `localhost`. */
export function relyingPartyOf(publicUrl: string): RelyingParty | null {
  const { hostname, origin, protocol } = new URL(publicUrl);
  if (isIP(hostname) > 0 || hostname.startsWith("[")) return null;
  return protocol === "https:" || hostname === "localhost" ? { id: hostname, origin } : null;
}
