import { describe, expect, it } from "vitest";
import type { Entry } from "./oversight-api.js";
import { recordHtml } from "./record-html.js";
import { recordOf } from "./record.js";
import { registryCsv } from "./registry-csv.js";
import { goodAnswers } from "./testing/answers.js";

const now = new Date("2026-11-23T12:00:00Z");
const flow = (number: number) => ({ id: `0192f000-0000-7000-8000-00000000000${number}`, name: `Flow ${number}` });

const source: Entry = {
  ...goodAnswers,
  ...{
    kind: "source",
    id: "0192f000-0000-7000-8000-0000000000a1",
    name: "Product survey",
    product: "generic",
    state: "active",
  },
  ...{ ownerName: "Ines", credentialOwnerName: null, lastEventAt: null, events: 3, changedAt: null },
  flows: [flow(1)],
  risk: { points: 0, band: "low", reasons: [] },
};
const slack: Entry = {
  ...source,
  ...{ kind: "connection", name: "Slack", product: "slack", region: "third", place: "United States" },
};
const unused: Entry = { ...slack, name: "Jira", flows: [flow(2)] };

describe("the record", () => {
  const record = recordOf([source, slack, unused], { controller: "Acme", now });

  it("tells each processing with what is said of it, and whom its flows take its data to", () => {
    expect(record).toMatchObject({ controller: "Acme", madeAt: now.toISOString() });
    expect(record.processings).toMatchObject([
      {
        name: "Product survey",
        purpose: goodAnswers.purpose,
        lawfulBasis: "legitimate_interests",
        dataSubjects: ["customers"],
        dataClasses: ["scores", "verbatims"],
        retention: "Two years",
        recipients: ["Slack"],
        transfers: ["Slack (United States)"],
        place: { region: "eea", transfer: false, agreement: "signed", agreementReference: "DPA-7" },
      },
    ]);
    expect(record.recipients.map(({ name, place }) => [name, place.transfer])).toEqual([
      ["Slack", true],
      ["Jira", true],
    ]);
    expect(record.securityMeasures.length).toBeGreaterThan(3);
  });

  it("can be read, says what nobody said, and runs nothing that somebody wrote", () => {
    const evil = {
      ...source,
      name: "<script>alert(1)</script>",
      purpose: `"><img src=x onerror=alert(1)>`,
      retention: null,
    };
    const html = recordHtml(recordOf([evil], { controller: "A & <b>B</b>", now }));
    expect(html).toContain("A &amp; &lt;b&gt;B&lt;/b&gt;");
    expect(html).toContain("&lt;script&gt;");
    expect(html).not.toMatch(/<(script|img|b>B)/);
    expect(html).toContain("<b>Transfers outside the EEA</b>: none");
    const unplaced = recordHtml(recordOf([{ ...source, region: null }], { controller: "Acme", now }));
    expect(unplaced).toContain("<b>Transfers outside the EEA</b>: Product survey: where is not said");
    expect(html).toContain("<b>Time limits for erasure</b>: not said");
  });
});

describe("the table", () => {
  it("has a line for each tool, and no formula", () => {
    const [header, line, end] = registryCsv([{ ...source, name: "=1+1", purpose: "@SUM(A1), or so" }]).split("\r\n");
    expect(header).toMatch(/^kind,id,name,product,state,risk_points,risk_band/);
    expect(line).toContain(
      `,'=1+1,generic,active,0,low,,Ines,"'@SUM(A1), or so",legitimate_interests,scores verbatims,`,
    );
    expect(end).toBe("");
  });
});
