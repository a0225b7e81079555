import { expect, it, onTestFinished } from "vitest";
import { fakeSlack, type Reply } from "../../integrations/slack/testing/fake-slack.js";
import { createSlackPeople, type SlackAccount } from "./slack-people.js";

const MAYA = { id: "U1", name: "maya", real_name: "Maya Lindqvist" };
const list = (...members: object[]) => ({ ok: true, members });
const here = { connectionId: "c1" };

async function people(replies: Reply | readonly Reply[], state: SlackAccount["state"] = "ok") {
  const slack = await fakeSlack({ "users.list": replies });
  const account = {
    id: "c1",
    state,
    config: { apiUrl: slack.apiUrl },
    secret: { botToken: "xoxb-1" },
    http: slack.http,
  };
  const problems: unknown[] = [];
  const known = createSlackPeople({
    connections: () => Promise.resolve([account]),
    onProblem: (error) => void problems.push(error),
    retryMs: 1,
  });
  onTestFinished(() => known.close());
  return { known, slack, problems };
}

it("people are known by the names in their profiles once the list was read, and nobody is asked for them again", async () => {
  const { known, slack } = await people(list(MAYA, { id: "U2", name: "tom" }));
  expect(known.nameOf(here, "U1")).toBeNull();
  await known.refresh();
  expect([known.nameOf(here, "U1"), known.nameOf(here, "U2")]).toEqual(["Maya Lindqvist", "tom"]);
  expect(known.nameOf({ connectionId: "another" }, "U1")).toBeNull();
  expect(slack.methods()).toEqual(["users.list"]);
});

it("a list that could not be read is asked for again, and told of once", async () => {
  const away = { ok: false, error: "internal_error" };
  const { known, problems } = await people([away, away, list(MAYA)]);
  await known.refresh();
  await expect.poll(() => known.nameOf(here, "U1")).toBe("Maya Lindqvist");
  expect(problems).toHaveLength(1);
});

it("a connection that does not work is not asked", async () => {
  const { known, slack } = await people(list(MAYA), "broken");
  await known.refresh();
  expect(slack.methods()).toEqual([]);
});

it("somebody whom the list left out is looked for, for the next time", async () => {
  const { known } = await people([list(), list(MAYA)]);
  await known.refresh();
  await known.learn(here, { userId: "U1", userName: "maya" });
  expect(known.nameOf(here, "U1")).toBe("Maya Lindqvist");
});

it("a connection that changed has its list read anew, and the others' lists stay as they are", async () => {
  const slack = await fakeSlack({ "users.list": [list(MAYA), list(), list()] });
  const account = (id: string): SlackAccount => ({
    ...{ id, state: "ok", config: { apiUrl: slack.apiUrl } },
    ...{ secret: { botToken: "xoxb-1" }, http: slack.http },
  });
  const known = createSlackPeople({
    connections: () => Promise.resolve([account("c1"), account("c2")]),
    onProblem: (error) => {
      throw error;
    },
  });
  onTestFinished(() => known.close());
  await known.refresh("c2");
  expect([known.nameOf(here, "U1"), known.nameOf({ connectionId: "c2" }, "U1")]).toEqual([null, "Maya Lindqvist"]);
  expect(slack.methods()).toEqual(["users.list"]);
  await known.refresh();
  expect(slack.methods()).toHaveLength(3);
});
