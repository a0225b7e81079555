import { describe, expect, it } from "vitest";
import { ada, jane, sam, type Play } from "../template-play.js";

export function unhappyScenes({ template, outcome, decide, pass, urlOf, added }: Play): void {
  describe("detractor recovery", () => {
    it("calls back, asks after two days, and notes the call or tells the CX team", async () => {
      const { say } = await template("detractor-recovery", "nps");
      const reached = await say({ ...jane, score: 3, comment: "Late again." });
      await pass(reached, "rest", 2);
      await decide(reached, "Was Jane Doe reached?", "approve");
      expect(await outcome(reached)).toBe("reached");
      expect(added()).toEqual([
        "Salesforce ContentNote: Spoke with them after NPS 3",
        "Salesforce Task: Call back Jane Doe: NPS 3",
        "Slack #support: *Call Jane Doe back* today (NPS 3). +44 20 7946 0018",
        "Slack #support: Was Jane Doe reached?: :white_check_mark: Approved by Maya Lindqvist",
      ]);

      const missed = await say({ ...ada, score: 6 });
      await pass(missed, "rest", 2);
      await pass(missed, "ask", 1);
      expect(await outcome(missed)).toBe("not reached");
      expect(added()).toEqual([
        "Salesforce Task: Call back Ada Brandt: NPS 6",
        "Slack #cx: *Nobody has reached Ada Brandt* in two days (NPS 6). " + urlOf(missed),
        "Slack #support: *Call Ada Brandt back* today (NPS 6). ",
        "Slack #support: Was Ada Brandt reached?: :hourglass: Expired",
      ]);

      const unknown = await say({ ...ada, score: 0 });
      await pass(unknown, "rest", 2);
      await decide(unknown, "Was Ada Brandt reached?", "approve");
      // Salesforce knows nobody to note it on, and the loop closes all the same.
      expect(await outcome(unknown)).toBe("reached");
      expect(added()).not.toContainEqual(expect.stringContaining("ContentNote"));
    });
  });

  describe("low CSAT on a support ticket", () => {
    it("opens a case, keeps the reason as a lesson, and tells support of both", async () => {
      const { say } = await template("low-csat", "csat");
      expect(await outcome(await say({ ...sam, score: 2, comment: "Closed without asking me." }))).toBe(
        "second look asked for",
      );
      expect(added()).toEqual([
        "Jira SUP Task: Support rated 2: Closed without asking me.",
        "Salesforce Case: Look again: support rated 2 by Sam Rivera",
        "Slack #support: *Support was rated 2 by Sam Rivera.*",
      ]);
      expect(await outcome(await say({ ...ada, score: 1 }))).toBe("second look asked for");
      expect(added()).toEqual([
        "Salesforce Case: Look again: support rated 1 by Ada Brandt",
        "Slack #support: *Support was rated 1 by Ada Brandt.*",
      ]);
    });
  });

  describe("churn risk on a key account", () => {
    it("asks for a sponsor of a large account, has its manager call a smaller one, and asks after two weeks", async () => {
      const { say } = await template("churn-risk", "nps");
      const large = await say({ ...jane, score: 4, comment: "We look elsewhere." });
      await decide(large, "Executive sponsor for Northwind Traders?", "approve");
      await pass(large, "weeks", 14);
      await decide(large, "Is Northwind Traders safe?", "approve");
      expect(await outcome(large)).toBe("safe");
      expect(added()).toEqual([
        "Salesforce Case: At risk: Northwind Traders, NPS 4",
        "Salesforce Task: Executive call: Northwind Traders",
        "Slack #cx: Executive sponsor for Northwind Traders?: :white_check_mark: Approved by Maya Lindqvist",
        "Slack #cx: Is Northwind Traders safe?: :white_check_mark: Approved by Maya Lindqvist",
      ]);

      const unsponsored = await say({ ...jane, score: 2 });
      await pass(unsponsored, "ask", 1);
      await pass(unsponsored, "weeks", 14);
      await decide(unsponsored, "Is Northwind Traders safe?", "reject");
      expect(await outcome(unsponsored)).toBe("still at risk");
      expect(added()).toContain("Salesforce Task: Call Northwind Traders: NPS 2");

      const smaller = await say({ ...sam, score: 5 });
      await pass(smaller, "weeks", 14);
      await pass(smaller, "check", 3);
      expect(await outcome(smaller)).toBe("still at risk");
      expect(added()).toEqual([
        "Salesforce Case: At risk: Globex, NPS 5",
        "Salesforce Task: Call Globex: NPS 5",
        `Slack #cx: *Globex is still at risk*, two weeks after NPS 5. ${urlOf(smaller)}`,
        "Slack #cx: Is Globex safe?: :hourglass: Expired",
      ]);
    });
  });

  describe("no answer after a complaint", () => {
    it("asks after a day whether it was answered, and escalates where nobody says yes", async () => {
      const { say } = await template("unanswered-complaint", "csat");
      const answered = await say({ ...jane, score: 1, comment: "Nobody calls." });
      await pass(answered, "rest", 1);
      await decide(answered, "Was Jane Doe answered?", "approve");
      expect(await outcome(answered)).toBe("answered");
      expect(added()).toEqual([
        "Salesforce Case: Complaint of Jane Doe (score 1)",
        "Slack #support: *Jane Doe complains* (score 1).",
        "Slack #support: Was Jane Doe answered?: :white_check_mark: Approved by Maya Lindqvist",
      ]);

      const silent = await say({ ...ada, score: 2 });
      await pass(silent, "rest", 1);
      await pass(silent, "ask", 1);
      expect(await outcome(silent)).toBe("answered late");
      expect(added()).toEqual([
        "Salesforce Case: Complaint of Ada Brandt (score 2)",
        "Salesforce Task: Answer Ada Brandt today",
        expect.stringMatching(/^Slack #cx: \*Ada Brandt has waited for an answer since yesterday\*/),
        "Slack #support: *Ada Brandt complains* (score 2).",
        "Slack #support: Was Ada Brandt answered?: :hourglass: Expired",
      ]);
    });
  });

  describe("VIP complaint with approval", () => {
    it("makes a gesture that is approved, apologises for one that is not, and asks the lead where nobody answers", async () => {
      const { say } = await template("vip-complaint", "csat");
      const approved = await say({ ...jane, score: 1, comment: "Third time." });
      await decide(approved, "A goodwill gesture for Northwind Traders?", "approve");
      expect(await outcome(approved)).toBe("gesture made");
      expect(added()).toEqual([
        "Salesforce Case: Complaint of Northwind Traders (score 1)",
        "Salesforce Task: Call Northwind Traders with a goodwill gesture",
        `Slack #cx: *Northwind Traders gets a goodwill gesture.* ${urlOf(approved)}`,
        "Slack #cx: A goodwill gesture for Northwind Traders?: :white_check_mark: Approved by Maya Lindqvist",
      ]);

      const refused = await say({ ...sam, score: 2 });
      await decide(refused, "A goodwill gesture for Globex?", "reject");
      expect(await outcome(refused)).toBe("apology only");
      expect(added()).toContain("Salesforce Task: Call Globex and apologise");

      const lead = await say({ ...jane, score: 2 });
      await pass(lead, "ask", 1);
      await decide(lead, "Nobody answered: a gesture for Northwind Traders?", "approve");
      expect(await outcome(lead)).toBe("gesture made");
      expect(added()).toContain("Salesforce Task: Call Northwind Traders with a goodwill gesture");

      const nobody = await say({ ...jane, score: 1 });
      await pass(nobody, "ask", 1);
      await pass(nobody, "lead", 1);
      expect(await outcome(nobody)).toBe("apology only");
      expect(added()).toContain("Salesforce Task: Call Northwind Traders and apologise");
    });
  });

  describe("onboarding friction", () => {
    it("offers help, writes down where it was hard, and calls whom it did not help", async () => {
      const { say } = await template("onboarding-friction", "ces");
      const going = await say({ ...jane, score: 2, comment: "I could not import my list.", product: "Import" });
      await pass(going, "week", 5);
      await decide(going, "Has Jane Doe got going?", "approve");
      expect(await outcome(going)).toBe("got going");
      expect(added()).toEqual([
        "Jira RND Task: Hard at first: I could not import my list.",
        "Salesforce Task: Help Jane Doe to get going: effort 2 of 7",
        "Slack #support: Has Jane Doe got going?: :white_check_mark: Approved by Maya Lindqvist",
      ]);

      const stuck = await say({ ...ada, score: 3 });
      await pass(stuck, "week", 5);
      await pass(stuck, "ask", 2);
      expect(await outcome(stuck)).toBe("call arranged");
      expect(added()).toEqual([
        "Salesforce Task: Call Ada Brandt: still not going",
        "Salesforce Task: Help Ada Brandt to get going: effort 3 of 7",
        "Slack #support: Has Ada Brandt got going?: :hourglass: Expired",
      ]);
    });
  });
}
