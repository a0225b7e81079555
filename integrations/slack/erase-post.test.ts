import { expect, it } from "vitest";
import { erasePost } from "./erase-post.js";
import { callTo, fakeSlack, type Reply } from "./testing/fake-slack.js";

async function erase(reply: Reply) {
  const slack = await fakeSlack({ "chat.delete": reply });
  return { slack, erased: erasePost({ ...callTo(slack), externalId: "C1/1772442000.000100" }) };
}

it("a message of ours is deleted by its channel and time", async () => {
  const { slack, erased } = await erase({ ok: true });
  expect(await erased).toEqual({ copy: "deleted" });
  expect(slack.asked).toMatchObject([{ method: "chat.delete", args: { channel: "C1", ts: "1772442000.000100" } }]);
});

it.each(["message_not_found", "channel_not_found"])("one that is not there any more (%s) is gone", async (error) => {
  expect(await (await erase({ ok: false, error })).erased).toEqual({ copy: "gone" });
});

it.each(["cant_delete_message", "compliance_exports_prevent_deletion"])(
  "one that Slack does not let go (%s) is refused by that name, for a person to see to",
  async (error) => {
    await expect((await erase({ ok: false, error })).erased).rejects.toMatchObject({
      outcome: "REJECTED",
      code: error,
    });
  },
);

it("a Slack that answers later, or not for this token, is not taken for a deletion", async () => {
  for (const [error, outcome] of [
    ["ratelimited", "TRANSIENT"],
    ["token_revoked", "AUTH"],
  ])
    await expect((await erase({ ok: false, error })).erased).rejects.toMatchObject({ outcome });
});
