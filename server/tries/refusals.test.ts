import { describe, expect, test } from "vitest";
import type { PublishedFlow } from "../../workflows/flow/schema.js";
import { aFlow, aNode } from "../../workflows/flow/testing/a-flow.js";
import { aWorld } from "../../workflows/flow/testing/a-world.js";
import type { Pins } from "../../workflows/flow/try/pin.js";
import { tryFlow } from "../../workflows/flow/try/try-flow.js";
import { tryWithRefusals } from "./refusals.js";

const numbers = Array.from({ length: 30 }, (_none, index) => String(index));
const posts = numbers.map((name) => aNode("action", `post${name}`));

/** Every step of it is refused; answers how often the flow was tried, too. */
async function refusing(flow: PublishedFlow, pins: Pins = {}) {
  let tries = 0;
  const whole = await tryWithRefusals({
    flow,
    pins,
    tryWith: (answers) => {
      tries += 1;
      return tryFlow(flow, aWorld(), answers);
    },
    rehearse: ({ effects }) => {
      const rehearsed = { kind: "refused", code: "no_text", message: "", field: null } as const;
      return Promise.resolve(effects.map((effect) => ({ effect, rehearsed })));
    },
  });
  return { ...whole, tries };
}

describe("what actions refuse", () => {
  test("side by side is answered in one more try, however many they are", async () => {
    const flow = aFlow(posts, numbers.map((name) => `start > post${name}`).join(", "));
    const { tries, tried } = await refusing(flow);
    expect(tries).toBe(2);
    for (const { id } of posts) expect(tried.view.steps[id]).toMatchObject({ stuck: { code: "no_text" } });
  });

  test("after another is asked again, for it may never be reached", async () => {
    const { tries, tried } = await refusing(aFlow(posts.slice(0, 2), "start > post0, post0 > post1"));
    expect(tries).toBe(2);
    expect(tried.path).toEqual(["start", "post0"]);
  });

  test("is no news of a step that is pinned", async () => {
    const flow = aFlow(posts.slice(0, 1), "start > post0");
    expect((await refusing(flow, { post0: { kind: "done", output: {} } })).tries).toBe(1);
  });

  test("one after the other without end is told in words", async () => {
    const ways = numbers.slice(1).map((name) => `post${String(Number(name) - 1)}:failure > post${name}`);
    const flow = aFlow(posts, ["start > post0", ...ways].join(", "));
    await expect(refusing(flow)).rejects.toMatchObject({ status: 422, code: "too_many_refusals" });
  });
});
