import { accountListSchema, type CompanyAccount } from "../../server/accounts/accounts-api.js";
import { request, withQuery } from "./client.js";

/** So many can be picked from; the others are found by their names. */
const PAGES = 5;

/** Companies, page by page, as one list. */
export async function allAccounts(signal: AbortSignal): Promise<{ readonly items: readonly CompanyAccount[] }> {
  const items: CompanyAccount[] = [];
  let cursor: string | null = "";
  for (let page = 0; page < PAGES && cursor !== null; page++) {
    const path: string = withQuery("/api/accounts", { limit: 200, cursor });
    const answer = await request(accountListSchema, path, { signal });
    items.push(...answer.items);
    cursor = answer.next;
  }
  return { items };
}
