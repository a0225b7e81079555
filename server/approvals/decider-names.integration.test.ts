import { afterAll, beforeAll, expect, it } from "vitest";
import type { Interaction } from "../../integrations/slack/interaction.js";
import { transact } from "../../workflows/ledger/transact.js";
import { uuidv7 } from "../../workflows/ledger/uuid.js";
import type { ContactTables } from "../contacts/contact-tables.js";
import { personNames } from "../contacts/person-store.js";
import { createTestDatabase, type TestDatabase } from "../testing/database.js";
import { createTestKeys } from "../testing/keys.js";
import { createTestWorkspaces } from "../testing/workspaces.js";
import type { Decider } from "./approval-service.js";
import { createSlackInteractions } from "./slack-interactions.js";

const { vault } = createTestKeys();
let test: TestDatabase;
let workspaces: Awaited<ReturnType<typeof createTestWorkspaces>>;
beforeAll(async () => {
  test = await createTestDatabase();
  workspaces = await createTestWorkspaces(test.db, vault);
});
afterAll(() => test.drop());

/** Presses Approve as one whose handle is "maya"; answers who decided, and who was looked for afterwards. */
async function press(userId: string, profileName: string | null) {
  const deciders: Decider[] = [];
  const learnt: string[] = [];
  const act = createSlackInteractions({
    db: test.db,
    vault,
    approvals: {
      standing: () => Promise.resolve(null),
      decide: (_workspaceId, { by }) => {
        deciders.push(by);
        return Promise.resolve({ kind: "decided", runId: uuidv7() });
      },
    },
    people: { nameOf: () => profileName, learn: (_origin, whom) => Promise.resolve(void learnt.push(whom.userId)) },
    askReason: () => Promise.resolve(),
    tell: () => Promise.resolve(),
    onProblem: (error) => {
      throw error;
    },
  });
  const click: Interaction = {
    kind: "approvalClick",
    approvalId: uuidv7(),
    choice: "approve",
    teamId: "T1",
    userId,
    userName: "maya",
    channel: "C1",
    messageTs: "1.1",
    triggerId: "t",
    actionTs: "2.1",
    responseUrl: null,
  };
  await act({ connectionId: CONNECTION, workspaceId: workspaces.here, teamId: "T1" }, click);
  const [by] = deciders;
  if (!by) throw new Error("Nobody decided.");
  return { by, learnt };
}
const CONNECTION = uuidv7();
const shown = async (id: string) => (await personNames(test.db, vault, [id])).get(id);

it("whoever is not known yet is shown by their handle, and looked for beside the answer", async () => {
  const { by, learnt } = await press("U1", null);
  expect(by.name).toBe("maya");
  expect(learnt).toEqual(["U1"]);
});

it("the name in their profile comes before the handle, and is kept for everything that they decided", async () => {
  await press("U2", null);
  const { by, learnt } = await press("U2", "Maya Lindqvist");
  expect([by.name, await shown(by.id)]).toEqual(["Maya Lindqvist", "Maya Lindqvist"]);
  expect(learnt).toEqual([]);
  expect((await press("U2", null)).by).toEqual(by);
});

it("a member is shown by the name that the product knows", async () => {
  const { by } = await press("U3", "maya l.");
  await transact(test.db, (tx) =>
    tx
      .withTables<ContactTables>()
      .updateTable("person")
      .set({ member_id: workspaces.adminId })
      .where("id", "=", by.id)
      .execute(),
  );
  expect((await press("U3", "maya l.")).by.name).toBe("Admin");
  expect(await shown(by.id)).toBe("Admin");
});
