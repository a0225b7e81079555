import { sql } from "kysely";
import { expect, test } from "vitest";
import { createHeadSigner } from "../audit/head-signer.js";
import { signEndsNow } from "../audit/heads-file.js";
import { auditHeadsFile } from "../config.js";
import { demoSettings } from "../../integrations/generic/index.js";
import { keksOf } from "./keks-of.js";
import { refuseMissingKeys } from "./missing-keys.js";
import { createRuntime } from "../runtime.js";
import { tombstonesOf } from "../upkeep.js";
import { runCommand } from "../command-line/run-command.js";
import { finished } from "../front-door/testing/runs.js";
import { useProduct } from "../front-door/testing/use-product.js";
import { openClientSecret, sealClientSecret } from "../oidc/oidc-secret.js";
import { createKek } from "../privacy/kek.js";
import { createVault } from "../privacy/vault.js";
import { createWorkspaceKeys } from "../privacy/workspace-keys.js";
import { connect, deeds, post, publishFlow, type FlowHandle } from "../testing/product-front.js";

const { product, api } = useProduct({ demo: false });

/** The command line, as a process of its own would read the keys. */
const command = (words: string, tell: (line: string) => void = () => undefined): Promise<string> => {
  const { databaseUrl, dataDir, port } = product.runtime.config;
  const environment = { DATABASE_URL: databaseUrl, LOOPWRIGHT_DATA_DIR: dataDir, PORT: String(port) };
  return runCommand(words.split(" "), environment, { tell });
};

/** Dies after its first batch. */
const cutOff = (words: string): Promise<unknown> => {
  const dying = command(words, () => {
    throw new Error("killed in the middle");
  });
  return expect(dying).rejects.toThrow("killed in the middle");
};

let flow: FlowHandle | undefined;
async function aFlow(): Promise<FlowHandle> {
  const connectionId = await connect(api, product.sandbox, "jira");
  const act = deeds.jira(connectionId, '{{ feedback.comment | default: "nothing" }}');
  flow ??= await publishFlow(api, "Under way", { nodes: [["issue", "action", act]], edges: "start > issue" });
  return flow;
}

interface Said {
  readonly runId: string;
  readonly comment: string;
}

/** Events one after another, until it is told to end; at least one begins after that. Every run must have ended well. */
function traffic(handle: FlowHandle): { end(): Promise<readonly Said[]> } {
  const said: Said[] = [];
  const stopping = new AbortController();
  async function one(): Promise<void> {
    const comment = `Number ${said.length} of ${handle.flowId.slice(-12)}`;
    const { status, runIds } = await post(handle, { comment, email: `p${said.length}@example.com`, name: "Jane" });
    expect({ status, runs: runIds.length }).toEqual({ status: 202, runs: 1 });
    said.push({ runId: runIds[0] ?? "", comment });
  }
  const running = (async () => {
    while (!stopping.signal.aborted) await one();
    await one();
  })();
  return {
    async end() {
      stopping.abort();
      await running;
      for (const { runId } of said) {
        const { effects } = await finished(api, runId);
        expect(effects.map(({ state }) => state)).toEqual(["done"]);
      }
      return said;
    },
  };
}

/** What a process that starts now reads of it. */
async function readAnew({ runId }: Said): Promise<unknown> {
  const { db } = product.database;
  const vault = createVault(createWorkspaceKeys(createKek(await keksOf(product.runtime.config), ["workspace-key"])));
  const { rows } = await sql<{ id: string; comment: Buffer }>`
    select revision.id, comment from revision join run on run.revision_id = revision.id where run.id = ${runId}`.execute(
    db,
  );
  const [cell] = await vault.open(
    db,
    rows.map(({ id, comment }) => ({ sealed: comment, place: `revision.comment|${id}` })),
  );
  return cell?.erased === false ? cell.value : null;
}

/** Every cell of any table that begins with a key's id. */
async function cellsUnder(kekId: string): Promise<string[]> {
  const { db } = product.database;
  const { rows: columns } = await sql<{ table: string; column: string }>`
    select table_name as table, column_name as column from information_schema.columns
    where table_schema = 'public' and data_type = 'bytea'`.execute(db);
  const found: string[] = [];
  for (const { table, column } of columns) {
    const { rows } = await sql<{ cells: number }>`
      select count(*)::int as cells from ${sql.table(table)}
      where substring(${sql.ref(column)} from 1 for 8) = ${Buffer.from(kekId, "hex")}`.execute(db);
    if ((rows[0]?.cells ?? 0) > 0) found.push(`${table}.${column}`);
  }
  return found;
}

/** Of whom no flow hears, and whose keys are more than one batch. */
async function aCrowd(): Promise<void> {
  const { json } = await api("POST", "/api/sources", { name: "Crowd", kind: "generic", settings: demoSettings });
  const source = json as FlowHandle;
  await Promise.all(Array.from({ length: 120 }, (_, n) => post(source, { email: `crowd${n}@example.com` })));
}

/** A sign-in provider, and its secret as it is read later. */
async function aProvider(): Promise<() => Promise<string>> {
  const { db } = product.database;
  const { installation, envelope } = product.runtime;
  const { workspaceId } = installation;
  await sql`
    insert into oidc_provider (workspace_id, issuer, client_id, client_secret, label, domains, makes_members, first_role, changed_at)
    values (${workspaceId}, 'https://id.example', 'us', ${sealClientSecret(envelope, workspaceId, "the provider's")}, 'Us',
      '{}', false, 'viewer', now())`.execute(db);
  return async () => {
    const { rows } = await sql<{ sealed: Buffer }>`select client_secret as sealed from oidc_provider`.execute(db);
    return openClientSecret(envelope, workspaceId, rows[0]!.sealed);
  };
}

