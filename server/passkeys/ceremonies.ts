import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from "@simplewebauthn/server";
import { COSEALG, decodeAttestationObject, decodeClientDataJSON, isoBase64URL } from "@simplewebauthn/server/helpers";
import type { Assertion, NewCredential } from "./passkey-api.js";
import { CHALLENGE_MS } from "./passkey-challenges.js";
import type { PasskeyRow } from "./passkey-store.js";
import type { RelyingParty } from "../members/relying-party.js";

/** What platforms and keys make today. */
const ALGORITHMS = [COSEALG.EdDSA, COSEALG.ES256, COSEALG.RS256];

/** As the authenticator tells whom it signs in; of no use to anybody else. */
export const handleOf = (memberId: string): string => Buffer.from(memberId).toString("base64url");

interface Adding {
  readonly party: RelyingParty;
  readonly challenge: string;
  readonly member: { readonly id: string; readonly account: string; readonly name: string };
  readonly known: readonly PasskeyRow[];
}

/** Discoverable, so that nobody types an address, and with a fingerprint, face or PIN, so that no code is needed besides. */
export const creationOptions = ({ party, challenge, member, known }: Adding) =>
  generateRegistrationOptions({
    rpName: "Loopwright",
    rpID: party.id,
    userID: new Uint8Array(Buffer.from(member.id)),
    userName: member.account,
    userDisplayName: member.name,
    challenge: isoBase64URL.toBuffer(challenge),
    timeout: CHALLENGE_MS,
    attestationType: "none",
    excludeCredentials: known.map(({ credential_id: id, transports }) => ({ id, transports })),
    authenticatorSelection: { residentKey: "required", userVerification: "required" },
    supportedAlgorithmIDs: ALGORITHMS,
  });

export const requestOptions = (party: RelyingParty, challenge: string) =>
  generateAuthenticationOptions({
    rpID: party.id,
    challenge: isoBase64URL.toBuffer(challenge),
    timeout: CHALLENGE_MS,
    userVerification: "required",
  });

/** What the browser signed for, unproved. Throws where it cannot be read. */
export const clientDataOf = ({ response }: Assertion | NewCredential) => decodeClientDataJSON(response.clientDataJSON);

interface Ceremony {
  readonly party: RelyingParty;
  /** Taken already: it is good for this one alone. */
  readonly challenge: string;
}

/** Throws, or answers null, where anything is not as it must be. */
export async function verifyNew({ party, challenge }: Ceremony, credential: NewCredential) {
  refuseVouched(credential);
  const { transports, ...response } = credential.response;
  const { registrationInfo } = await verifyRegistrationResponse({
    response: { ...credential, response: { ...response, ...(transports && { transports }) } },
    ...{ expectedChallenge: challenge, expectedOrigin: party.origin, expectedRPID: party.id },
    requireUserVerification: true,
    supportedAlgorithmIDs: ALGORITHMS,
  });
  return registrationInfo?.credential ?? null;
}

/** Who makes the key is not asked, so nobody's certificates are read: the library would fetch what they name. */
function refuseVouched({ response }: NewCredential): void {
  const attestation = decodeAttestationObject(isoBase64URL.toBuffer(response.attestationObject));
  const format = attestation.get("fmt");
  const isSelfMade = format === "packed" && attestation.get("attStmt").get("x5c") === undefined;
  if (format !== "none" && !isSelfMade) throw new Error(`an attestation of the format ${format} was not asked for`);
}

/** The counter that it shows. Throws, or answers null, where anything is not as it must be. */
export async function verifyAssertion({ party, challenge }: Ceremony, assertion: Assertion, passkey: PasskeyRow) {
  const { credential_id: id, public_key: publicKey, counter } = passkey;
  const { verified, authenticationInfo } = await verifyAuthenticationResponse({
    response: assertion,
    ...{ expectedChallenge: challenge, expectedOrigin: party.origin, expectedRPID: party.id },
    requireUserVerification: true,
    credential: { id, publicKey: isoBase64URL.toBuffer(publicKey), counter },
  });
  return verified ? authenticationInfo.newCounter : null;
}
