import { describe, expect, it } from "vitest";
import { dueLine, dueOf } from "./due.js";
import { sobjectPath, soqlText } from "./soql.js";
import { line, longText, noteHtml } from "./text.js";

const now = new Date("2026-03-01T22:30:00Z");

describe("due dates", () => {
  it("takes a date as it is", () => {
    expect(dueOf({ dueDate: " 2026-03-05 " }, now)).toEqual({ date: "2026-03-05", at: null });
    expect(dueLine({ date: "2026-03-05", at: null })).toBe("Due: 2026-03-05");
  });

  it("keeps the time of a moment, counted in UTC", () => {
    const due = dueOf({ dueDate: "2026-03-05T23:00:00-05:00" }, now);
    expect(due).toEqual({ date: "2026-03-06", at: new Date("2026-03-06T04:00:00Z") });
    expect(dueLine(due!)).toBe("Due: 2026-03-06 04:00 UTC");
  });

  it("counts hours from now, unless a date is given", () => {
    expect(dueOf({ dueInHours: 4 }, now)?.date).toBe("2026-03-02");
    expect(dueOf({ dueInHours: 4, dueDate: "2026-04-01" }, now)?.date).toBe("2026-04-01");
    expect(dueOf({}, now)).toBeNull();
  });

  it.each(["tomorrow", "2026-13-45", "3"])("refuses “%s”", (dueDate) => {
    expect(() => dueOf({ dueDate }, now)).toThrow("is not a date");
  });
});

describe("texts", () => {
  it("folds and cuts a line", () => {
    expect(line(" a\n b ")).toBe("a b");
    expect(line("x".repeat(300))).toHaveLength(255);
    expect(longText("x".repeat(40_000))).toHaveLength(32_000);
  });

  it("lets nothing in a note become a tag", () => {
    expect(noteHtml(`<script>"a" & 'b'</script>\nnext\n\nlast`)).toBe(
      "<p>&lt;script&gt;&quot;a&quot; &amp; &#39;b&#39;&lt;/script&gt;<br>next</p><p>last</p>",
    );
  });
});

describe("SOQL and paths", () => {
  it("closes no literal early", () => {
    expect(soqlText("o'b\\x' OR Name LIKE '%")).toBe("'o\\'b\\\\x\\' OR Name LIKE \\'%'");
    expect(soqlText("a\nb")).toBe("'a\\nb'");
  });

  it("encodes every part of a path", () => {
    expect(sobjectPath("Task", "Key__c", "a/b?c")).toBe("/sobjects/Task/Key__c/a%2Fb%3Fc");
  });
});
