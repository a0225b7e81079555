import { createHash, generateKeyPairSync, randomBytes, sign, type KeyObject } from "node:crypto";
import { z } from "zod";
import type { Assertion, NewCredential } from "../passkey-api.js";
import { cbor, type Cbor } from "./cbor.js";

const creationSchema = z.looseObject({
  challenge: z.string(),
  rp: z.object({ id: z.string(), name: z.string() }),
  user: z.looseObject({ id: z.string() }),
});
const requestSchema = z.looseObject({ challenge: z.string(), rpId: z.string() });

/** A key on a device: real cryptography, no device. */
export interface TestPasskey {
  readonly id: string;
  readonly userHandle: string;
  readonly key: KeyObject;
  counter: number;
}

/** What the browser or the device says; told otherwise, it lies. */
export interface Lies {
  readonly origin?: string;
  readonly rpId?: string;
  readonly isVerified?: boolean;
  readonly challenge?: string;
  readonly userHandle?: string;
  readonly counter?: number;
  readonly crossOrigin?: boolean;
  readonly type?: string;
  /** Instead of "none", which is all that is asked for. */
  readonly attestation?: { readonly fmt: string; readonly attStmt: Cbor };
  /** Another key than the passkey's own. */
  readonly key?: KeyObject;
}

export const ORIGIN = "http://localhost:4000";

/** As `navigator.credentials.create` answers (WebAuthn section 6.5.4: the attestation "none"). */
export function makePasskey(options: unknown, lies: Lies = {}): { passkey: TestPasskey; credential: NewCredential } {
  const { challenge, rp, user } = creationSchema.parse(options);
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const rawId = randomBytes(32);
  const passkey = { id: rawId.toString("base64url"), userHandle: user.id, key: privateKey, counter: 0 };
  const length = Buffer.from([rawId.length >> 8, rawId.length & 0xff]);
  const attested = Buffer.concat([Buffer.alloc(16), length, rawId, coseKey(publicKey)]);
  const authData = authenticatorData({ rpId: rp.id, counter: 0, lies, attested });
  const attestationObject = cbor([
    ["fmt", lies.attestation?.fmt ?? "none"],
    ["attStmt", lies.attestation?.attStmt ?? []],
    ["authData", authData],
  ]);
  return {
    passkey,
    credential: {
      ...envelopeOf(passkey.id),
      response: {
        clientDataJSON: clientData({ type: "webauthn.create", challenge, lies }).toString("base64url"),
        attestationObject: attestationObject.toString("base64url"),
        transports: ["internal"],
      },
    },
  };
}

/** As `navigator.credentials.get` answers. */
export function showPasskey(passkey: TestPasskey, options: unknown, lies: Lies = {}): Assertion {
  const { challenge, rpId } = requestSchema.parse(options);
  passkey.counter += 1;
  const authData = authenticatorData({ rpId, counter: passkey.counter, lies });
  const client = clientData({ type: "webauthn.get", challenge, lies });
  const signature = sign("sha256", Buffer.concat([authData, sha256(client)]), lies.key ?? passkey.key);
  return {
    ...envelopeOf(passkey.id),
    response: {
      clientDataJSON: client.toString("base64url"),
      authenticatorData: authData.toString("base64url"),
      signature: signature.toString("base64url"),
      userHandle: lies.userHandle ?? passkey.userHandle,
    },
  };
}

const envelopeOf = (id: string) => ({ id, rawId: id, type: "public-key", clientExtensionResults: {} }) as const;

const sha256 = (data: Buffer | string): Buffer => createHash("sha256").update(data).digest();

interface Said {
  readonly type: string;
  readonly challenge: string;
  readonly lies: Lies;
}

const clientData = ({ type, challenge, lies }: Said): Buffer =>
  Buffer.from(
    JSON.stringify({
      type: lies.type ?? type,
      challenge: lies.challenge ?? challenge,
      origin: lies.origin ?? ORIGIN,
      crossOrigin: lies.crossOrigin ?? false,
    }),
  );

const FLAGS = { present: 0x01, verified: 0x04, attested: 0x40 } as const;

interface Data {
  readonly rpId: string;
  readonly counter: number;
  readonly lies: Lies;
  readonly attested?: Buffer;
}

/** WebAuthn section 6.1. */
function authenticatorData({ rpId, counter, lies, attested }: Data): Buffer {
  const flags = FLAGS.present | (lies.isVerified === false ? 0 : FLAGS.verified) | (attested ? FLAGS.attested : 0);
  const fixed = Buffer.alloc(5);
  fixed.writeUInt8(flags, 0);
  fixed.writeUInt32BE(lies.counter ?? counter, 1);
  return Buffer.concat([sha256(lies.rpId ?? rpId), fixed, attested ?? Buffer.alloc(0)]);
}

/** RFC 9053: an elliptic curve key (1: 2) for ES256 (3: -7) on P-256 (-1: 1), with x and y. */
function coseKey(key: KeyObject): Buffer {
  const { x = "", y = "" } = key.export({ format: "jwk" });
  return cbor([
    [1, 2],
    [3, -7],
    [-1, 1],
    [-2, Buffer.from(x, "base64url")],
    [-3, Buffer.from(y, "base64url")],
  ]);
}
