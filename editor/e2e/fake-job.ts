import type { Page } from "@playwright/test";
import type { FlowDetail } from "../../server/flows/flow-api.js";
import type { FlowDraft } from "../../workflows/flow/schema.js";
import { flows } from "./fixtures/flows.js";
import { id } from "./fixtures/ids.js";
import { refusal } from "./refusal.js";

export interface Job {
  /** What was sent, by the name of the deed. */
  readonly sent: Readonly<Record<"signIn" | "create" | "publish" | "retry" | "skip", unknown[]>>;
  /** The draft as it was saved last. */
  readonly draft: () => FlowDraft | undefined;
}

const [model] = flows;
const made = (name: string, draft: FlowDraft): FlowDetail => {
  if (!model) throw new Error("there is no flow to take after");
  const runs = { running: 0, waiting: 0, stuck: 0, finished: 0 };
  return { ...model, id: id("flow", 9), name, draft, runs, state: "draft", version: null, draftRevision: 1 };
};

/** What a person does from signing in to mending a run, remembered as a server would. */
export async function rememberJob(page: Page): Promise<Job> {
  const sent: Job["sent"] = { signIn: [], create: [], publish: [], retry: [], skip: [] };
  let flow: FlowDetail | null = null;
  let isIn = false;
  await page.route("**/api/me", (route) => (isIn ? route.fallback() : route.fulfill(refusal(401, "unauthorized"))));
  await page.route("**/api/sign-in", (route) => {
    isIn = true;
    sent.signIn.push(route.request().postDataJSON());
    return route.fulfill({ json: {} });
  });
  await page.route("**/api/flows", (route) => {
    if (route.request().method() !== "POST") return route.fallback();
    const body = route.request().postDataJSON() as { name: string; draft: FlowDraft };
    sent.create.push(body);
    flow = made(body.name, body.draft);
    return route.fulfill({ json: flow });
  });
  await page.route(`**/api/flows/${id("flow", 9)}`, (route) => route.fulfill({ json: flow }));
  await page.route(`**/api/flows/${id("flow", 9)}/draft`, (route) => {
    const { draft } = route.request().postDataJSON() as { draft: FlowDraft };
    if (flow) flow = { ...flow, draft, draftRevision: flow.draftRevision + 1 };
    return route.fulfill({ json: { revision: flow?.draftRevision, savedAt: new Date().toISOString() } });
  });
  await page.route("**/api/flows/*/publish", (route) => {
    sent.publish.push(route.request().postDataJSON());
    if (flow) flow = { ...flow, state: "live", version: 1 };
    return route.fulfill({ json: { version: 1, versionId: id("event", 4) } });
  });
  for (const deed of ["retry", "skip"] as const) {
    await page.route(`**/api/runs/*/steps/*/${deed}`, (route) => {
      sent[deed].push(route.request().postDataJSON());
      return route.fulfill({ json: { state: "running" } });
    });
  }
  return { sent, draft: () => flow?.draft };
}
