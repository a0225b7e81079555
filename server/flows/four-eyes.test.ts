import { describe, expect, it, test } from "vitest";
import { fourEyes, refuseOwnChange } from "./four-eyes.js";

const [ines, mara] = ["0192f000-0000-7000-8000-000000000001", "0192f000-0000-7000-8000-000000000002"];

test.each([
  [ines, ines, "closed"],
  [ines, mara, "open"],
  [ines, null, "open"],
  [null, ines, "open"],
  [null, null, "closed"],
])("of %s's last change, %s finds it %s where a second pair of eyes is asked for", (lastChange, publisher, said) => {
  expect(fourEyes({ isOn: true, lastChange, publisher })).toBe(said);
  expect(fourEyes({ isOn: false, lastChange, publisher })).toBe("off");
});

describe("the refusal", () => {
  it("says who may publish instead", () => {
    expect(() => refuseOwnChange({ isOn: true, lastChange: ines, publisher: ines })).toThrow(
      /with the right to publish who did not make the last change/,
    );
  });
});
