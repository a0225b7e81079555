import { expect, it } from "vitest";
import { exportHtml } from "./export-html.js";

it("what somebody wrote is text in the page, whatever signs it has: never a tag, an attribute or an entity", () => {
  const page = exportHtml({
    exportedAt: "2026-11-23T08:00:00.000Z",
    contact: { name: `<img src="x" onerror='a()'> & &lt;b&gt;` },
    mergedContacts: [],
    responses: [{ attributes: { [`"quoted" & 'single'`]: 1 } }],
    runs: [],
  });
  expect(page).toContain("&lt;img src=&quot;x&quot; onerror=&#39;a()&#39;&gt; &amp; &amp;lt;b&amp;gt;");
  expect(page).toContain("<b>&quot;quoted&quot; &amp; &#39;single&#39;</b>: 1");
});

it("is what a person wants to read: who, what was said, what was sent, by day and minute, without ids", () => {
  const page = exportHtml({
    exportedAt: "2026-11-23T08:00:00.000Z",
    contact: { id: "019b", name: "Ada", email: null, firstSeen: "2026-11-20T07:06:05.000Z" },
    mergedContacts: [],
    responses: [
      {
        id: "r1",
        source: "Survey",
        occurredAt: new Date("2026-11-21T10:11:12Z"),
        score: 3,
        scaleMin: 0,
        scaleMax: 10,
        comment: "Late",
        raw: "{}",
      },
    ],
    runs: [
      {
        ...{ id: "run1", flow: "Callback", facts: [{ kind: "started" }], approvals: [] },
        effects: [{ id: "e1", action: "slack.postMessage@1", state: "done", request: { text: "Ada: Late" } }],
      },
    ],
  });
  for (const said of ["2026-11-20 07:06 UTC", "3, from 0 to 10", "Late", "slack: post message", "Ada: Late"])
    expect(page).toContain(said);
  for (const left of ["019b", "run1", "started", "e1", "raw", "E-mail"]) expect(page).not.toContain(left);
});
