import { test } from "vitest";
import { wipeTemporalWith } from "./testing/wipe-temporal.js";

test("with Temporal's whole memory lost while effects are being sent, every run finishes and every effect stays one", () =>
  wipeTemporalWith(20, 80_000));
