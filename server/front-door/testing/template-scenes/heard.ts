import { describe, expect, it } from "vitest";
import type { Product } from "../product.js";
import { messages, messagesOf, PEOPLE, rowsOf } from "../slack.js";
import { ada, jane, sam, withoutKeys, type Play } from "../template-play.js";

export function heardScenes({ template, outcome, asked, decide, pass, added }: Play, product: Product): void {
  describe("reply to a bad review", () => {
    it("drafts in the reviewer's language, and has the reply posted, written anew, or brought to mind", async () => {
      const { say } = await template("review-reply", "stars");
      const approved = await say({ score: 1, comment: "Jamais livré.", language: "fr" });
      expect(JSON.stringify(await asked(approved, "Reply to a review of 1 stars?"))).toContain("Merci de nous");
      await decide(approved, "Reply to a review of 1 stars?", "approve");
      expect(await outcome(approved)).toBe("reply approved");
      expect(messagesOf(product, approved).map(({ text }) => text)).toContainEqual(
        expect.stringContaining("Merci de nous l'avoir dit"),
      );
      expect(added()).toEqual([
        "Slack #cx: Reply to a review of 1 stars?: :white_check_mark: Approved by Maya Lindqvist",
        "Slack #support: *Post this reply* to the review of 1 stars:",
      ]);

      const refused = await say({ score: 2, comment: "Never delivered." });
      expect(JSON.stringify(await asked(refused, "Reply to a review"))).toContain("Thank you for telling us");
      await decide(refused, "Reply to a review", "reject");
      expect(await outcome(refused)).toBe("reply to be written");
      expect(added()).toContain("Jira SUP Task: Write a reply of our own: Never delivered.");

      const forgotten = await say({ score: 2, comment: "Bad." });
      await pass(forgotten, "ask", 1);
      expect(await outcome(forgotten)).toBe("nobody decided");
      expect(added()).toContain("Slack #cx: *A review of 2 stars is still unanswered* after a day.");
    });
  });

  describe("told when it is fixed", () => {
    it("makes a bug of a defect, asks R&D after two weeks, and has the customer told or says on the ticket that they wait", async () => {
      const { say } = await template("told-when-fixed", "nps");
      const mended = await say({ ...sam, score: 7, comment: "The export crashes.", product: "App" });
      await pass(mended, "weeks", 14);
      await decide(mended, " mended?", "approve");
      expect(await outcome(mended)).toBe("customer told");
      expect(added().map(withoutKeys)).toEqual([
        "Jira RND Bug: App: The export crashes.",
        "Salesforce Task: Tell Sam Rivera: RND-0 is mended",
        expect.stringMatching(/^Slack #rnd: \*A customer found something broken\*/),
        "Slack #rnd: Is RND-0 mended?: :white_check_mark: Approved by Maya Lindqvist",
      ]);

      const late = await say({ ...ada, score: 2, comment: "Ça ne marche pas." });
      await pass(late, "weeks", 14);
      await pass(late, "ask", 7);
      expect(await outcome(late)).toBe("customer still waits");
      expect(added()).toContainEqual(expect.stringMatching(/^Jira comment: The customer who found this/));

      expect(await outcome(await say({ ...jane, score: 8, comment: "All is well." }))).toBe("nothing broken");
      expect(added()).toEqual([]);
    });
  });

  describe("feature request roll-up", () => {
    it("puts wishes on one list, notes them, and tells R&D of a key account's", async () => {
      const { say } = await template("feature-requests", "csat");
      expect(
        await outcome(await say({ ...jane, score: 4, comment: "Could you add a dark theme?", product: "App" })),
      ).toBe("on the list");
      expect(added().map(withoutKeys)).toEqual([
        "Jira RND Task: App: Could you add a dark theme?",
        "Salesforce ContentNote: Asked for RND-0",
        expect.stringMatching(/^Slack #rnd: \*Northwind Traders asks for something\*/),
      ]);
      expect(rowsOf<{ labels: string[] }>(product, "jira", "issues").at(-1)!.labels).toEqual(
        expect.arrayContaining(["feature-request", "app"]),
      );
      expect(await outcome(await say({ ...ada, score: 4, comment: "Il manque un export." }))).toBe("on the list");
      expect(added()).toEqual(["Jira RND Task: not said: Il manque un export."]);
      expect(await outcome(await say({ ...ada, score: 4, comment: "Fine." }))).toBe("no request");
      expect(added()).toEqual([]);
    });
  });

  describe("employee engagement alert", () => {
    it("waits until Monday, tells nothing of who said what, and asks once more where nothing is planned", async () => {
      const { say } = await template("employee-alert", "nps");
      const said = { ...ada, score: 2, comment: "My manager never listens." };
      const planned = await say(said);
      await pass(planned, "monday", 7);
      await decide(planned, "Will the pulse be spoken of this week?", "approve");
      expect(await outcome(planned)).toBe("conversation planned");
      expect(added()).toEqual([
        "Slack #people: *The pulse has low answers since last week.* Read them in groups under Feedback, and look for what several say.",
        "Slack #people: Will the pulse be spoken of this week?: :white_check_mark: Approved by Maya Lindqvist",
      ]);

      const open = await say(said);
      await pass(open, "monday", 7);
      await pass(open, "ask", 3);
      expect(await outcome(open)).toBe("not planned");
      expect(added()).toContainEqual(expect.stringContaining("Nobody has planned a conversation"));
      const everything = JSON.stringify(messages(product).filter(({ channel }) => channel === PEOPLE));
      for (const word of ["Ada", "brandt", "manager never", "[score]"]) expect(everything).not.toContain(word);
    });
  });
}
