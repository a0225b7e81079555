import { expect, test } from "vitest";
import { z } from "zod";
import { newTabId } from "./tab-id.js";

test("each page has an id of its own, which the server takes", () => {
  const ids = Array.from({ length: 50 }, newTabId);
  for (const id of ids) expect(z.uuidv4().safeParse(id).error).toBeUndefined();
  expect(new Set(ids).size).toBe(50);
});
