import { beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { until } from "../../workflows/testing/until.js";
import type { Client } from "../testing/http.js";
import { postRaw } from "../testing/product-front.js";
import { walkAnswers } from "../testing/walk-answers.js";
import { readOpenApi } from "./testing/clients.js";
import {
  accountsBelow,
  aMemberOf,
  isBelow,
  marksIn,
  marksOf,
  pagesOf,
  region,
  said,
  saySome,
  TIER,
  type PostedRow,
  type Row,
  type Rule,
  type SaidRows,
} from "./testing/said-rows.js";
import { aMember } from "./testing/teams.js";
import { useProduct } from "./testing/use-product.js";

const { product, api } = useProduct({ demo: false });
let own: SaidRows;

beforeAll(async () => {
  own = await saySome(product, api);
  await api("PUT", "/api/feedback/search", { on: true });
  await until(
    async () => marksIn((await api("GET", "/api/approvals?limit=200")).text),
    ({ length }) => length === said.length,
  );
  await postRaw(own.flows.first, JSON.stringify({ nothing: "that can be read" }));
}, 120_000);

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
    rules: () => [accountsBelow(own, "Holding")],
    sees: (row) => isBelow(row.account, "Holding"),
  },
  {
    who: "an account in the middle",
    rules: () => [accountsBelow(own, "North")],
    sees: (row) => isBelow(row.account, "North"),
  },
  {
    who: "an attribute of accounts",
    rules: () => [{ segment: [{ field: "account.tier", oneOf: ["key"] }] }],
    sees: (row) => row.account !== null && TIER[row.account] === "key",
  },
  {
    who: "a segment of an account",
    rules: () => [{ ...region("US"), ...accountsBelow(own, "North", "Rival") }],
    sees: (row) => row.region === "US" && (isBelow(row.account, "North") || row.account === "Rival"),
  },
  {
    who: "two segments, by two teams",
    rules: () => [
      { ...region("US"), sourceIds: [own.flows.first.sourceId] },
      { ...region("EMEA"), sourceIds: [own.flows.second.sourceId] },
    ],
    sees: (row) => (row.at === "first" ? row.region === "US" : row.region === "EMEA"),
  },
  {
    who: "a flow by one team and an account by another",
    rules: () => [{ flowIds: [own.flows.first.flowId], ...region("US") }, accountsBelow(own, "Rival")],
    sees: (row) => (row.at === "first" && row.region === "US") || row.account === "Rival",
  },
  {
    who: "whole sources by one team, and some rows of others by another",
    rules: () => [{ sourceIds: [own.flows.second.sourceId] }, accountsBelow(own, "Shop")],
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
    ({ as } = await aMemberOf(product, api, rules()));
    seen = own.rows.filter(sees);
    hidden = own.rows.filter((row) => !sees(row));
  });
  /** Feedback is narrowed by its source, and not by own.flows. */
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
      const told = path === "/api/runs" ? own.rows.filter(({ ids }) => ids.some((id) => pages.includes(id))) : null;
      expect([path, told ? marksOf(told) : marksIn(pages)]).toEqual([path, marksOf(seen)]);
    }
  });

  it("finds the others at no address, to read or to act on", async () => {
    const { paths } = await readOpenApi(product.url);
    const ofRuns = Object.entries(paths).filter(([path]) => path.includes("{runId}"));
    expect(ofRuns.length).toBeGreaterThan(4);
    const found: string[] = [];
    for (const { mark, runIds } of own.rows)
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
      const source = ofSources.find(({ id }) => id === own.flows[at].sourceId);
      if (source && !isOfFlows()) {
        expect([at, source["responses"]]).toEqual([at, here.length]);
        expect([at, source["lastEventAt"] === null]).toEqual([at, here.length === 0]);
      }
      const flow = ofFlows.find(({ id }) => id === own.flows[at].flowId);
      if (!flow) continue;
      expect([at, sumOf(flow["runs"])]).toEqual([at, here.length]);
      const versions = listed.parse((await as("GET", `/api/flows/${flow.id}/versions`)).json).items;
      expect([at, versions.map(({ runs }) => runs)]).toEqual([at, [here.length]]);
    }
  });

  it("finds words in them alone", async () => {
    if (isOfFlows()) return;
    const pages = await until(
      () => pagesOf(api, "/api/feedback?words=seen"),
      (text) => marksIn(text).length === said.length,
    );
    expect(marksIn(pages)).toEqual(marksOf(own.rows));
    expect(marksIn(await pagesOf(as, "/api/feedback?words=seen"))).toEqual(marksOf(seen));
  });
});

/** In whatever state they are by now. */
const sumOf = (runs: unknown): number =>
  Object.values(z.record(z.string(), z.number()).parse(runs)).reduce((sum, count) => sum + count, 0);

const bodyOf = (path: string): object =>
  path.endsWith("/skip") ? { output: "next" } : path.endsWith("/settle") ? { externalId: "x", url: null } : {};

describe("the routes that show rows", () => {
  it("are those that are walked here: one more needs a rule of its own", async () => {
    const walked = await walkAnswers(api, product.database.db);
    const shown = walked.filter(
      ({ text }) => marksIn(text).length > 0 || own.rows.some(({ ids }) => ids.some((id) => text.includes(id))),
    );
    expect([...new Set(shown.map(({ template }) => template))].toSorted()).toEqual(
      // The audit is of the whole workspace, and closed to who sees a part.
      [...LISTS, "/api/runs/{runId}", "/api/flows/{flowId}/past-events", "/api/audit", "/api/audit/export"].toSorted(),
    );
  });

  it("show everything to who is in no team, and to admins and privacy officers whatever team they are in", async () => {
    const free = await aMember(product, api, "builder");
    const [admin, officer] = [
      await aMemberOf(product, api, [region("Mars")], "admin"),
      await aMemberOf(product, api, [region("Mars")], "privacy_officer"),
    ];
    for (const { as } of [free, admin, officer])
      for (const path of ["/api/feedback", "/api/approvals"])
        expect(marksIn(await pagesOf(as, path))).toEqual(marksOf(own.rows));
  });

  it("show what could not be read to nobody who sees certain rows alone", async () => {
    const [narrow, ofSource] = [
      await aMemberOf(product, api, [region("EMEA")]),
      await aMemberOf(product, api, [{ sourceIds: [own.flows.first.sourceId] }]),
    ];
    const heldAt = async (as: Client) =>
      z.object({ items: z.array(z.looseObject({ id: z.string() })) }).parse((await as("GET", "/api/quarantine")).json)
        .items;
    expect(await heldAt(ofSource.as)).toHaveLength(1);
    expect(await heldAt(narrow.as)).toEqual([]);
  });
});
