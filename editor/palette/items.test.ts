import { expect, test } from "vitest";
import { searchItems } from "./items.js";
import type { PaletteItem } from "./items.js";

const item = (title: string, text: string, key = title): PaletteItem => ({
  key,
  title,
  text,
  type: "action",
  group: "do",
  mark: "jira",
  stem: "x",
  connector: null,
  config: {},
});
const items = [item("Créer un ticket Jira", "Jira"), item("Message Slack", "Slack"), item("Attendre", "Un temps")];
const found = (search: string) => searchItems(items, search).map(({ title }) => title);

test("every word of the search is found somewhere, accents or not", () => {
  expect(found("jira creer")).toEqual(["Créer un ticket Jira"]);
  expect(found("TEMPS")).toEqual(["Attendre"]);
  expect(found("  ")).toHaveLength(3);
  expect(found("jira slack")).toEqual([]);
});
