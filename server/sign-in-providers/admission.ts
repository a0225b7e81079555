import type { Claimed } from "./claimed.js";

/** Why somebody whom the provider vouches for is not let in. */
export type AdmissionRefusal =
  "put_out" | "no_email" | "email_unverified" | "foreign_domain" | "linked_elsewhere" | "unknown_member";

export type Admission =
  | { readonly kind: "enter"; readonly memberId: string }
  /** Their first time: from now on the subject counts, not the address. */
  | { readonly kind: "link"; readonly memberId: string }
  | { readonly kind: "make"; readonly email: string }
  | { readonly kind: "refuse"; readonly reason: AdmissionRefusal; readonly memberId?: string };

interface Known {
  readonly id: string;
  readonly active: boolean;
}

export interface Applicant {
  readonly claimed: Claimed;
  /** The member whom this subject is linked to. */
  readonly linked: Known | undefined;
  /** The member who has this address, and whether they came in as another subject of this issuer before. */
  readonly known: (Known & { readonly isLinked: boolean }) | undefined;
  readonly rules: { readonly domains: readonly string[]; readonly makesMembers: boolean };
}

/** A linked subject is its member, whatever its address is now; an address counts once, where the provider has verified it. */
export function admit({ claimed, linked, known, rules }: Applicant): Admission {
  if (linked) return enter(linked, "enter");
  const { email, isVerified } = claimed;
  if (email === null) return { kind: "refuse", reason: "no_email" };
  if (!isVerified) return { kind: "refuse", reason: "email_unverified" };
  if (!isOfDomain(email, rules.domains)) return { kind: "refuse", reason: "foreign_domain" };
  if (known?.isLinked) return { kind: "refuse", reason: "linked_elsewhere", memberId: known.id };
  if (known) return enter(known, "link");
  return rules.makesMembers ? { kind: "make", email } : { kind: "refuse", reason: "unknown_member" };
}

const enter = ({ id, active }: Known, kind: "enter" | "link"): Admission =>
  active ? { kind, memberId: id } : { kind: "refuse", reason: "put_out", memberId: id };

const isOfDomain = (email: string, domains: readonly string[]): boolean =>
  domains.length === 0 || domains.includes(email.slice(email.lastIndexOf("@") + 1).toLowerCase());
