import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import type { FlowDraft } from "../../workflows/flow/schema.js";
import { auditListSchema } from "../audit/audit-api.js";
import { flowDetailSchema } from "../flows/flow-api.js";
import { invitedSchema } from "../members/member-api.js";
import { createdTokenSchema } from "../members/token-api.js";
import { clientOf, type Client } from "../testing/http.js";
import { useProduct } from "./testing/use-product.js";

const { product, api } = useProduct({ worker: false });

interface Somebody {
  readonly name: string;
  /** Whose hand it is. */
  readonly hand: string;
  readonly call: Client;
}

/** Two members who may publish, a token of each, a token that such a token made, and one of the machine's command line. */
let everybody: readonly Somebody[];
let flowId: string;

async function aMember(name: string): Promise<Client> {
  const { json } = await api("POST", "/api/members", { name, email: `${name}@acme.example`, role: "admin" });
  const response = await fetch(invitedSchema.parse(json).link.url, { redirect: "manual" });
  return clientOf(product.url, {
    cookie: response.headers.getSetCookie()[0]?.split(";")[0] ?? "",
    origin: product.url,
  });
}

async function aTokenBy(call: Client): Promise<Client> {
  const { json } = await call("POST", "/api/tokens", { name: "theirs", role: "admin" });
  return clientOf(product.url, { authorization: `Bearer ${createdTokenSchema.parse(json).token}` });
}

async function handsOf(hand: string): Promise<Somebody[]> {
  const member = await aMember(hand);
  const token = await aTokenBy(member);
  return [
    { name: hand, hand, call: member },
    { name: `a token of ${hand}`, hand, call: token },
    { name: `a token that a token of ${hand} made`, hand, call: await aTokenBy(token) },
  ];
}

beforeAll(async () => {
  everybody = [
    ...(await handsOf("ines")),
    ...(await handsOf("mara")),
    { name: "the command line", hand: "the command line", call: api },
  ];
  const { items } = z
    .object({ items: z.array(z.object({ id: z.string() })) })
    .parse((await api("GET", "/api/flows")).json);
  flowId = items[0]?.id ?? "";
});

beforeEach(() => setting(false));

const setting = async (fourEyes: boolean, call: Client = api): Promise<void> =>
  expect(await call("PUT", "/api/settings", { fourEyes })).toMatchObject({ status: 200, json: { fourEyes } });

const flow = async () => flowDetailSchema.parse((await api("GET", `/api/flows/${flowId}`)).json);

/** Moves a node: it is a change like any other. */
async function change({ call }: Somebody): Promise<void> {
  const { draft } = await flow();
  const nodes = draft.nodes.map((node) => ({ ...node, position: { ...node.position, x: node.position.x + 1 } }));
  await save(call, { ...draft, nodes });
}

async function save(call: Client, draft: FlowDraft): Promise<void> {
  const { draftRevision: revision } = await flow();
  expect((await call("PUT", `/api/flows/${flowId}/draft`, { draft, revision })).status).toBe(200);
}

async function publish({ call }: Somebody) {
  const { draftRevision: revision } = await flow();
  return call("POST", `/api/flows/${flowId}/publish`, { revision });
}

/** The answer, and how many versions came of it. */
async function tryToPublish(publisher: Somebody): Promise<string> {
  const before = (await flow()).version ?? 0;
  const { status, json } = await publish(publisher);
  const code = z.object({ code: z.string() }).safeParse(json).data?.code;
  const made = ((await flow()).version ?? 0) - before;
  return [status, code, `+${made}`].filter((part) => part !== undefined).join(" ");
}

const saidTo = async ({ call }: Somebody): Promise<unknown> =>
  z.object({ fourEyes: z.string() }).parse((await call("POST", `/api/flows/${flowId}/check`)).json).fourEyes;

const at = (index: number): Somebody => everybody[index] ?? everybody[0]!;

describe("where four eyes are asked for", () => {
  it("of every last editor and every publisher, only two that are not one hand get a draft published", async () => {
    const wrong: string[] = [];
    for (const isOn of [true, false])
      for (const editor of everybody)
        for (const publisher of everybody) {
          await setting(isOn);
          await change(editor);
          const came = await tryToPublish(publisher);
          const expected = isOn && editor.hand === publisher.hand ? "403 four_eyes +0" : "200 +1";
          if (came !== expected) wrong.push(`${String(isOn)}: ${editor.name}, ${publisher.name}: ${came}`);
        }
    expect(wrong).toEqual([]);
  });

  it("each is told before they press, and the refusal says who may publish", async () => {
    const [ines, hers, mara] = [at(0), at(1), at(3)];
    await setting(true);
    await change(hers);
    expect([await saidTo(ines), await saidTo(hers), await saidTo(mara)]).toEqual(["closed", "closed", "open"]);
    expect((await publish(ines)).json).toMatchObject({
      code: "four_eyes",
      detail: expect.stringContaining("with the right to publish who did not make the last change") as string,
    });
    await setting(false);
    expect([await saidTo(ines), await saidTo(mara)]).toEqual(["off", "off"]);
  });

  it("who saves what is there already has not made the last change", async () => {
    const [ines, mara] = [at(0), at(3)];
    await setting(true);
    await change(ines);
    await save(mara.call, (await flow()).draft);
    expect((await publish(ines)).status).toBe(403);
    expect((await publish(mara)).status).toBe(200);
  });

  it("a new flow is its maker's change", async () => {
    const [ines, mara] = [at(0), at(3)];
    await setting(true);
    const made = await ines.call("POST", "/api/flows", { name: "A copy", draft: (await flow()).draft });
    const { id } = flowDetailSchema.parse(made.json);
    const publishAs = async ({ call }: Somebody) =>
      (await call("POST", `/api/flows/${id}/publish`, { revision: 0 })).status;
    expect([await publishAs(ines), await publishAs(mara)]).toEqual([403, 200]);
  });

  it("what was changed before it was asked for needs the other eyes, too; switched off it needs none", async () => {
    const ines = at(0);
    await change(ines);
    await setting(true);
    expect((await publish(ines)).status).toBe(403);
    await setting(false);
    expect((await publish(ines)).status).toBe(200);
  });

  it("only admins switch it, and each switch stands in the audit, once", async () => {
    const { json } = await at(0).call("POST", "/api/tokens", { name: "small", role: "publisher" });
    const publisher = clientOf(product.url, { authorization: `Bearer ${createdTokenSchema.parse(json).token}` });
    expect((await publisher("PUT", "/api/settings", { fourEyes: true })).status).toBe(403);
    const switches = async (): Promise<string[]> => {
      const { items } = auditListSchema.parse((await api("GET", "/api/audit?limit=200")).json);
      return items.flatMap(({ action }) => (action.startsWith("settings.four_eyes") ? [action] : []));
    };
    const before = (await switches()).length;
    for (const isOn of [true, true, false, false]) await setting(isOn, at(0).call);
    const now = await switches();
    expect(now.slice(0, now.length - before)).toEqual(["settings.four_eyes_off", "settings.four_eyes_on"]);
  });
});
