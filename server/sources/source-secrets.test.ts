import { describe, expect, it } from "vitest";
import { createTestKeys } from "../testing/keys.js";
import {
  activeSecrets,
  endedSecrets,
  firstSecrets,
  openSourceSecrets,
  rotate,
  sealSourceSecrets,
} from "./source-secrets.js";

const now = new Date("2026-01-01T12:00:00Z");
const hoursLater = (hours: number) => new Date(now.getTime() + hours * 3_600_000);

describe("a source's secret", () => {
  it("is a Standard Webhooks secret of 32 random bytes", () => {
    const [secret] = activeSecrets(firstSecrets(), now);
    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    expect(activeSecrets(firstSecrets(), now)[0]).not.toBe(secret);
  });

  it("is accepted for a day beside the one that replaces it, newest first", () => {
    const first = firstSecrets();
    const [old] = activeSecrets(first, now);
    const rotated = rotate(first, now);
    expect(activeSecrets(rotated, hoursLater(23))).toEqual([expect.not.stringContaining(old), old]);
    expect(activeSecrets(rotated, hoursLater(24))).toHaveLength(1);
    expect(endedSecrets(rotated, hoursLater(23))).toEqual([]);
    expect(endedSecrets(rotated, hoursLater(24))).toEqual([old]);
  });

  it("is one of two at most", () => {
    const first = firstSecrets();
    const twice = rotate(rotate(first, now), now);
    expect(activeSecrets(twice, now)).toHaveLength(2);
    expect(activeSecrets(twice, now)).not.toContain(activeSecrets(first, now)[0]);
  });

  it("opens only for the source that it was sealed for", () => {
    const { envelope } = createTestKeys();
    const secrets = firstSecrets();
    const sealed = sealSourceSecrets(envelope, "one", secrets);
    expect(openSourceSecrets(envelope, "one", sealed)).toEqual(secrets);
    expect(() => openSourceSecrets(envelope, "other", sealed)).toThrow();
  });
});
