import { sql } from "kysely";
import { beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { transact } from "../../workflows/ledger/transact.js";
import { SCHEMA_VERSION } from "../../workflows/flow/schema.js";
import { uuidv7 } from "../../workflows/ledger/uuid.js";
import { roleSchema, type Role } from "../members/member-api.js";
import { insertWorkspace } from "../members/member-store.js";
import type { Permission } from "../members/permission-api.js";
import { may, permissions } from "../members/permissions.js";
import { insertRequest } from "../oversight/request-store.js";
import { noAnswers } from "../oversight/testing/answers.js";
import { clientOf, type Client } from "../testing/http.js";
import { createView } from "../views/views.js";
import { apiAs, readOpenApi } from "./testing/clients.js";
import { makeTeam, NO_LIMITS } from "./testing/teams.js";
import { useProduct } from "./testing/use-product.js";

const { product } = useProduct({ worker: false });

interface Cell {
  readonly method: string;
  readonly path: string;
  readonly access: string;
  readonly hasBody: boolean;
}

/** Ids of the demo's own rows, by the name of a path's parameter. */
let ids: Readonly<Record<string, string>>;
let routes: readonly Cell[];
let elsewhere: string;
const roles = roleSchema.options;

beforeAll(async () => {
  const { paths } = await readOpenApi(product.url);
  routes = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      method: method.toUpperCase(),
      path,
      access: operation["x-access"],
      hasBody: operation.requestBody !== undefined,
    })),
  );
  elsewhere = await transact(product.database.db, (tx) => insertWorkspace(tx, "Elsewhere"));
  ids = await ownIds();
});

async function ownIds(): Promise<Readonly<Record<string, string>>> {
  const { db } = product.database;
  const one = async (table: string): Promise<string> => {
    const { rows } = await sql<{ id: string }>`select id from ${sql.table(table)} limit 1`.execute(db);
    return rows[0]?.id ?? "";
  };
  const { rows: runs } = await sql<{ id: string; node_id: string }>`
    select run.id, effect.node_id from run join effect on effect.owner_id = run.id limit 1`.execute(db);
  return {
    ...(await aVersion()),
    ...{ runId: runs[0]?.id ?? (await one("run")), nodeId: runs[0]?.node_id ?? "post" },
    ...{ connectionId: await one("connection"), sourceId: await one("source"), memberId: await one("member") },
    ...{
      tokenId: await one("api_token"),
      sessionId: uuidv7(),
      passkeyId: uuidv7(),
      quarantineId: uuidv7(),
      testId: uuidv7(),
      tabId: uuidv7(),
      picker: "channels",
    },
    ...{ contactId: await one("contact"), erasureId: await anErasure(await one("contact")) },
    teamId: await aTeam(await one("member")),
    accountId: await one("account"),
    requestId: await aToolRequest(),
    viewId: await aView(),
    ...{ holdId: await aHold(await one("source")) },
    ...{ file: "swagger-ui.css", name: "User" },
  };
}

/** A flow with one of its own versions. */
async function aVersion(): Promise<{ readonly flowId: string; readonly versionId: string }> {
  const { rows } = await sql<{ flowId: string; versionId: string }>`
    select id as "flowId", version_id as "versionId" from flow where version_id is not null limit 1`.execute(
    product.database.db,
  );
  return rows[0] ?? missing("versionId");
}

/** Asked for, and never begun: no worker runs. */
async function anErasure(contactId: string): Promise<string> {
  const admin = await apiAs(product, "admin");
  const { json } = await admin("POST", "/api/privacy/erasures", { contactIds: [contactId] });
  return z.object({ id: z.uuid() }).parse(json).id;
}

/** Somebody is in it: who may not see it is not told so. */
const aTeam = async (memberId: string): Promise<string> =>
  makeTeam(await apiAs(product, "admin"), { name: "A team", memberIds: [memberId] });

/** Nobody decides on it here. */
async function aToolRequest(): Promise<string> {
  const { db } = product.database;
  const { workspaceId, adminId: askedBy } = product.runtime.installation;
  const said = { kind: "source", name: "Survey", purpose: "Ask", why: "To know", lawfulBasis: "consent" } as const;
  return transact(db, (tx) =>
    insertRequest(tx, { ...said, dataClasses: ["scores"], dataSubjects: ["customers"], workspaceId, askedBy }),
  );
}

