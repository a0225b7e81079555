import type { CopyCall, CopyErased } from "../connector.js";
import { ConnectorError } from "../outcome.js";
import { openSalesforce } from "./client.js";
import type { SalesforceConfig, SalesforceSecret } from "./config.js";
import type { Creation } from "./create-once.js";
import { sobjectPath } from "./soql.js";

const GONE = ["ENTITY_IS_DELETED", "NOT_FOUND"];

/**
 * DELETE /sobjects/{object}/{id}: the record goes to the recycle bin, where administrators can see it for 15 days.
 * @see https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/dome_delete_record.htm
 */
export const eraseRecord =
  (object: Creation["object"]) =>
  async (copy: CopyCall<SalesforceConfig, SalesforceSecret>): Promise<CopyErased> => {
    const client = await openSalesforce(copy);
    try {
      await client.delete(sobjectPath(object, copy.externalId));
      return { copy: "deleted", remains: "salesforce_recycle_bin" };
    } catch (error) {
      if (error instanceof ConnectorError && GONE.includes(error.code)) return { copy: "gone" };
      throw error;
    }
  };
