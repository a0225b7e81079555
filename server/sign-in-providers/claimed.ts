/** Who a provider says somebody is. */
export interface Claimed {
  readonly subject: string;
  readonly email: string | null;
  /** The provider answers for it that mail to this address reaches them. */
  readonly isVerified: boolean;
  readonly name: string;
}

const NAME_LENGTH = 120;

/** The first that says anything. */
export const nameOf = (candidates: readonly (string | undefined)[]): string =>
  (candidates.find((one) => one !== undefined && one.trim() !== "") ?? "").trim().slice(0, NAME_LENGTH);
