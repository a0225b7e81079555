import type { SandboxReply, World } from "../system.js";
import { SALESFORCE_ACCOUNT } from "../sandbox-accounts.js";
import type { Row } from "./records.js";

export const INTEGRATION_USERNAME = "loopwright@northwind.example";

function users(world: World): Row[] {
  return world.collection<Row>("salesforce", "User").all();
}

export function userNamed(world: World, username: string): string | undefined {
  return users(world).find((row) => row["Username"] === username)?.Id;
}

export function integrationUser(world: World): string {
  const id = userNamed(world, INTEGRATION_USERNAME);
  if (!id) throw new Error("The sandbox's Salesforce has no users; it was not seeded.");
  return id;
}

const NO_TOKEN: SandboxReply = {
  status: 403,
  headers: { "Content-Type": "text/html; charset=UTF-8" },
  body: "Bad_OAuth_Token",
};

/** The identity URL of a token reply. Its refusal is plain text. Source: Salesforce Help, "Identity URLs". */
export function identity(world: World, userId: string | undefined, path: string): SandboxReply {
  const user = userId === undefined ? undefined : world.collection<Row>("salesforce", "User").get(userId);
  if (!user || !path.endsWith(`/${SALESFORCE_ACCOUNT.orgId}/${user.Id}`)) return NO_TOKEN;
  const origin = world.baseUrl("salesforce");
  const data = `${origin}/services/data/v{version}/`;
  return {
    status: 200,
    body: {
      id: `${origin}/id/${SALESFORCE_ACCOUNT.orgId}/${user.Id}`,
      asserted_user: true,
      user_id: user.Id,
      organization_id: SALESFORCE_ACCOUNT.orgId,
      username: user["Username"],
      nick_name: user["FirstName"],
      display_name: user["Name"],
      email: user["Email"],
      email_verified: true,
      first_name: user["FirstName"],
      last_name: user["LastName"],
      timezone: "Europe/Stockholm",
      active: true,
      user_type: "STANDARD",
      language: "en_US",
      locale: "en_GB",
      utcOffset: 3_600_000,
      last_modified_date: user.SystemModstamp,
      urls: { rest: data, sobjects: `${data}sobjects/`, query: `${data}query/`, recent: `${data}recent/` },
      is_app_installed: true,
    },
  };
}

/** OpenID Connect's view of the same user. */
export function userInfo(world: World, userId: string | undefined): SandboxReply {
  const user = userId === undefined ? undefined : world.collection<Row>("salesforce", "User").get(userId);
  if (!user) return NO_TOKEN;
  const origin = world.baseUrl("salesforce");
  return {
    status: 200,
    body: {
      sub: `${origin}/id/${SALESFORCE_ACCOUNT.orgId}/${user.Id}`,
      user_id: user.Id,
      organization_id: SALESFORCE_ACCOUNT.orgId,
      preferred_username: user["Username"],
      nickname: user["FirstName"],
      name: user["Name"],
      email: user["Email"],
      email_verified: true,
      given_name: user["FirstName"],
      family_name: user["LastName"],
      zoneinfo: "Europe/Stockholm",
      active: true,
      user_type: "STANDARD",
      language: "en_US",
      locale: "en_GB",
      utcOffset: 3_600_000,
      updated_at: user.SystemModstamp,
      is_app_installed: true,
    },
  };
}
