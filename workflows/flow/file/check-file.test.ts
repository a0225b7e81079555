import { expect, test } from "vitest";
import { checkFile } from "./check-file.js";

const step = (...next: readonly string[]) => ({ type: "wait", next });

/** Ten ways out of each, always forwards. */
const forwards = Array.from({ length: 498 }, (_none, index) => {
  const next = Array.from({ length: 10 }, (_way, on) => index + on + 1).filter((to) => to < 498);
  return [`s${String(index)}`, step(...next.map((to) => `s${String(to)}`))] as const;
});

test("of a flow as large as may be, the steps that lead back are told", () => {
  const back = { x: step("y", "s0"), y: step("x") };
  const given = { schema: 1, flow: "Large", steps: { ...Object.fromEntries(forwards), ...back } };
  expect(checkFile(given)).toMatchObject({
    ok: false,
    problems: [{ code: "cycle", path: ["steps", "x"], params: { way: "x → y → x" } }],
  });
});
