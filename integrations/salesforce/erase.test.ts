import { expect, it } from "vitest";
import { json, text, useFakes, type Respond } from "../testing/fake-server.js";
import { eraseRecord } from "./erase.js";
import { callTo } from "./testing/call.js";
import { apiError, org } from "./testing/org.js";

const start = useFakes();
const ID = "00T000000000001AAA";

async function erase(answer: Respond) {
  const server = await start(org({ [`DELETE /sobjects/Task/${ID}`]: answer }));
  return { server, erased: eraseRecord("Task")({ ...callTo(server), externalId: ID }) };
}

it("a record is deleted, and the recycle bin is told of", async () => {
  const { server, erased } = await erase(text(204, ""));
  expect(await erased).toEqual({ copy: "deleted", remains: "salesforce_recycle_bin" });
  expect(server.received.at(-1)).toMatchObject({ method: "DELETE", url: `/services/data/v62.0/sobjects/Task/${ID}` });
});

it.each([
  [404, "ENTITY_IS_DELETED"],
  [404, "NOT_FOUND"],
])("one that is not there any more (%i %s) is gone", async (status, code) => {
  expect(await (await erase(json(status, apiError(code)))).erased).toEqual({ copy: "gone" });
});

it.each([
  [403, "INSUFFICIENT_ACCESS_OR_READONLY"],
  [400, "INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY"],
  [400, "DELETE_FAILED"],
])(
  "one that Salesforce does not let go (%i %s) is refused by that name, for a person to see to",
  async (status, code) => {
    await expect((await erase(json(status, apiError(code)))).erased).rejects.toMatchObject({
      outcome: "REJECTED",
      code,
    });
  },
);

it("a Salesforce that is away is not taken for a deletion", async () => {
  await expect((await erase(json(503, apiError("SERVER_UNAVAILABLE")))).erased).rejects.toMatchObject({
    code: "SERVER_UNAVAILABLE",
  });
});
