import { Secret, TOTP } from "otpauth";

/** RFC 6238 with what every authenticator app expects: SHA-1, six digits, thirty seconds. */
const KIND = { issuer: "Loopwright", algorithm: "SHA1", digits: 6, period: 30 } as const;
/** A clock that is off by one step is forgiven. */
const WINDOW = 1;

export interface NewSecret {
  /** Base 32. */
  readonly secret: string;
  /** otpauth://…, as apps read it with a camera. */
  readonly uri: string;
}

export function newTotpSecret(label: string): NewSecret {
  const secret = new Secret({ size: 20 });
  return { secret: secret.base32, uri: new TOTP({ ...KIND, label, secret }).toString() };
}

/** The step that this code stands for, milliseconds of `now` in steps of thirty seconds; null where it is wrong. */
export function stepOfCode(secret: string, code: string, now: number): number | null {
  const delta = new TOTP({ ...KIND, secret: Secret.fromBase32(secret) }).validate({
    token: code,
    timestamp: now,
    window: WINDOW,
  });
  return delta === null ? null : Math.floor(now / 1000 / KIND.period) + delta;
}
