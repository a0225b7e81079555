import { describe, expect, it } from "vitest";
import { readSettings } from "./settings.js";

describe("the supervisor's settings", () => {
  it("have defaults, and count an empty variable as unset", () => {
    expect(readSettings({ PORT: "", LOOPWRIGHT_DATA_DIR: "", DATABASE_URL: "" }, "/repo")).toMatchObject({
      dataDir: "/repo/.loopwright",
      host: "127.0.0.1",
      port: 4000,
      role: "all",
      sandbox: "auto",
      databaseUrl: undefined,
    });
  });

  it("take a data folder relative to the repository", () => {
    expect(readSettings({ LOOPWRIGHT_DATA_DIR: "../data" }, "/a/repo").dataDir).toBe("/a/data");
    expect(readSettings({ LOOPWRIGHT_DATA_DIR: "/srv/data/" }, "/a/repo").dataDir).toBe("/srv/data");
  });

  it.each([
    [{ PORT: "80a" }, 'PORT is "80a"'],
    [{ PORT: "65531" }, "from 1 to 65530"],
    [{ ROLE: "web" }, 'ROLE is "web"'],
    [{ LOOPWRIGHT_SANDBOX: "yes" }, 'LOOPWRIGHT_SANDBOX is "yes"'],
  ])("name a wrong value: %j", (env, message) => {
    expect(() => readSettings(env, "/repo")).toThrow(message);
  });
});
