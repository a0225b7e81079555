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
