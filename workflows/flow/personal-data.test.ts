import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { findPersonalData, maskPersonalData } from "./personal-data.js";

const kinds = (text: string) => findPersonalData(text).map(({ kind, value }) => `${kind} ${value}`);

describe("finds", () => {
  it.each([
    ["write to ada@acme.example, please", ["email ada@acme.example"]],
    ["Zoë.Müller+x@exämple.co.uk!", ["email Zoë.Müller+x@exämple.co.uk"]],
    ["call +33 6 12 34 56 78 or 06.12.34.56.78", ["phone +33 6 12 34 56 78", "phone 06.12.34.56.78"]],
    ["my number is (555) 123-4567", ["phone (555) 123-4567"]],
    ["paid with 4111 1111 1111 1111 twice", ["card 4111 1111 1111 1111"]],
    ["IBAN FR14 2004 1010 0505 0001 3M02 606", ["iban FR14 2004 1010 0505 0001 3M02 606"]],
    ["de89370400440532013000", ["iban de89370400440532013000"]],
    ["card 4111 1111 1111 1111 12/27", ["card 4111 1111 1111 1111"]],
    ["4111 1111 1111 1111 123", ["card 4111 1111 1111 1111"]],
    [
      "order 12 of 4111.1111.1111.1111, 4111\u00a01111\u202f1111–1111",
      ["card 4111.1111.1111.1111", "card 4111\u00a01111\u202f1111–1111"],
    ],
    ["12 4111 1111 1111 1111", ["card 4111 1111 1111 1111"]],
    ["DE89370400440532013000 thanks", ["iban DE89370400440532013000"]],
    ["DE89 3704 0044 0532 0130 00 and I wait", ["iban DE89 3704 0044 0532 0130 00"]],
    ["Tel.0612345678 or me,+33612345678", ["phone 0612345678", "phone +33612345678"]],
    ["0171 12345678, 0171/1234567", ["phone 0171 12345678", "phone 0171/1234567"]],
    ["06\u00a012\u202f34  56–78", ["phone 06\u00a012\u202f34  56–78"]],
    ["+44 (0)20 7946 0958", ["phone +44 (0)20 7946 0958"]],
    ["0033612345678 and ada@acme.example", ["phone 0033612345678", "email ada@acme.example"]],
  ])("%s", (text, expected) => {
    expect(kinds(text)).toEqual(expected);
  });
});

describe("leaves", () => {
  it.each([
    ["a score and a date", "9 of 10 on 2026-03-02 at 14:30"],
    ["a number of an order", "order 2026-118-4432 and ticket SUP-1234567"],
    ["a price", "paid 1,234,567.89 EUR"],
    ["digits that fail the check of cards", "4111 1111 1111 1112"],
    ["digits that fail the check of accounts", "FR14 2004 1010 0505 0001 3M02 607"],
    ["a version", "since 10.12.1234.5678"],
    ["a handle", "thanks @ada"],
    ["a date before a number", "on 01/02/2026 10 people, on 02.03.26 1234 more"],
    ["a round number", "1 000 000 000 times"],
    ["decimals", "0.1234567891 and 12.0612345678"],
    ["a run's link that would pass for an account", "http://localhost/runs/01a207c6-db4a-70da-ab23-6b63757fb765."],
    ["a run's link that would pass for a card", "see runs/01a207c6-6821-7268-9732-5845e3e47dd4"],
    ["a run's link that would pass for a phone", "runs/01a207c6-328d-74fd-bd0f-23d086385057 is stuck"],
    ["a Slack message's id that would pass for a card", "after 1795426757.056001"],
  ])("%s", (_what, text) => {
    expect(kinds(text)).toEqual([]);
  });
});

test("an id beside what is personal hides none of it", () => {
  const id = "01a207c6-6821-7268-9732-5845e3e47dd4";
  expect(maskPersonalData(`${id}@acme.example, ${id} 06 12 34 56 78`)).toBe(`[e-mail], ${id} [phone]`);
});

test("masks each by its kind, but for what is to stay, however it is spelt", () => {
  const text = "Ada (ADA@acme.example, +33 6 12 34 56 78) and bob@acme.example";
  expect(maskPersonalData(text)).toBe("Ada ([e-mail], [phone]) and [e-mail]");
  expect(maskPersonalData(text, ["ada@acme.example", "+33612345678"])).toBe(
    "Ada (ADA@acme.example, +33 6 12 34 56 78) and [e-mail]",
  );
});

test("whatever the text, spans follow each other and say what stands there; what is masked holds none", () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...Array.from("a@.+-0123456789 FR(É")) }), (text) => {
      let last = 0;
      for (const { value, from, to } of findPersonalData(text)) {
        expect(from).toBeGreaterThanOrEqual(last);
        expect(text.slice(from, to)).toBe(value);
        last = to;
      }
    }),
  );
});

test("takes a long hostile text in its stride", () => {
  for (const part of ["a@", "a.", "+1 ", "4 ", "FR76", "0-", "a@a."]) {
    const text = part.repeat(20_000 / part.length);
    expect(maskPersonalData(text).length).toBeGreaterThan(0);
  }
});
