import { expect, it } from "vitest";
import { demoFlows } from "../../workflows/flow/draft.js";
import type { FlowDetail } from "../flows/flow-api.js";
import { apiAs } from "./testing/clients.js";
import { useProduct } from "./testing/use-product.js";

const { product, api } = useProduct({ worker: false });

const demo = demoFlows.supportCallback.name;
const flows = async () => ((await api("GET", "/api/flows")).json as { items: FlowDetail[] }).items;
const demoFlow = async () => (await flows()).find(({ name }) => name === demo);
const read = async (id: string) => (await api("GET", `/api/flows/${id}`)).json as FlowDetail;
const fileOf = async (id: string) => (await api("GET", `/api/flows/${id}/file`)).text;

it("a flow is exported as a file without an id of this installation, and imported as the same draft", async () => {
  const id = (await demoFlow())?.id ?? "";
  const { status, headers, text } = await api("GET", `/api/flows/${id}/file`);
  expect([status, headers.get("content-disposition")]).toEqual([
    200,
    "attachment; filename=nps-6-support-callback-r-d-ticket-crm-note.flow.yaml",
  ]);
  expect(text).toMatch(/^schema: 1\n/);
  expect(text).not.toMatch(/[0-9a-f]{8}-[0-9a-f]{4}-7/);
  const made = await api("POST", "/api/flow-files", { file: text });
  expect(made).toMatchObject({ status: 201, json: { name: demo, missing: [] } });
  const copy = await read((made.json as { id: string }).id);
  expect(copy).toMatchObject({ state: "draft", version: null });
  expect(await fileOf(copy.id)).toBe(text);
  const original = await read(id);
  expect(copy.draft.nodes).toEqual(expect.arrayContaining(original.draft.nodes));
  expect(await api("POST", `/api/flows/${copy.id}/publish`, { revision: 0 })).toMatchObject({ status: 200 });
});

it("names that are unknown here leave their steps unfinished, and the flow is not published as it is", async () => {
  const text = await fileOf((await demoFlow())?.id ?? "");
  const elsewhere = text.replaceAll(/connection: .*/g, "connection: Theirs");
  const made = await api("POST", "/api/flow-files", { file: elsewhere, name: "From elsewhere" });
  const { id, missing } = made.json as { id: string; missing: object[] };
  expect(missing).toContainEqual({ nodeId: "ticket", kind: "connection", name: "Theirs", why: "unknown" });
  expect(await api("POST", `/api/flows/${id}/publish`, { revision: 0 })).toMatchObject({ status: 422 });
});

it("a file that is refused says where, and leaves everything as it was", async () => {
  const before = await flows();
  const file = "schema: 1\nflow: Wrong\nsteps:\n  a:\n    type: trigger\n    next: [b]\n...\n";
  expect(await api("POST", "/api/flow-files", { file })).toMatchObject({
    status: 422,
    json: { code: "flow_file_refused", problems: [{ line: 6, code: "unknown_step", params: { from: "a", to: "b" } }] },
  });
  expect(await flows()).toEqual(before);
});

it("whoever may not read connections takes a file without their names", async () => {
  const viewer = await apiAs(product, "viewer");
  const { text } = await viewer("GET", `/api/flows/${(await demoFlow())?.id ?? ""}/file`);
  expect(text).toContain('connection: "?"');
  expect(text).not.toMatch(/connection: [^"]/);
});
