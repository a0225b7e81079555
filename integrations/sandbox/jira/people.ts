import { JIRA_ACCOUNT, PEOPLE } from "../sandbox-accounts.js";

export interface Person {
  readonly accountId: string;
  readonly accountType: "atlassian" | "app";
  readonly displayName: string;
  readonly email: string;
  readonly token: string;
  /** Sees project SUP only and may change nothing: for the 403 and 404 rows of the error table. */
  readonly guest: boolean;
}

function member(index: number, name: string, email: string, token: string): Person {
  const accountId = `712020:00000000-0000-4000-8000-${String(index).padStart(12, "0")}`;
  return { accountId, accountType: "atlassian", displayName: name, email, token, guest: false };
}

/** The account that the product uses. */
export const BOT = member(1, "Loopwright", JIRA_ACCOUNT.email, JIRA_ACCOUNT.apiToken);

export const GUEST: Person = {
  ...member(2, "Guest Reader", "guest@northwind.example", "sandbox-jira-guest-token"),
  guest: true,
};

/** Each person's API token is `sandbox-jira-<handle>`, so that the page can act as them. */
export const MEMBERS: readonly Person[] = [
  BOT,
  ...PEOPLE.map((person, index) => member(index + 3, person.name, person.email, `sandbox-jira-${person.handle}`)),
  GUEST,
];

export function personByName(displayName: string | null): Person | undefined {
  return MEMBERS.find((person) => person.displayName === displayName);
}

export function personById(accountId: string): Person | undefined {
  return MEMBERS.find((person) => person.accountId === accountId);
}
