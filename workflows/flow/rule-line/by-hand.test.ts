import { expect, test } from "vitest";
import { inputByHand } from "./by-hand.js";

test("an issue that is placed by hand needs only its project", () => {
  const { summary, description, ...rest } = inputByHand("jira.createIssue@1", "en");
  expect(String(summary)).toMatch(/^Score \{\{ feedback\.score/);
  expect(String(description)).toContain("{{ feedback.comment");
  expect(rest).toEqual({ issueType: "Bug", labels: ["voice-of-customer"] });
});

test.each(["createCase", "createNote", "createTask"])("Salesforce's %s is about the contact's e-mail", (verb) => {
  const { contactEmail } = inputByHand(`salesforce.${verb}@1`, "fr");
  expect(String(contactEmail)).toContain("contact.email");
});

test("others, and what is not known, are left as they are", () => {
  expect(inputByHand("slack.postMessage@1", "en")).toEqual({});
  expect(inputByHand("unknown", "en")).toEqual({});
});
