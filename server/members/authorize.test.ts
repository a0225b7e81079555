import { describe, expect, it } from "vitest";
import { DomainError } from "../errors.js";
import type { Actor } from "../http/route.js";
import { authorize, mayDo, permissionsOfActor, within } from "./authorize.js";
import { permissionsOf } from "./permissions.js";

const base = { kind: "token", id: "t", workspaceId: "w" } as const;
const reach = [{ things: { flow: ["mine"], source: null, connection: null }, rows: [] }];
const anAdmin: Actor = { ...base, role: "admin" };
const ofFlows: Actor = { ...base, role: "admin", scope: { reach } };
const narrow: Actor = { ...base, role: null, scope: { permissions: ["flows:read"], reach } };

const codeOf = (work: () => void): string => {
  try {
    work();
    return "allowed";
  } catch (error) {
    if (error instanceof DomainError) return error.code;
    throw error;
  }
};

describe("authorize", () => {
  it("lets a role do what its table says, to everything of the workspace", () => {
    expect(permissionsOfActor(anAdmin)).toEqual(permissionsOf("admin"));
    expect(within(anAdmin, "flow")).toBeNull();
    expect(codeOf(() => authorize(anAdmin, "flows:read", { kind: "flow", id: "any" }))).toBe("allowed");
    expect(codeOf(() => authorize({ ...base, role: "viewer" }, "flows:edit"))).toBe("forbidden");
  });

  it("lets a token of its own permissions do those and no other", () => {
    expect(permissionsOfActor(narrow)).toEqual(["flows:read"]);
    expect(codeOf(() => authorize(narrow, "flows:edit"))).toBe("forbidden");
  });

  it("hides things that are not named, as if there were none, and makes no new ones", () => {
    expect(codeOf(() => authorize(narrow, "flows:read", { kind: "flow", id: "mine" }))).toBe("allowed");
    expect(codeOf(() => authorize(narrow, "flows:read", { kind: "flow", id: "other" }))).toBe("not_found");
    expect(codeOf(() => authorize(ofFlows, "flows:edit", { kind: "flow", id: null }))).toBe("forbidden");
    expect(codeOf(() => authorize(ofFlows, "sources:read", { kind: "source", id: "any" }))).toBe("allowed");
  });

  it("takes from a role that is limited to things what concerns the whole workspace", () => {
    for (const whole of ["audit:read", "privacy:manage", "members:manage", "tokens:manage", "settings:manage"] as const)
      expect([whole, mayDo(ofFlows, whole)]).toEqual([whole, false]);
    expect(mayDo(ofFlows, "flows:publish")).toBe(true);
    expect(() => authorize(ofFlows, "audit:read")).toThrow("you see a part of it");
  });
});
