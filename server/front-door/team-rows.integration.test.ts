import { sql } from "kysely";
import { beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { demoSettings } from "../../integrations/generic/index.js";
import { transact } from "../../workflows/ledger/transact.js";
import { until } from "../../workflows/testing/until.js";
import { formGroups } from "../employees/employee-groups.js";
import { feedbackListSchema } from "../feedback/feedback-api.js";
import type { Role } from "../members/member-api.js";
import { startSession } from "../members/sessions.js";
import { teamSchema, type SaveTeam } from "../members/team-api.js";
import { clientOf, type Client } from "../testing/http.js";
import { connect, post, postRaw, publishFlow, type FlowHandle } from "../testing/product-front.js";
import { walkAnswers } from "../testing/walk-answers.js";
import { readOpenApi } from "./testing/clients.js";
import { CX } from "./testing/slack.js";
import { useProduct } from "./testing/use-product.js";

const { product, api } = useProduct({ demo: false });

/** One thing that somebody said, with all that rules may ask of it. */
interface Row {
  /** A word that stands nowhere else: where it is read, the row was shown. */
  readonly mark: string;
  readonly at: "first" | "second";
  readonly account: string | null;
  readonly region: string | null;
  readonly level: number | string | null;
}
interface PostedRow extends Row {
  readonly ids: readonly string[];
  readonly runIds: readonly string[];
}

/** Above whom each account stands. */
const ABOVE: Readonly<Record<string, string | null>> = { Holding: null, North: "Holding", Shop: "North", Rival: null };
const TIER: Readonly<Record<string, string>> = { Shop: "key", Rival: "key" };

const said: readonly Row[] = [
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
let rows: readonly PostedRow[];
let flows: Readonly<Record<Row["at"], FlowHandle>>;
let accounts: Readonly<Record<string, string>>;

const attributes = { region: "$.region", level: "$.level" };
const mapping = { ...demoSettings.mapping, account: "$.account", attributes };
const field = (path: string) => `{{ ${path} | default: "nothing" }}`;

beforeAll(async () => {
  const connectionId = await connect(api, product.sandbox, "slack");
  const drawing = {
    nodes: [
      [
        "ask",
        "approval",
        {
          ...{ connectionId, channel: CX, title: `About ${field("feedback.comment")}?`, text: "?" },
          expiresAfter: { amount: 1, unit: "days" },
        },
      ],
      ["over", "end", { outcome: "asked" }],
    ],
    edges: "start > ask, ask:approved > over, ask:rejected > over, ask:expired > over",
  } as const;
  flows = {
    first: await publishFlow(api, "First", drawing, { mapping }),
    second: await publishFlow(api, "Second", drawing, { mapping }),
  };
  rows = await Promise.all(said.map(saying));
  accounts = await placedAccounts();
  await api("PUT", "/api/feedback/search", { on: true });
  await until(
    () => shownAt(api, "/api/approvals?limit=200"),
    ({ length }) => length === said.length,
  );
  await postRaw(flows.first, JSON.stringify({ nothing: "that can be read" }));
}, 120_000);

async function saying(row: Row): Promise<PostedRow> {
  const { mark, at, account, region, level } = row;
  const more = { ...(account && { account }), ...(region && { region }), ...(level !== null && { level }) };
  const { eventId, runIds } = await post(flows[at], { responseId: mark, comment: `${mark} was seen`, ...more });
  expect([mark, runIds.length]).toEqual([mark, 1]);
  return { ...row, ids: [eventId ?? "", ...runIds], runIds };
}

/** By their names, which stand sealed: found by what was said for them. */
async function placedAccounts(): Promise<Readonly<Record<string, string>>> {
  const { db } = product.database;
  const { rows: found } = await sql<{ mark: string; account_id: string }>`
    select external_id as mark, account_id from response where account_id is not null`.execute(db);
  const idOf = (name: string) =>
    found.find(({ mark }) => rows.some((row) => row.mark === mark && row.account === name))?.account_id ?? "";
  const named = Object.fromEntries(Object.keys(ABOVE).map((name) => [name, idOf(name)]));
  for (const [name, above] of Object.entries(ABOVE))
    await sql`update account set parent_id = ${above && named[above]}, attributes = ${JSON.stringify({ tier: TIER[name] ?? "low" })}
      where id = ${named[name]}`.execute(db);
  return named;
}

const ALL: SaveTeam = {
  ...{ name: "", flowIds: null, sourceIds: null, connectionIds: null },
  ...{ segment: [], accountIds: null, memberIds: [] },
};

async function team(wanted: Partial<SaveTeam> & { readonly name: string }): Promise<string> {
  const made = await api("POST", "/api/teams", { ...ALL, ...wanted });
  expect(made.status, made.text).toBe(201);
  return teamSchema.parse(made.json).id;
}

let people = 0;
async function aMember(role: Role): Promise<{ readonly id: string; readonly as: Client; readonly cookie: string }> {
  const email = `${role}-${String(++people)}@example.org`;
  const invited = await api("POST", "/api/members", { name: `A ${role}`, email, role });
  const { id } = z.object({ member: z.object({ id: z.string() }) }).parse(invited.json).member;
  const cookie = `lw_session=${await transact(product.database.db, (tx) => startSession(tx, id, "link"))}`;
  return { id, cookie, as: clientOf(product.url, { cookie, origin: product.url }) };
}

type Rule = Partial<Pick<SaveTeam, "flowIds" | "sourceIds" | "segment" | "accountIds">>;

async function memberOf(rules: readonly Rule[], role: Role = "publisher") {
  const member = await aMember(role);
  for (const [place, rule] of rules.entries())
    await team({ ...rule, name: `Team ${String(place)} of ${member.id}`, memberIds: [member.id] });
  return member;
}

const marksIn = (text: string): string[] =>
  said
    .map(({ mark }) => mark)
    .filter((mark) => text.includes(mark))
    .toSorted();
const marksOf = (some: readonly Row[]): string[] => some.map(({ mark }) => mark).toSorted();

async function shownAt(as: Client, path: string): Promise<string[]> {
  const { status, text } = await as("GET", path);
  expect(status, text).toBe(200);
  return marksIn(text);
}

const isBelow = (account: string | null, above: string): boolean =>
  account !== null && (account === above || isBelow(ABOVE[account] ?? null, above));

const region = (...oneOf: string[]) => ({ segment: [{ field: "feedback.attributes.region", oneOf }] });
const accountsBelow = (...names: string[]) => ({ accountIds: names.map((name) => accounts[name] ?? "") });

interface Case {
  readonly who: string;
  readonly rules: () => readonly Rule[];
  readonly sees: (row: Row) => boolean;
}

const cases: readonly Case[] = [
  { who: "a segment", rules: () => [region("EMEA")], sees: (row) => row.region === "EMEA" },
  {
    who: "one of several values",
    rules: () => [region("EMEA", "US", "none such")],
    sees: (row) => row.region !== null,
  },
  {
    who: "a number, which the same text is not",
    rules: () => [{ segment: [{ field: "feedback.attributes.level", oneOf: [2] }] }],
    sees: (row) => row.level === 2,
  },
  {
    who: "an account with all below it",
    rules: () => [accountsBelow("Holding")],
    sees: (row) => isBelow(row.account, "Holding"),
  },
  {
    who: "an account in the middle",
    rules: () => [accountsBelow("North")],
    sees: (row) => isBelow(row.account, "North"),
  },
  {
    who: "an attribute of accounts",
    rules: () => [{ segment: [{ field: "account.tier", oneOf: ["key"] }] }],
    sees: (row) => row.account !== null && TIER[row.account] === "key",
  },
  {
    who: "a segment of an account",
    rules: () => [{ ...region("US"), ...accountsBelow("North", "Rival") }],
    sees: (row) => row.region === "US" && (isBelow(row.account, "North") || row.account === "Rival"),
  },
  {
    who: "two segments, by two teams",
    rules: () => [
      { ...region("US"), sourceIds: [flows.first.sourceId] },
      { ...region("EMEA"), sourceIds: [flows.second.sourceId] },
    ],
    sees: (row) => (row.at === "first" ? row.region === "US" : row.region === "EMEA"),
  },
  {
    who: "a flow by one team and an account by another",
    rules: () => [{ flowIds: [flows.first.flowId], ...region("US") }, accountsBelow("Rival")],
    sees: (row) => (row.at === "first" && row.region === "US") || row.account === "Rival",
  },
  {
    who: "whole sources by one team, and some rows of others by another",
    rules: () => [{ sourceIds: [flows.second.sourceId] }, accountsBelow("Shop")],
    sees: (row) => row.at === "second" || row.account === "Shop",
  },
  { who: "nothing that there is", rules: () => [region("Mars")], sees: () => false },
];

/** Where rows are listed; what is of flows alone tells of runs, and runs show what was said. */
const LISTS = ["/api/feedback", "/api/runs", "/api/approvals"];

describe.each(cases)("who sees $who", ({ rules, sees }) => {
  let as: Client;
  let seen: readonly PostedRow[];
  let hidden: readonly PostedRow[];
  beforeAll(async () => {
    ({ as } = await memberOf(rules()));
    seen = rows.filter(sees);
    hidden = rows.filter((row) => !sees(row));
  });
  /** Feedback is narrowed by its source, and not by flows. */
  const isOfFlows = () => rules().some(({ flowIds }) => flowIds);

  it("reads of those rows, and of no others, at every address", async () => {
    const walked = await walkAnswers(as, product.database.db);
    const wrong = walked.flatMap(({ template, path, status, text }) => {
      if (isOfFlows() && template === "/api/feedback") return [];
      const shown = [...marksIn(text), ...hidden.flatMap(({ ids }) => ids).filter((id) => text.includes(id))];
      const others = shown.filter((one) => !marksOf(seen).includes(one));
      return status >= 500 || others.length > 0 ? [`${path}: ${String(status)} ${others.join(" ")}`] : [];
    });
    expect(walked.length).toBeGreaterThan(40);
    expect(wrong).toEqual([]);
  });

  it("lists them all, by page as well", async () => {
    for (const path of LISTS) {
      if (isOfFlows() && path === "/api/feedback") continue;
      // Of runs the list shows no words: by their ids.
      const pages = await pagesOf(as, path);
      const told = path === "/api/runs" ? rows.filter(({ ids }) => ids.some((id) => pages.includes(id))) : null;
      expect([path, told ? marksOf(told) : marksIn(pages)]).toEqual([path, marksOf(seen)]);
    }
  });

  it("finds the others at no address, to read or to act on", async () => {
    const { paths } = await readOpenApi(product.url);
    const ofRuns = Object.entries(paths).filter(([path]) => path.includes("{runId}"));
    expect(ofRuns.length).toBeGreaterThan(4);
    const found: string[] = [];
    for (const { mark, runIds } of rows)
      for (const [path, methods] of ofRuns)
        for (const method of Object.keys(methods)) {
          const isSeen = seen.some((row) => row.mark === mark);
          if (isSeen && method !== "get") continue;
          const filled = path.replace("{runId}", runIds[0] ?? "").replace("{nodeId}", "ask");
          const body = method === "get" ? undefined : bodyOf(path);
          const { status } = await as(method.toUpperCase(), filled, body);
          if (status !== (isSeen ? 200 : 404)) found.push(`${mark} ${method} ${path}: ${String(status)}`);
        }
    expect(found).toEqual([]);
  });

  it("counts them alone", async () => {
    const listed = z.object({ items: z.array(z.looseObject({ id: z.string() })) });
    const { items: ofSources } = listed.parse((await as("GET", "/api/sources")).json);
    const { items: ofFlows } = listed.parse((await as("GET", "/api/flows")).json);
    for (const at of ["first", "second"] as const) {
      const here = seen.filter((row) => row.at === at);
      const source = ofSources.find(({ id }) => id === flows[at].sourceId);
      if (source && !isOfFlows()) {
        expect([at, source["responses"]]).toEqual([at, here.length]);
        expect([at, source["lastEventAt"] === null]).toEqual([at, here.length === 0]);
      }
      const flow = ofFlows.find(({ id }) => id === flows[at].flowId);
      if (flow) expect([at, sumOf(flow["runs"])]).toEqual([at, here.length]);
    }
  });

  it("finds words in them alone", async () => {
    if (isOfFlows()) return;
    const pages = await until(
      () => pagesOf(api, "/api/feedback?words=seen"),
      (text) => marksIn(text).length === said.length,
    );
    expect(marksIn(pages)).toEqual(marksOf(rows));
    expect(marksIn(await pagesOf(as, "/api/feedback?words=seen"))).toEqual(marksOf(seen));
  });
});

/** In whatever state they are by now. */
const sumOf = (runs: unknown): number =>
  Object.values(z.record(z.string(), z.number()).parse(runs)).reduce((sum, count) => sum + count, 0);

async function pagesOf(as: Client, path: string): Promise<string> {
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

const bodyOf = (path: string): object =>
  path.endsWith("/skip") ? { output: "next" } : path.endsWith("/settle") ? { externalId: "x", url: null } : {};

describe("the routes that show rows", () => {
  it("are those that are walked here: one more needs a rule of its own", async () => {
    const walked = await walkAnswers(api, product.database.db);
    const shown = walked.filter(
      ({ text }) => marksIn(text).length > 0 || rows.some(({ ids }) => ids.some((id) => text.includes(id))),
    );
    expect([...new Set(shown.map(({ template }) => template))].toSorted()).toEqual(
      // The audit is of the whole workspace, and closed to who sees a part.
      [...LISTS, "/api/runs/{runId}", "/api/audit", "/api/audit/export"].toSorted(),
    );
  });

  it("show everything to who is in no team, and to admins and privacy officers whatever team they are in", async () => {
    const free = await aMember("builder");
    const [admin, officer] = [
      await memberOf([region("Mars")], "admin"),
      await memberOf([region("Mars")], "privacy_officer"),
    ];
    for (const { as } of [free, admin, officer])
      for (const path of ["/api/feedback", "/api/approvals"])
        expect(marksIn(await pagesOf(as, path))).toEqual(marksOf(rows));
  });

  it("show what could not be read to nobody who sees certain rows alone", async () => {
    const [narrow, ofSource] = [
      await memberOf([region("EMEA")]),
      await memberOf([{ sourceIds: [flows.first.sourceId] }]),
    ];
    const heldAt = async (as: Client) =>
      z.object({ items: z.array(z.looseObject({ id: z.string() })) }).parse((await as("GET", "/api/quarantine")).json)
        .items;
    expect(await heldAt(ofSource.as)).toHaveLength(1);
    expect(await heldAt(narrow.as)).toEqual([]);
  });
});

describe("a token", () => {
  it("sees what it names of what its maker sees by now", async () => {
    const maker = await aMember("admin");
    const made = await maker.as("POST", "/api/tokens", {
      ...{ name: "Theirs", role: "publisher", expiresInDays: 1 },
      sourceIds: [flows.first.sourceId],
    });
    const { token } = z.object({ token: z.string() }).parse(made.json);
    const as = clientOf(product.url, { authorization: `Bearer ${token}` });
    const isFirst = ({ at }: Row) => at === "first";
    expect(marksIn(await pagesOf(as, "/api/feedback"))).toEqual(marksOf(rows.filter(isFirst)));
    for (const [place, rule] of [region("EMEA"), accountsBelow("Rival")].entries())
      await team({ ...rule, name: `For a token ${String(place)}`, memberIds: [maker.id] });
    await api("PATCH", `/api/members/${maker.id}`, { role: "builder" });
    const sees = (row: Row) => isFirst(row) && (row.region === "EMEA" || row.account === "Rival");
    expect(marksIn(await pagesOf(as, "/api/feedback"))).toEqual(marksOf(rows.filter(sees)));
    for (const row of rows)
      expect([row.mark, (await as("GET", `/api/runs/${row.runIds[0] ?? ""}`)).status]).toEqual([
        row.mark,
        sees(row) ? 200 : 404,
      ]);
  });
});

describe("a change", () => {
  it("of the rule counts at the next request, and the audit says who made it and which", async () => {
    const { id, as } = await aMember("builder");
    const wanted = { ...ALL, name: "Moved", memberIds: [id] };
    const teamId = await team({ ...wanted, ...region("EMEA") });
    expect(marksIn(await pagesOf(as, "/api/feedback"))).toEqual(marksOf(rows.filter((row) => row.region === "EMEA")));
    await api("PUT", `/api/teams/${teamId}`, { ...wanted, ...accountsBelow("Shop") });
    expect(marksIn(await pagesOf(as, "/api/feedback"))).toEqual(marksOf(rows.filter((row) => row.account === "Shop")));
    const { rows: told } = await sql<{ action: string; actor_kind: string; data: unknown }>`
      select action, actor_kind, data from audit_event where target_id = ${teamId} order by id`.execute(
      product.database.db,
    );
    expect(told).toEqual([
      { action: "team.created", actor_kind: "token", data: { segment: JSON.stringify(region("EMEA").segment) } },
      { action: "team.changed", actor_kind: "token", data: { accounts: accounts["Shop"] } },
    ]);
  });

  it("of what somebody said moves all of it: what counts is what they say now", async () => {
    const { as } = await memberOf([region("Antarctica")]);
    const told = { responseId: "moved", comment: "Thylacine gone" };
    const { runIds } = await post(flows.first, { ...told, ...{ region: "Arctic" } });
    const statusOf = async () => (await as("GET", `/api/runs/${runIds[0] ?? ""}`)).status;
    expect([await statusOf(), await pagesOf(as, "/api/feedback")]).toEqual([404, expect.not.stringContaining("Thyl")]);
    await post(flows.first, { ...told, comment: "Thylacine found", ...{ region: "Antarctica" } });
    const shown = await pagesOf(as, "/api/feedback");
    expect([await statusOf(), shown]).toEqual([200, expect.stringContaining("Thylacine gone")]);
    expect(shown).toContain("Thylacine found");
    await post(flows.first, { ...told, comment: "Thylacine lost", ...{ region: "Arctic" } });
    expect([await statusOf(), await pagesOf(as, "/api/feedback")]).toEqual([404, expect.not.stringContaining("Thyl")]);
  });

  it("is told without ids to who sees certain rows, and a page that sees less from now on reads everything again", async () => {
    const [narrow, free] = [await memberOf([region("EMEA")]), await aMember("builder")];
    const [told, wide] = await Promise.all([hear(narrow.cookie), hear(free.cookie)]);
    const { runIds } = await post(flows.second, { responseId: "heard", ...{ region: "US" } });
    await wide.until((text) => text.includes(runIds[0] ?? ""));
    await told.until((text) => text.includes('"topic":"run"'));
    expect(told.text()).not.toContain(runIds[0]);
    await team({ name: "From now on", ...region("EMEA"), memberIds: [free.id] });
    await wide.end();
  });
});

async function hear(cookie: string) {
  const response = await fetch(`${product.url}/api/live`, { headers: { cookie, origin: product.url } });
  expect(response.status).toBe(200);
  const reader = (response.body ?? new ReadableStream<Uint8Array>()).getReader();
  const decoder = new TextDecoder();
  let [text, ended] = ["", false];
  const more = async (): Promise<void> => {
    const { value, done } = await reader.read();
    text += decoder.decode(value, { stream: true });
    ended ||= done;
  };
  return {
    text: () => text,
    until: async (isThere: (text: string) => boolean) => {
      while (!isThere(text) && !ended) await more();
    },
    end: async () => {
      while (!ended) await more();
    },
  };
}

describe("what employees said", () => {
  let pulse: FlowHandle;
  let narrow: Client;
  const answer = (number: number, where: string) =>
    post(pulse, {
      ...{ responseId: `pulse-${String(number)}`, email: `e${String(number)}@staff.example`, score: 2 },
      ...{ comment: `Tamandua ${String(number)}`, region: where },
    });
  const shown = async (as: Client): Promise<string[]> => {
    const { json } = await as("GET", `/api/feedback?limit=200&sourceId=${pulse.sourceId}`);
    return feedbackListSchema.parse(json).items.map(({ comment }) => comment ?? "");
  };
  const waits = async (as: Client) => {
    const { json } = await as("GET", "/api/feedback");
    return feedbackListSchema.parse(json).withheld.map(({ sourceId }) => sourceId);
  };
  const runStatuses = (as: Client, runIds: readonly (string | undefined)[]) =>
    Promise.all(runIds.map(async (id) => (await as("GET", `/api/runs/${id ?? ""}`)).status));
  const form = () => {
    const workspace_id = product.runtime.installation.workspaceId;
    return transact(product.database.db, (tx) =>
      formGroups(tx, { workspace_id, source_id: pulse.sourceId, relation: null }),
    );
  };
  const grouped = (count: number) =>
    until(
      () => shown(api),
      ({ length }) => length === count,
    );

  beforeAll(async () => {
    const drawing = { nodes: [["over", "end", { outcome: "noted" }]], edges: "start > over" } as const;
    pulse = await publishFlow(api, "Pulse", drawing, { mapping, domain: "employee" });
    narrow = (await memberOf([region("EMEA")])).as;
  });

  it("waits unseen unless all that waits is within reach", async () => {
    const [one] = await Promise.all([1, 2].map((number) => answer(number, "EMEA")));
    expect(await waits(narrow)).toEqual([pulse.sourceId]);
    expect(await runStatuses(narrow, one?.runIds ?? [])).toEqual([404]);
    expect(await runStatuses(api, one?.runIds ?? [])).toEqual([200]);
  });

  it("is shown where all of its group is within reach", async () => {
    const others = await Promise.all([3, 4, 5].map((number) => answer(number, "EMEA")));
    await form();
    await grouped(5);
    expect(await shown(narrow)).toHaveLength(5);
    expect(await runStatuses(narrow, [others[0]?.runIds[0]])).toEqual([200]);
  });

  it("is not shown in part: a group with one from elsewhere is hidden whole, and so are its runs", async () => {
    const mates = await Promise.all([6, 7, 8, 9].map((number) => answer(number, "EMEA")));
    await answer(10, "US");
    await form();
    await grouped(10);
    expect((await shown(narrow)).toSorted()).toEqual([1, 2, 3, 4, 5].map((number) => `Tamandua ${String(number)}`));
    expect(
      await runStatuses(
        narrow,
        mates.map(({ runIds }) => runIds[0]),
      ),
    ).toEqual([404, 404, 404, 404]);
    await answer(11, "US");
    expect(await waits(narrow)).toEqual([]);
    expect(await waits(api)).toEqual([pulse.sourceId]);
  });
});

describe("a rule", () => {
  it("asks for what is clear and known, of this workspace, and is refused otherwise with a reason", async () => {
    const stranger = "0192f000-0000-7000-8000-0000000000ff";
    const wrongs: readonly (readonly [Rule, number, string])[] = [
      [{ segment: [{ field: "feedback.comment", oneOf: ["x"] }] }, 422, "rule_field_sealed"],
      [{ segment: [{ field: "contact.email", oneOf: ["x"] }] }, 422, "rule_field_sealed"],
      [{ segment: [{ field: "account.name", oneOf: ["x"] }] }, 422, "rule_field_sealed"],
      [{ segment: [{ field: "account.externalId", oneOf: ["x"] }] }, 422, "rule_field_sealed"],
      [{ segment: [{ field: "region", oneOf: ["x"] }] }, 422, "rule_field_unknown"],
      [{ segment: [{ field: "feedback.attributes.a'b", oneOf: ["x"] }] }, 422, "rule_field_unknown"],
      [{ segment: [{ field: "feedback.attributes.region", oneOf: [] }] }, 400, "invalid_request"],
      [{ accountIds: [stranger] }, 422, "not_of_this_workspace"],
      [{ accountIds: [] }, 400, "invalid_request"],
    ];
    for (const [rule, status, code] of wrongs)
      expect(await api("POST", "/api/teams", { ...ALL, name: "Wrong", ...rule })).toMatchObject({
        status,
        json: { code },
      });
  });
});
