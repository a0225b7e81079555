import { describe, expect, test } from "vitest";
import { cronWords } from "./cron-words.js";
import { curlLine } from "./curl-line.js";
import { freeName, nameFrom } from "./field-name.js";
import { nextTimes } from "./next-times.js";

const next = (cron: string, from: string, amount = 2) =>
  nextTimes(cron, "Europe/Paris", new Date(from), amount).map((time) => time.toISOString());

describe("the next times of a schedule", () => {
  test("keep to the clock on the wall when the clocks change", () => {
    expect(next("0 9 * * *", "2026-03-28T12:00:00Z")).toEqual(["2026-03-29T07:00:00.000Z", "2026-03-30T07:00:00.000Z"]);
    expect(next("0 9 * * *", "2026-10-24T12:00:00Z")).toEqual(["2026-10-25T08:00:00.000Z", "2026-10-26T08:00:00.000Z"]);
  });

  test("come once in the night that has an hour twice", () => {
    expect(next("30 2 * * *", "2026-10-24T20:00:00Z")).toEqual([
      "2026-10-25T00:30:00.000Z",
      "2026-10-26T01:30:00.000Z",
    ]);
  });

  test("are none where nothing can be read, and where the day never comes", () => {
    expect(next("0 9 * *", "2026-03-28T12:00:00Z")).toEqual([]);
    expect(next("0 9 30 2 *", "2026-03-28T12:00:00Z")).toEqual([]);
    expect(nextTimes("0 9 * * *", "Mars/Olympus", new Date())).toEqual([]);
  });
});

test("a cron line is told in the reader's language", () => {
  expect(cronWords("*/15 8-18 * * 1-5", "en")).toBe("Every 15 minutes, between 08:00 and 18:59, Monday through Friday");
  expect(cronWords("*/15 8-18 * * 1-5", "fr")).toBe("Toutes les 15 minutes, de 08:00 à 18:59, de lundi à vendredi");
  expect(cronWords("0 9 * *", "en")).toBe("");
});

test("a field is named after its label, in letters that an expression can read", () => {
  expect(nameFrom("Store number")).toBe("storeNumber");
  expect(nameFrom("Numéro d'été")).toBe("numeroDEte");
  expect(nameFrom("2nd try")).toBe("ndTry");
  expect(nameFrom("店")).toBe("field");
  expect(freeName("reason", ["reason", "reason2"])).toBe("reason3");
  expect(freeName("by", [])).toBe("by2");
});

test("a start as a program asks for it has every field, and a key", () => {
  const fields = [{ name: "reason", title: "Reason", type: "string", required: true }] as const;
  expect(curlLine("https://lw.example", "f1", fields)).toBe(
    `curl -X POST https://lw.example/api/flows/f1/runs \\
  -H "Authorization: Bearer $TOKEN" \\
  -H "Content-Type: application/json" \\
  -H "Idempotency-Key: $(uuidgen)" \\
  -d '{"fields":{"reason":"…"}}'`,
  );
});
