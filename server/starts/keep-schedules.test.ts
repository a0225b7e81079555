import { expect, test } from "vitest";
import { keepPublished } from "./keep-schedules.js";

const daily = (flowId: string, timeZone = "UTC") => ({ flowId, cron: "0 9 * * *", timeZone });

test("a schedule that cannot be kept keeps no other from being made or from going, and is told", async () => {
  const there = new Set(["start_gone", "start_stuck"]);
  const schedules = {
    list: () => Promise.resolve([...there]),
    create: (id: string) => {
      if (id.startsWith("start_bad")) throw new Error("bad is refused");
      there.add(id);
      return Promise.resolve();
    },
    remove: (id: string) => {
      if (id === "start_stuck") throw new Error("stuck stays");
      there.delete(id);
      return Promise.resolve();
    },
  };
  const published = [daily("nowhere", "Nowhere/None"), daily("bad"), daily("good")];
  const kept = keepPublished(published, { schedules, prefix: "start_" });
  await expect(kept).rejects.toThrow(/Nowhere.*bad is refused.*stuck stays/);
  expect([...there]).toEqual(["start_stuck", expect.stringMatching(/^start_good_/)]);
});
