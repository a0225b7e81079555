import { expect } from "vitest";
import { z } from "zod";
import { demoSettings } from "../../../integrations/generic/index.js";
import { accountListSchema } from "../../accounts/accounts-api.js";
import type { Role } from "../../members/member-api.js";
import type { SaveTeam } from "../../members/team-api.js";
import type { Client } from "../../testing/http.js";
import { connect, post, publishFlow, type FlowHandle } from "../../testing/product-front.js";
import type { Product } from "./product.js";
import { CX } from "./slack.js";
import { aMember, makeTeam, type SomeMember } from "./teams.js";

/** One thing that somebody said, with all that rules may ask of it. */
export interface Row {
  /** A word that stands nowhere else: where it is read, the row was shown. */
  readonly mark: string;
  readonly at: "first" | "second";
  readonly account: string | null;
  readonly region: string | null;
  readonly level: number | string | null;
}
export interface PostedRow extends Row {
  readonly ids: readonly string[];
  readonly runIds: readonly string[];
}

/** Above whom each account stands. */
const ABOVE: Readonly<Record<string, string | null>> = { Holding: null, North: "Holding", Shop: "North", Rival: null };
export const TIER: Readonly<Record<string, string>> = { Shop: "key", Rival: "key" };

export const said: readonly Row[] = [
  { mark: "Quokka", at: "first", account: "Holding", region: "EMEA", level: 2 },
  { mark: "Numbat", at: "first", account: "North", region: "US", level: "2" },
  { mark: "Bilby", at: "first", account: "Shop", region: "EMEA", level: 1 },
  { mark: "Dunnart", at: "first", account: "Rival", region: "EMEA", level: null },
  { mark: "Potoroo", at: "first", account: null, region: "US", level: 2 },
  { mark: "Wallaby", at: "first", account: "North", region: null, level: null },
  { mark: "Quoll", at: "second", account: "Shop", region: "US", level: 2 },
  { mark: "Kowari", at: "second", account: "Rival", region: "US", level: null },
  { mark: "Bettong", at: "second", account: null, region: null, level: null },
  { mark: "Phascogale", at: "second", account: "Holding", region: "EMEA", level: 2 },
];

export type Rule = Partial<Pick<SaveTeam, "flowIds" | "sourceIds" | "segment" | "accountIds">>;

const attributes = { region: "$.region", level: "$.level" };
export const mapping = { ...demoSettings.mapping, account: "$.account", attributes };
const field = (path: string) => `{{ ${path} | default: "nothing" }}`;

export interface SaidRows {
  readonly rows: readonly PostedRow[];
  readonly flows: Readonly<Record<Row["at"], FlowHandle>>;
  readonly accounts: Readonly<Record<string, string>>;
}

/** Two flows that ask about everything; all rows posted to them, and their accounts put below each other. */
export async function saySome(product: Product, api: Client): Promise<SaidRows> {
  const connectionId = await connect(api, product.sandbox, "slack");
  const asking = {
    ...{ connectionId, channel: CX, title: `About ${field("feedback.comment")}?`, text: "?" },
    expiresAfter: { amount: 1, unit: "days" },
  };
  const drawing = {
    nodes: [
      ["ask", "approval", asking],
      ["over", "end", { outcome: "asked" }],
    ],
    edges: "start > ask, ask:approved > over, ask:rejected > over, ask:expired > over",
  } as const;
  const flows = {
    first: await publishFlow(api, "First", drawing, { mapping }),
    second: await publishFlow(api, "Second", drawing, { mapping }),
  };
  const rows = await Promise.all(said.map((row) => saying(flows[row.at], row)));
  return { rows, flows, accounts: await placedAccounts(api) };
}

async function saying(flow: FlowHandle, row: Row): Promise<PostedRow> {
  const { mark, account, region, level } = row;
  const more = { ...(account && { account }), ...(region && { region }), ...(level !== null && { level }) };
  const { eventId, runIds } = await post(flow, { responseId: mark, comment: `${mark} was seen`, ...more });
  expect([mark, runIds.length]).toEqual([mark, 1]);
  return { ...row, ids: [eventId ?? "", ...runIds], runIds };
}

async function placedAccounts(api: Client): Promise<Readonly<Record<string, string>>> {
  const lines = Object.entries(ABOVE).map(([name, parent]) => ({
    ...{ name, parent },
    attributes: { tier: TIER[name] ?? "low" },
  }));
  const imported = await api("POST", "/api/accounts/import", { accounts: lines });
  expect(imported, imported.text).toMatchObject({ status: 200, json: { made: 0, placed: 2 } });
  const { items } = accountListSchema.parse((await api("GET", "/api/accounts?limit=200")).json);
  return Object.fromEntries(items.map(({ id, name }): [string, string] => [name ?? "", id]));
}

/** In a team for each rule. */
export async function aMemberOf(
  product: Product,
  api: Client,
  rules: readonly Rule[],
  role: Role = "publisher",
): Promise<SomeMember> {
  const member = await aMember(product, api, role);
  for (const [place, rule] of rules.entries())
    await makeTeam(api, { ...rule, name: `Team ${String(place)} of ${member.id}`, memberIds: [member.id] });
  return member;
}

export const marksIn = (text: string): string[] =>
  said
    .map(({ mark }) => mark)
    .filter((mark) => text.includes(mark))
    .toSorted();
export const marksOf = (some: readonly Row[]): string[] => some.map(({ mark }) => mark).toSorted();

export const isBelow = (account: string | null, above: string): boolean =>
  account !== null && (account === above || isBelow(ABOVE[account] ?? null, above));

export const region = (...oneOf: string[]) => ({ segment: [{ field: "feedback.attributes.region", oneOf }] });
export const accountsBelow = ({ accounts }: SaidRows, ...names: string[]) => ({
  accountIds: names.map((name) => accounts[name] ?? ""),
});

/** All pages of a list, as text. */
export async function pagesOf(as: Client, path: string): Promise<string> {
  const texts: string[] = [];
  let cursor: string | null = "";
  while (cursor !== null) {
    const query: string = `${path.includes("?") ? "&" : "?"}limit=3${cursor && `&cursor=${cursor}`}`;
    const { status, text, json } = await as("GET", path + query);
    expect(status, text).toBe(200);
    texts.push(text);
    cursor = z.object({ next: z.string().nullable() }).parse(json).next;
  }
  return texts.join("\n");
}
