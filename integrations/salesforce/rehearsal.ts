import type { HttpRequest } from "../http.js";
import { answered, SECRET, type Rehearsal } from "../rehearsal.js";
import type { SalesforceConfig } from "./config.js";

/** Ids as Salesforce has them, eighteen characters, which say what they stand for. */
const CONTACT = { Id: "003ContactLookedUp", AccountId: "001AccountLookedUp" };
const IDENTITY = "https://login.salesforce.com/id/00DxxxxxxxxxxxxEAA/005xxxxxxxxxxxxAAA";

/** Signs in by a secret, which needs no key; knows one contact, who has every address; nothing was written before. */
export const salesforceRehearsal: Rehearsal<SalesforceConfig> = {
  config: (config) => ({ ...config, grant: "client_credentials" }),
  secret: { clientSecret: SECRET },
  answer: ({ method, url }: HttpRequest, { loginUrl, instanceUrl }) => {
    const { pathname, searchParams } = new URL(url);
    if (pathname.endsWith("/oauth2/token"))
      return { access_token: SECRET, instance_url: new URL(instanceUrl ?? loginUrl).origin, id: IDENTITY };
    if (method !== "GET") return null;
    const isContact = searchParams.get("q")?.includes("FROM Contact") ?? false;
    return isContact ? { records: [CONTACT] } : answered(404, [{ errorCode: "NOT_FOUND", message: "Not found" }]);
  },
};
