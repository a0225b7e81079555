import type { World } from "../system.js";
import { SALESFORCE_ACCOUNT } from "../sandbox-accounts.js";
import { makeId } from "./ids.js";
import { escapeXml } from "./markup.js";
import type { Change, Row } from "./records.js";

/** The fields that the outbound message of each object was set up with. */
const MESSAGES: Readonly<Record<string, { readonly actionId: string; readonly fields: readonly string[] }>> = {
  Case: {
    actionId: makeId("04k", 1),
    fields: [
      "AccountId",
      "CaseNumber",
      "ContactId",
      "IsClosed",
      "Loopwright_Key__c",
      "OwnerId",
      "Priority",
      "Status",
      "Subject",
      "SystemModstamp",
    ],
  },
  Task: {
    actionId: makeId("04k", 2),
    fields: [
      "IsClosed",
      "Loopwright_Key__c",
      "OwnerId",
      "Priority",
      "Status",
      "Subject",
      "SystemModstamp",
      "WhatId",
      "WhoId",
    ],
  },
};

const MOST = 100;
const TIMEOUT_MS = 60_000;
const DAY_MS = 86_400_000;
const LONGEST_WAIT_MS = 7_200_000;

/** 30 s, doubling up to two hours, for a day. Source: public notes on outbound messaging; the guide says only "24 hours". */
const RETRY_AFTER_MS = waits(30_000, 0);

function waits(next: number, total: number): number[] {
  return total + next > DAY_MS ? [] : [next, ...waits(Math.min(next * 2, LONGEST_WAIT_MS), total + next)];
}

/** Sends changed cases and tasks to setting `salesforce.outboundMessageUrl`, at most 100 in a message, until it is answered with an Ack. */
export function sendOutboundMessages(world: World, changes: readonly Change[]): void {
  const url = world.setting("salesforce.outboundMessageUrl");
  if (!url) return;
  for (const sobject of Object.keys(MESSAGES)) {
    const ids = new Set(
      changes.filter((change) => change.sobject === sobject && change.kind !== "deleted").map(({ id }) => id),
    );
    for (const batch of batches([...ids])) world.schedule(0, () => send(world, url, { sobject, ids: batch }));
  }
}

function batches(ids: readonly string[]): string[][] {
  return Array.from({ length: Math.ceil(ids.length / MOST) }, (_unused, index) =>
    ids.slice(index * MOST, (index + 1) * MOST),
  );
}

async function send(
  world: World,
  url: string,
  { sobject, ids }: { sobject: string; ids: readonly string[] },
): Promise<void> {
  // The record as it is when it goes out, not as it was when it changed.
  const rows = ids.flatMap((id) => world.collection<Row>("salesforce", sobject).get(id) ?? []);
  if (rows.length === 0) return;
  await world.deliver({
    system: "salesforce",
    url,
    headers: { "Content-Type": "text/xml; charset=utf-8", SOAPAction: '""' },
    body: envelope(world, sobject, rows),
    timeoutMs: TIMEOUT_MS,
    retryAfterMs: RETRY_AFTER_MS,
    accepted: (status, body) => status === 200 && /<(?:\w+:)?Ack>\s*true\s*<\/(?:\w+:)?Ack>/.test(body),
  });
}

function envelope(world: World, sobject: string, rows: readonly Row[]): string {
  const origin = world.baseUrl("salesforce");
  const notifications = rows.map((row) => notification(world, sobject, row)).join("");
  return `<?xml version="1.0" encoding="UTF-8"?>
<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
 <soapenv:Body>
  <notifications xmlns="http://soap.sforce.com/2005/09/outbound">
   <OrganizationId>${SALESFORCE_ACCOUNT.orgId}</OrganizationId>
   <ActionId>${MESSAGES[sobject]?.actionId ?? ""}</ActionId>
   <SessionId xsi:nil="true"/>
   <EnterpriseUrl>${origin}/services/Soap/c/62.0/${SALESFORCE_ACCOUNT.orgId.slice(0, 15)}</EnterpriseUrl>
   <PartnerUrl>${origin}/services/Soap/u/62.0/${SALESFORCE_ACCOUNT.orgId.slice(0, 15)}</PartnerUrl>${notifications}
  </notifications>
 </soapenv:Body>
</soapenv:Envelope>`;
}

function notification(world: World, sobject: string, row: Row): string {
  const id = makeId("04l", world.nextNumber("salesforce_notification"));
  const given = (MESSAGES[sobject]?.fields ?? []).filter((name) => row[name] !== null && row[name] !== undefined);
  const values = given.map((name) => `\n     <sf:${name}>${escapeXml(soapValue(row[name]))}</sf:${name}>`).join("");
  return `
   <Notification>
    <Id>${id}</Id>
    <sObject xsi:type="sf:${sobject}" xmlns:sf="urn:sobject.enterprise.soap.sforce.com">
     <sf:Id>${row.Id}</sf:Id>${values}
    </sObject>
   </Notification>`;
}

function soapValue(value: unknown): string {
  return String(value).replace(/\+0000$/, "Z");
}
