import { expect, test } from "vitest";
import { tourOf } from "./tour-store.js";

test("the flow that was drawn first stays it until it is deleted", () => {
  const tour = tourOf("somebody");
  tour.draw("first", []);
  tour.draw("second", ["first"]);
  tour.draw("third", undefined);
  expect(tour.read().drawnId).toBe("first");
  tour.draw("fourth", ["second", "third"]);
  expect(tour.read().drawnId).toBe("fourth");
});