const nameOfErased = async (): Promise<string> => (await tombstonesOf(product.runtime)).nameOf("somebody");

const secretsOf = async (): Promise<readonly string[]> => {
  const { rows } = await sql<{ cell: string }>`
    select encode(secret_inbound, 'hex') as cell from connection union all
    select encode(secret_outbound, 'hex') from connection union all
    select encode(secrets, 'hex') from source order by 1`.execute(product.database.db);
  return rows.map(({ cell }) => cell);
};

const retired = async (): Promise<{ keys: number; wrap: number }> => {
  const { rows } = await sql<{ keys: number; wrap: number }>`
    select (select count(*)::int from workspace_key where retired_at is not null) as keys,
      (select count(*)::int from subject_key join workspace_key on workspace_key.id = workspace_key_id
       where retired_at is not null) as wrap`.execute(product.database.db);
  return rows[0] ?? { keys: -1, wrap: -1 };
};

const toldByAudit = async (action: string): Promise<number> =>
  ((await api("GET", `/api/audit?action=${action}`)).json as { items: unknown[] }).items.length;

test("the KEK changes while events come in: cut off and asked again, nothing is under the old one, and it can be taken away", async () => {
  const handle = await aFlow();
  const [first] = await traffic(handle).end();
  const before = product.runtime.kek.id;
  const tombstone = await nameOfErased();
  const clientSecret = await aProvider();
  const under = traffic(handle);

  const signer = createHeadSigner(product.runtime.kek.seed("audit-head"));
  const headsFile = auditHeadsFile(product.runtime.config);
  await signEndsNow({ db: product.database.db, signer, headsFile });
  await cutOff("keys rotate-kek");
  expect(product.runtime.kek.id).not.toBe(before);
  expect((await cellsUnder(before)).length).toBeGreaterThan(0);
  expect(await command("keys status")).toMatch(new RegExp(`KEK ${before}, before, 0 days old: wraps \\w`));
  await expect(command(`keys drop-kek ${before}`)).rejects.toThrow("Let `keys rotate-kek` finish first");
  // What is made meanwhile is wrapped by the new key at once.
  const meanwhile = await publishFlow(api, "Meanwhile", {
    nodes: [["issue", "action", deeds.jira(await connect(api, product.sandbox, "jira"))]],
    edges: "start > issue",
  });

  expect(await command("keys rotate-kek")).toContain(`Everything is wrapped by ${product.runtime.kek.id}`);
  expect(await cellsUnder(before)).toEqual([]);
  await under.end();
  await traffic(meanwhile).end();
  expect(await command("keys status")).toContain(`KEK ${before}, before, 0 days old: wraps nothing`);
  expect(await toldByAudit("keys.kek_rotated")).toBe(1);

  expect(await command(`keys drop-kek ${before}`)).toContain("is gone");
  const fresh = createKek(await keksOf(product.runtime.config), []);
  expect(fresh.ids()).toEqual([product.runtime.kek.id]);
  await refuseMissingKeys(product.database.db, fresh);
  expect(await readAnew(first!)).toBe(first!.comment);
  expect(await clientSecret()).toBe("the provider's");
  // What lies outside the database is still known by its names.
  expect(await nameOfErased()).toBe(tombstone);
  expect(await command("audit verify")).toMatch(
    /^My workspace: \d+ events(, \d+ not chained yet)?, \d+ signed ends\. The chain is whole\.$/,
  );
});

test("a start without a key that is needed is refused: with what it wraps, where it belongs and what to do", async () => {
  const { config, kek, log } = product.runtime;
  const other = Buffer.alloc(32, 7);
  const start = createRuntime({ ...config, kek: other.toString("base64") }, log);
  await expect(start).rejects.toThrow(
    new RegExp(
      `The key ${kek.id} is not here, but it wraps connections \\(\\d+\\), keys of the installation \\(1\\), sign-in providers \\(1\\), sources \\(\\d+\\), workspace keys \\(\\d+\\)` +
        `[^]*Held are ${createKek(other, []).id}\\. Put what is missing back into LOOPWRIGHT_KEK_PREVIOUS, and start again`,
    ),
  );
  const keksBefore = [(await keksOf(config)).held()[0]!.toString("base64")];
  await (await createRuntime({ ...config, kek: other.toString("base64"), keksBefore }, log)).close();
});

test("workspace keys change while events come in: what a person said before and meanwhile is read, and the old keys wrap nothing", async () => {
  const handle = await aFlow();
  const [first] = await traffic(handle).end();
  await aCrowd();
  const under = traffic(handle);
  await cutOff("keys rotate --what workspace");
  const halfway = await retired();
  await command("keys rotate --what workspace");
  const said = await under.end();
  // Cut off and asked again is one rotation.
  expect({ halfway: halfway.keys, ...(await retired()) }).toEqual({ halfway: 1, keys: 1, wrap: 0 });
  for (const one of [first!, ...said]) expect(await readAnew(one)).toBe(one.comment);
  expect(await toldByAudit("keys.rotated")).toBe(1);
  expect(await command("keys status")).toMatch(
    /My workspace: key [\w-]{36}, in use, 0 days old: wraps \d+ keys of people/,
  );
});

test("secrets of connections and sources get new data keys while events come in, and go on working", async () => {
  const handle = await aFlow();
  const under = traffic(handle);
  const before = await secretsOf();
  await cutOff("keys rotate --what connections");
  await command("keys rotate --what connections");
  await under.end();
  await traffic(handle).end();
  const after = await secretsOf();
  expect(after).toHaveLength(before.length);
  expect(after.filter((cell) => before.includes(cell))).toEqual([]);
});
