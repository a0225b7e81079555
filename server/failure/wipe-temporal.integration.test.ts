import { test, vi } from "vitest";
import { wipeTemporalWith } from "./testing/wipe-temporal.js";
import { PATIENCE_MS } from "./testing/settled.js";

vi.setConfig({ testTimeout: PATIENCE_MS });

test("with Temporal's whole memory lost while effects are being sent, every run finishes and every effect stays one", () =>
  wipeTemporalWith(20, 80_000));
