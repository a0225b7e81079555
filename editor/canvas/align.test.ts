import { expect, test } from "vitest";
import { alignTo } from "./align.js";

const box = (x: number, y: number, height = 80) => ({ x, y, width: 240, height });

test("a step nearly in line with another comes into line, and the line over both is shown", () => {
  expect(alignTo(box(404, 3), [box(0, 0), box(800, 200)])).toEqual({
    position: { x: 404, y: 0 },
    guides: [{ across: true, at: 0, from: 0, to: 644 }],
  });
});

test("both ways at once, each with the nearest", () => {
  const { position, guides } = alignTo(box(795, 202), [box(0, 200), box(800, 0), box(790, 500)]);
  expect(position).toEqual({ x: 800, y: 200 });
  expect(guides).toEqual([
    { across: false, at: 800, from: 0, to: 280 },
    { across: true, at: 200, from: 0, to: 1040 },
  ]);
});

test("further away it stays where the hand has it", () => {
  expect(alignTo(box(407, 90), [box(400, 0)])).toEqual({ position: { x: 407, y: 90 }, guides: [] });
  expect(alignTo(box(1, 2), [])).toEqual({ position: { x: 1, y: 2 }, guides: [] });
});
