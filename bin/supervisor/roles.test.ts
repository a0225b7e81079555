import { describe, expect, it } from "vitest";
import { ownRoles, sandboxEnv, sandboxMode, wantedPorts } from "./roles.js";

describe("the product's processes", () => {
  it.each([
    [{ role: "all", sandbox: "auto" }, ["sandbox", "api", "worker"]],
    [{ role: "all", sandbox: "on" }, ["sandbox", "api", "worker"]],
    [{ role: "all", sandbox: "off" }, ["api", "worker"]],
    [{ role: "api", sandbox: "auto" }, ["api"]],
    [{ role: "api", sandbox: "on" }, ["sandbox", "api"]],
    [{ role: "worker", sandbox: "on" }, ["worker"]],
  ] as const)("are chosen by role and sandbox: %j", (settings, roles) => {
    expect(ownRoles(settings)).toEqual(roles);
  });

  it.each([
    [{ role: "all", sandbox: "auto" }, "on"],
    [{ role: "all", sandbox: "off" }, "off"],
    [{ role: "api", sandbox: "auto" }, "off"],
    [{ role: "api", sandbox: "on" }, "on"],
    [{ role: "worker", sandbox: "auto" }, "auto"],
  ] as const)("are told whether the sandbox runs beside them: %j", (settings, mode) => {
    expect(sandboxMode(settings)).toBe(mode);
  });

  it("want the product's port and the four after it", () => {
    expect(wantedPorts({ role: "all", sandbox: "auto", port: 4000 }).map(({ port }) => port)).toEqual([
      4000, 4001, 4002, 4003, 4004,
    ]);
    expect(wantedPorts({ role: "worker", sandbox: "auto", port: 4000 })).toEqual([]);
  });

  it("keep the product's secrets from the sandbox", () => {
    const env = {
      PATH: "/bin",
      PORT: "4000",
      LOOPWRIGHT_SANDBOX_SLACK_TOKEN: "t",
      DATABASE_URL: "x",
      LOOPWRIGHT_KEK: "k",
    };
    expect(Object.keys(sandboxEnv(env))).toEqual(["PATH", "PORT", "LOOPWRIGHT_SANDBOX_SLACK_TOKEN"]);
  });
});