async function aView(): Promise<string> {
  const { db } = product.database;
  const { workspaceId, adminId: id } = product.runtime.installation;
  const admin = { workspaceId, kind: "member", id, role: "admin" } as const;
  const wanted = { page: "runs", name: "Stuck", filter: { state: "stuck" }, shared: false } as const;
  return (await transact(db, (tx) => createView(tx, admin, wanted))).id;
}

async function aHold(sourceId: string): Promise<string> {
  const admin = await apiAs(product, "admin");
  const { json } = await admin("POST", "/api/privacy/holds", {
    about: { kind: "source", id: sourceId },
    reason: "A claim",
  });
  return z.object({ id: z.uuid() }).parse(json).id;
}

const clientFor = (role: Role, workspaceId?: string): Promise<Client> => apiAs(product, role, workspaceId);

const fill = (path: string, values: Readonly<Record<string, string>>): string =>
  path.replaceAll(/\{(\w+)\}/g, (_whole, name: string) => values[name] ?? missing(name));

function missing(name: string): never {
  throw new Error(`The test knows no id for {${name}}: add one to ownIds.`);
}

const nowhere = () => Object.fromEntries(Object.keys(ids).map((name) => [name, /Id$/.test(name) ? uuidv7() : "none"]));

/** A stream never ends: its status is enough. */
const isStream = ({ path }: Cell): boolean => path === "/api/live";

async function statusOf(client: Client, cell: Cell, values: Readonly<Record<string, string>>): Promise<number> {
  return (await client(cell.method, fill(cell.path, values), cell.hasBody ? bodyOf(cell) : undefined)).status;
}

/** What makes sense to a route, so that it goes on to look for what is named: refusing nonsense proves nothing. */
const bodyOf = ({ method, path }: Cell): object => bodies.find(([end]) => `${method} ${path}`.endsWith(end))?.[1] ?? {};

const bodies: readonly (readonly [end: string, body: object])[] = [
  ["/feedback/search", { on: false }],
  ["/teams/{teamId}", { ...NO_LIMITS, name: "Ours now" }],
  ["/accounts/{accountId}", { parentId: null }],
  ["/accounts/import", { accounts: [] }],
  ["/draft", { draft: { schemaVersion: SCHEMA_VERSION, retiredIds: [], nodes: [], edges: [] }, revision: 0 }],
  ["/publish", { revision: 0 }],
  ["/flow-files", { file: "schema: 1\nflow: Ours\nsteps: {}\n...\n" }],
  ["/tests", { name: "Ours", event: { kind: "madeUp", feedback: { metric: "nps" } } }],
  ["/try", { event: { kind: "madeUp", feedback: { metric: "nps" } } }],
  [
    "/preview",
    {
      draft: { schemaVersion: SCHEMA_VERSION, retiredIds: [], nodes: [], edges: [] },
      nodeId: "a",
      responseId: uuidv7(),
    },
  ],
  [
    "/real-steps",
    {
      ...{ key: "a key of one's own", nodeId: "start", revision: 0, at: new Date().toISOString() },
      event: { kind: "madeUp", feedback: { metric: "nps" } },
      shown: { connectionId: uuidv7(), url: "", input: {} },
    },
  ],
  ["/skip", { output: "next" }],
  ["/settle", { externalId: "x", url: null }],
  ["/flows/{flowId}", { name: "Ours now" }],
  ["/requests/{requestId}/decline", { reason: "No" }],
  ["/requests/{requestId}/link", { thingId: uuidv7() }],
  ["PUT /api/oversight/sources/{sourceId}", noAnswers],
  ["PUT /api/oversight/connections/{connectionId}", noAnswers],
  ["/sources/{sourceId}", { name: "Ours now" }],
  ["/samples", { sample: "promoter" }],
  ["/connections/{connectionId}", { name: "Ours now" }],
  ["/members/{memberId}", { role: "viewer" }],
  ["/passkeys/{passkeyId}", { name: "Ours now" }],
  [
    "PUT /scim/v2/Users/{memberId}",
    { schemas: ["urn:ietf:params:scim:schemas:core:2.0:User"], userName: "ours@now.example", active: true },
  ],
  [
    "PATCH /scim/v2/Users/{memberId}",
    {
      schemas: ["urn:ietf:params:scim:api:messages:2.0:PatchOp"],
      Operations: [{ op: "replace", path: "active", value: true }],
    },
  ],
  ["/contacts/{contactId}", { name: "Ours now" }],
  ["/merge", { contactId: uuidv7() }],
  ["/unmerge", { contactId: uuidv7() }],
  ["/choices", { restricted: true, consents: [], objections: [] }],
];

