import { chooseLanguage } from "../i18n/index.js";
import { act } from "react";
import { expect, test } from "vitest";
import { ApiError } from "../api/client.js";
import { ErrorNotice } from "./notice.js";
import { draw } from "./testing/render.js";

const refusal = (code: string, status: number, detail: string) =>
  new ApiError({ type: "about:blank", title: "Conflict", status, code, detail });

async function told(error: unknown, language: "en" | "fr"): Promise<string> {
  await draw(<ErrorNotice error={error} />);
  await act(() => chooseLanguage(language));
  return document.querySelector('[role="alert"]')?.textContent ?? "";
}

const over = refusal("run_finished", 409, "This run is over; nothing about it can be changed any more.");
const refused = refusal("connection_refused", 422, "Jira: the token is too old.");

test("English readers get the server's own sentence below what it is about", async () => {
  expect(await told(over, "en")).toBe(
    "This is not possible any moreThis run is over; nothing about it can be changed any more.",
  );
});

test("French readers get French words for its code", async () => {
  expect(await told(over, "fr")).toBe(
    "Ce n'est plus possibleCette exécution est terminée\u00a0; plus rien n'y peut être changé.",
  );
});

test("what the other system said is kept, in its words", async () => {
  expect(await told(refused, "fr")).toContain("L'autre système n'a pas accepté\u00a0: Jira: the token is too old.");
});

test("a code that is not known here falls back to the server's sentence", async () => {
  expect(await told(refusal("brand_new", 409, "Something new."), "fr")).toBe("ConflictSomething new.");
});
