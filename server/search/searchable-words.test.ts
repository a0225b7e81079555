import { describe, expect, it } from "vitest";
import { searchableWords } from "./searchable-words.js";

describe("what may be searched of what somebody said", () => {
  it.each([
    ["Call me at +33 6 12 34 56 78 or jean@example.org", null, "Call me at [phone] or [e-mail]"],
    ["Paid with 4111 1111 1111 1111", null, "Paid with [card]"],
    ["Order #A-123456 came twice", null, "Order [number] came twice"],
    ["ref CX/2026/00417 and 12345", null, "ref [number] and [number]"],
    ["Since 2024 it costs 49.90 and takes 3 weeks", null, "Since 2024 it costs 49.90 and takes 3 weeks"],
    ["I am Zoë Ångström-Lee, zoë says no", "Zoë Ångström-Lee", "I am [name] [name]-[name], [name] says no"],
    ["Marie's parcel was MARIE's", "marie dupont", "[name]'s parcel was [name]'s"],
    ["Al said it is an error", "Al Ito", "Al said it is an error"],
    ["It never came.", "It Never", "It [name] came."],
    ["Zoe\u0308 Mu\u0308ller wrote", "Zoë Müller", "[name] [name] wrote"],
    ["Renee said, RENÉE said", "Renée Dupont", "[name] said, [name] said"],
    ["我是王小伟。", "王小伟", "我是[name]。"],
    ["order 1234 5678 came", null, "order [number] came"],
    ["from 2024 on 12 weeks", null, "from 2024 on 12 weeks"],
    ["", "Anna", ""],
  ])("%j of %j", (text, name, words) => {
    expect(searchableWords(text, name)).toBe(words);
  });

  it("takes no longer for what was written to take long", () => {
    const text = `${"1-".repeat(20_000)} ${"a1".repeat(20_000)} ${"#".repeat(20_000)}`;
    expect(searchableWords(text, "a".repeat(10_000)).length).toBeLessThan(text.length);
  });
});
