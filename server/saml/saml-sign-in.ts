import { transact } from "../../workflows/ledger/transact.js";
import type { Db } from "../db/database.js";
import type { Log } from "../http/log.js";
import { enter, type EnterDependencies } from "../sign-in-providers/enter.js";
import { SignInRefusal, type RefusalReason } from "../sign-in-providers/sign-in-refusal.js";
import { signOnAddress } from "./authn-request.js";
import { publicKeyOf } from "./certificates.js";
import { readResponse } from "./read-response.js";
import { ownAddresses } from "./saml-addresses.js";
import type { SamlAnswer } from "./saml-api.js";
import * as attempts from "./saml-attempts.js";
import { must, SamlFailure, type FailureCode } from "./saml-failure.js";
import { links, providers } from "./saml-store.js";
import type { SamlProviderRow } from "./saml-tables.js";
import { openAnswer, sealAnswer, type Answered } from "./sealed-answer.js";

export interface SamlSignInDependencies extends EnterDependencies {
  readonly db: Db;
  readonly log: Pick<Log, "warn">;
  readonly publicUrl: string;
}

export interface Begun {
  readonly url: URL;
  /** For the cookie of whoever began. */
  readonly token: string;
}

/**
 * Sign-in that begins here, in three steps: the browser is led to the provider (`begin`); the provider's page posts its answer, which is
 * verified and kept (`answered`); the browser fetches what was kept for the attempt that it began (`finish`). Nothing happens to anybody
 * before the third: a post from another site carries no cookie of ours, so until then it is not known whose browser it is.
 * All throw a `SignInRefusal`, which says why nobody is signed in.
 */
export const createSamlSignIn = (own: SamlSignInDependencies) => ({
  begin: (workspaceId: string, returnTo: string): Promise<Begun> => begin(own, workspaceId, returnTo),
  answered: (answer: SamlAnswer): Promise<void> => answered(own, answer),
  /** The token of a new session, and where to. `token` is null where this browser began nothing. */
  finish: (token: string | null): Promise<{ session: string; returnTo: string }> => finish(own, token),
});

export type SamlSignIn = ReturnType<typeof createSamlSignIn>;

async function begin(own: SamlSignInDependencies, workspaceId: string, returnTo: string): Promise<Begun> {
  const provider = await providers.find(own.db, workspaceId);
  if (!provider) throw new SignInRefusal("no_provider");
  const token = await transact(own.db, (tx) => attempts.beginAttempt(tx, { workspaceId, returnTo }));
  const { relay, requestId: id } = attempts.namesOf(token);
  const asked = { id, relay, signOnUrl: provider.sign_on_url, now: new Date() };
  return { token, url: signOnAddress({ ...asked, ...ownAddresses(own.publicUrl) }) };
}

const OUR_RELAY = /^[\w-]{43}$/;

async function answered(own: SamlSignInDependencies, { SAMLResponse, RelayState = "" }: SamlAnswer): Promise<void> {
  if (!OUR_RELAY.test(RelayState)) throw new SignInRefusal("unsolicited");
  // Nothing is read that answers no attempt of ours.
  const attempt = await attempts.findAttempt(own.db, RelayState);
  if (!attempt) throw new SignInRefusal("attempt_gone");
  const provider = await providers.find(own.db, attempt.workspaceId);
  if (!provider) throw new SignInRefusal("no_provider");
  const { issuer } = provider;
  const { entityId: audience, acsUrl: recipient } = ownAddresses(own.publicUrl);
  const expected = { issuer, audience, recipient, requestId: attempts.requestIdOf(RelayState), now: attempt.now };
  const claimed = told(own, provider, () =>
    readResponse(decoded(SAMLResponse), { ...expected, keys: provider.certificates.map(publicKeyOf) }),
  );
  const sealed = sealAnswer(RelayState, { issuer, claimed });
  if (!(await transact(own.db, (tx) => attempts.storeAnswer(tx, RelayState, sealed))))
    throw new SignInRefusal("attempt_gone");
}

/** Base64 in which lines may be broken, of UTF-8. */
function decoded(base64 = ""): string {
  const packed = base64.replaceAll(/\s/g, "");
  must(/^[A-Za-z0-9+/]+={0,2}$/.test(packed), "not_a_form");
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(Buffer.from(packed, "base64"));
  } catch (cause) {
    throw new SamlFailure("not_xml", { cause });
  }
}

/** The visitor reads what it means for them; the codes are for whoever runs Loopwright. */
function told<Result>({ log }: SamlSignInDependencies, provider: SamlProviderRow, work: () => Result): Result {
  const { workspace_id: workspaceId, label } = provider;
  try {
    return work();
  } catch (cause) {
    const code = cause instanceof SamlFailure ? cause.code : "unexpected";
    log.warn({ workspaceId, code }, "A sign-in by the SAML provider failed");
    throw new SignInRefusal(reasons[code] ?? "answer_refused", { label, cause });
  }
}

const reasons: Partial<Readonly<Record<FailureCode | "unexpected", RefusalReason>>> = {
  status: "provider_refused",
  passing_name: "no_lasting_name",
};

async function finish(own: SamlSignInDependencies, token: string | null) {
  const attempt = token === null ? null : await transact(own.db, (tx) => attempts.takeAnswered(tx, token));
  if (!attempt || token === null) throw new SignInRefusal("attempt_gone");
  const given = openAnswer(attempts.namesOf(token).relay, attempt.answer);
  return { session: await entered(own, attempt.workspaceId, given), returnTo: attempt.returnTo };
}

async function entered(
  own: SamlSignInDependencies,
  workspaceId: string,
  { issuer, claimed }: Answered,
): Promise<string> {
  const { result, label } = await transact(own.db, async (tx) => {
    const provider = await providers.lock(tx, workspaceId);
    if (provider?.issuer !== issuer) throw new SignInRefusal("no_provider");
    const entering = { kind: "saml", provider, links, claimed } as const;
    return { label: provider.label, result: await enter(own, tx, entering) };
  });
  if (typeof result !== "string") throw new SignInRefusal(result.reason, { label });
  return result;
}
