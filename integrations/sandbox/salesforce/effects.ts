import type { World } from "../system.js";
import { text } from "./json.js";
import type { Change, Row } from "./records.js";

/** A created effect row stands for the record it names; a created record may carry the key itself. */
export function recordEffects(world: World, changes: readonly Change[]): void {
  for (const { sobject, id } of changes.filter(({ kind }) => kind === "created")) {
    const row = world.collection<Row>("salesforce", sobject).get(id);
    const isEffect = sobject === "Loopwright_Effect__c";
    const key = text(row?.[isEffect ? "Key__c" : "Loopwright_Key__c"]);
    const externalId = isEffect ? (text(row?.["Record_Id__c"]) ?? id) : id;
    if (key)
      world.recordEffect({
        system: "salesforce",
        key,
        externalId,
        url: `${world.baseUrl("salesforce")}/${externalId}`,
      });
  }
}