const UUID = /^[0-9a-f]{8}-[0-9a-f-]{27}$/;

const isPermission = (access: string): access is Permission => access in permissions;

/** What the table says: a role may pass, or is refused before anything else is looked at. */
function mayPass({ access }: Cell, role: Role): boolean {
  return access === "member" || (isPermission(access) && may(role, access));
}

describe("every route", () => {
  it("is reached by the roles that its permission names, and by nobody else", async () => {
    const asked = routes.filter((cell) => cell.access !== "public" && cell.access !== "signed" && !isStream(cell));
    expect(asked.length).toBeGreaterThan(50);
    const wrong: string[] = [];
    for (const role of roles) {
      const client = await clientFor(role);
      for (const cell of asked) {
        const { status, json } = await client(cell.method, fill(cell.path, nowhere()), cell.hasBody ? {} : undefined);
        const code = z.object({ code: z.string() }).safeParse(json).data?.code;
        const refused = status === 401 || (status === 403 && code !== "sessions_only");
        if (refused === mayPass(cell, role))
          wrong.push(`${role} ${cell.method} ${cell.path} ${cell.access}: ${status}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  it("refuses who is nobody, with a wrong token or none", async () => {
    const strangers = [clientOf(product.url, {}), clientOf(product.url, { authorization: "Bearer lwt_wrong" })];
    for (const cell of routes.filter(({ access }) => access !== "public" && access !== "signed"))
      for (const stranger of strangers)
        expect([cell.method, cell.path, await statusOf(stranger, cell, nowhere())]).toEqual([
          cell.method,
          cell.path,
          401,
        ]);
  });

  it("that names a thing does not find another workspace's, for any role of it", async () => {
    const named = routes.filter(
      ({ path, access }) => /\{\w+Id\}/.test(path) && access !== "public" && access !== "signed",
    );
    expect(named.length).toBeGreaterThan(20);
    const before = await counts();
    const found: string[] = [];
    for (const role of roles) {
      const client = await clientFor(role, elsewhere);
      for (const cell of named) {
        const status = await statusOf(client, cell, ids);
        // 403 for what asks for a session: a token has no account.
        const told = mayPass(cell, role) ? [404, ...(cell.access === "member" ? [403] : [])] : [403];
        if (!told.includes(status)) found.push(`${role} ${cell.method} ${cell.path}: ${status}`);
      }
    }
    expect(found).toEqual([]);
    expect(await counts()).toEqual(before);
  });

  it("that lists things lists none of another workspace", async () => {
    const admin = await clientFor("admin", elsewhere);
    const lists = routes.filter(
      ({ method, path, access }) => method === "GET" && !path.includes("{") && isPermission(access),
    );
    for (const cell of lists.filter(
      (one) => !["/api/audit/export", "/api/oversight/export", "/metrics"].includes(one.path),
    )) {
      const { json, status } = await admin("GET", cell.path);
      expect([cell.path, status]).toEqual([cell.path, 200]);
      const text = JSON.stringify(json);
      const named = Object.values(ids).filter((id) => UUID.test(id) && text.includes(id));
      expect([cell.path, named]).toEqual([cell.path, []]);
    }
  });
});

/** Nothing of ours may have come or gone. */
async function counts(): Promise<unknown> {
  const { rows } = await sql`
    select (select count(*) from flow where deleted_at is null) as flows, (select count(*) from connection) as connections,
      (select count(*) from source) as sources, (select count(*) from run_fact) as facts,
      (select array_agg(state order by id) from connection) as states`.execute(product.database.db);
  return rows[0];
}
