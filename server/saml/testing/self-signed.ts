import { generateKeyPairSync, sign, X509Certificate, type KeyObject } from "node:crypto";

/** A key of a provider's, and the certificate that it gives itself. Both PEM. */
export interface SigningKey {
  readonly privateKey: string;
  readonly certificate: string;
}

export interface Lifetime {
  readonly from: Date;
  readonly until: Date;
}

const USUAL: Lifetime = { from: new Date("2026-01-01T00:00:00Z"), until: new Date("2049-01-01T00:00:00Z") };

export function makeSigningKey(kind: "rsa" | "weak" | "ec" = "rsa", lifetime = USUAL): SigningKey {
  const { privateKey, publicKey } =
    kind === "ec"
      ? generateKeyPairSync("ec", { namedCurve: "P-256" })
      : generateKeyPairSync("rsa", { modulusLength: kind === "weak" ? 1_024 : 2_048 });
  // PEM is asked for, and PEM is a text.
  const pem = privateKey.export({ type: "pkcs8", format: "pem" }) as string;
  return { privateKey: pem, certificate: selfSigned({ privateKey, publicKey }, lifetime) };
}

interface Pair {
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
}

/** RFC 5280 section 4.1, as little of it as a certificate needs: Node reads them, but makes none. */
function selfSigned({ privateKey: key, publicKey }: Pair, { from, until }: Lifetime): string {
  const algorithm = der(0x30, key.asymmetricKeyType === "ec" ? ECDSA_SHA256 : RSA_SHA256);
  const name = der(
    0x30,
    der(0x31, der(0x30, der(0x06, Buffer.from([0x55, 0x04, 0x03])), der(0x0c, Buffer.from("idp")))),
  );
  const validity = der(0x30, utcTime(from), utcTime(until));
  const signed = der(
    0x30,
    ...[der(0xa0, der(0x02, Buffer.from([2]))), der(0x02, Buffer.from([1]))],
    ...[algorithm, name, validity, name, publicKey.export({ type: "spki", format: "der" })],
  );
  const signature = der(0x03, Buffer.from([0]), sign("sha256", signed, key));
  return new X509Certificate(der(0x30, signed, algorithm, signature)).toString();
}

const RSA_SHA256 = Buffer.from("06092a864886f70d01010b0500", "hex");
const ECDSA_SHA256 = Buffer.from("06082a8648ce3d040302", "hex");

const utcTime = (date: Date): Buffer =>
  der(0x17, Buffer.from(`${date.toISOString().slice(2, 19).replaceAll(/[-:T]/g, "")}Z`));

function der(tag: number, ...parts: readonly Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  const { length } = content;
  const head = length < 0x80 ? [tag, length] : [tag, 0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from(head), content]);
}
