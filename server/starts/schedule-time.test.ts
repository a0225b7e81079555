import { describe, expect, test } from "vitest";
import { cronProblem } from "../../workflows/flow/cron.js";
import { timeliness } from "./schedule-time.js";

const daily = { cron: "0 9 * * *", timeZone: "Europe/Paris" };
const judge = (schedule: typeof daily, at: string, now: string) => timeliness(schedule, new Date(at), new Date(now));

describe("a time of a schedule", () => {
  test("that has just come is due, and so it is an hour later, but no later than that", () => {
    expect(judge(daily, "2026-11-23T08:00:00Z", "2026-11-23T08:00:01Z")).toBe("due");
    expect(judge(daily, "2026-11-23T08:00:00Z", "2026-11-23T09:00:00Z")).toBe("due");
    expect(judge(daily, "2026-11-23T08:00:00Z", "2026-11-23T09:00:01Z")).toBe("too_late");
  });

  test("that was missed gives way to a later one that was missed, too", () => {
    const often = { ...daily, cron: "*/10 * * * *" };
    const now = "2026-11-23T08:35:00Z";
    expect(judge(often, "2026-11-23T08:10:00Z", now)).toBe("superseded");
    expect(judge(often, "2026-11-23T08:20:00Z", now)).toBe("superseded");
    expect(judge(often, "2026-11-23T08:30:00Z", now)).toBe("due");
  });

  test("of a line that was changed since is none of its times", () => {
    expect(judge({ ...daily, cron: "0 10 * * *" }, "2026-11-23T08:00:00Z", "2026-11-23T08:00:01Z")).toBe("not_due");
  });

  test("of a line that cannot be read is over after an hour, so that nothing tries it again for ever", () => {
    const unread = { ...daily, cron: "*/90 * * * *" };
    expect(judge(unread, "2026-11-23T08:00:00Z", "2026-11-23T09:00:01Z")).toBe("too_late");
  });

  test.each(["*/60 * * * *", "0 */24 * * *", "0 0 */31 * *", "0 0 1 */12 *", "0 0 * * */7", "0-9/60 * * * *"])(
    "of %s, which a flow may have, can be read",
    (cron) => {
      expect(cronProblem(cron)).toBeNull();
      expect(judge({ ...daily, cron }, "2026-11-23T08:00:30Z", "2026-11-23T08:00:31Z")).toBe("not_due");
    },
  );

  test("comes once in the night that has an hour twice", () => {
    const night = { ...daily, cron: "30 2 * * *" };
    expect(judge(night, "2026-10-25T00:30:00Z", "2026-10-25T00:30:01Z")).toBe("due");
    expect(judge(night, "2026-10-25T01:30:00Z", "2026-10-25T01:30:01Z")).toBe("not_due");
  });
});
