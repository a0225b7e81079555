import { sql } from "kysely";
import { describe, expect, it } from "vitest";
import { peopleFoundSchema } from "../../../people/people-api.js";
import type { Client } from "../../../testing/http.js";
import type { Product } from "../product.js";
import { finished, stepOf } from "../runs.js";
import { ada, jane, sam, type Play } from "../template-play.js";

export function happyScenes({ template, outcome, pass, added }: Play, product: Product, api: Client): void {
  describe("praise that reaches the team", () => {
    it("passes a promoter's words on, and does nothing where there are none", async () => {
      const { say } = await template("praise", "nps");
      expect(await outcome(await say({ ...jane, score: 10, comment: "Tom was wonderful." }))).toBe("passed on");
      expect(added()).toEqual([
        "Salesforce ContentNote: Happy: NPS 10",
        "Slack #support: *A customer is happy* (10 of 10):",
      ]);
      expect(await outcome(await say({ ...ada, score: 9, comment: "Quick." }))).toBe("passed on");
      expect(added()).toEqual(["Slack #support: *A customer is happy* (9 of 10):"]);
      expect(await outcome(await say({ ...jane, score: 9 }))).toBe("no words");
      expect(added()).toEqual([]);
    });
  });

  describe("promoter referral", () => {
    async function consent(words: string): Promise<void> {
      const found = peopleFoundSchema.parse((await api("POST", "/api/privacy/search", { words })).json);
      const choices = { restricted: false, consents: ["marketing"], objections: [] };
      const answer = await api("PUT", `/api/privacy/contacts/${found.contacts[0]!.id}/choices`, choices);
      expect(answer.status, answer.text).toBe(200);
    }

    it("asks those who consented, on a calm morning, and holds back one in ten to compare", async () => {
      const { say } = await template("promoter-referral", "nps");
      await consent(jane.email);
      const runId = await say({ ...jane, score: 10, comment: "I tell everybody." });
      await pass(runId, "calm", 7);
      const run = await finished(api, runId);
      const isAsked = stepOf(run, "some").output === "asked";
      expect(run.outcome).toBe(isAsked ? "referral asked for" : "not asked, to compare");
      const done = [
        "Salesforce Task: Ask Jane Doe for a referral: NPS 10",
        "Slack #cx: *Jane Doe recommends us* (NPS 10); sales will ask for a referral.",
      ];
      expect(added()).toEqual(isAsked ? done : []);
    });

    it("does nothing about somebody who did not consent to marketing", async () => {
      const { say } = await template("promoter-referral", "nps");
      const runId = await say({ ...sam, score: 9 });
      const { rows } = await sql<{ withheld: string }>`select withheld from run where id = ${runId}`.execute(
        product.database.db,
      );
      expect(rows).toEqual([{ withheld: "no_consent" }]);
      await pass(runId, "calm", 7);
      expect(added()).toEqual([]);
    });
  });
}
