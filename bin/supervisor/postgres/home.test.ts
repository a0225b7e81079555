import { describe, expect, it } from "vitest";
import { chooseHome, systemHome } from "./home.js";

const dataDir = "/root/loopwright/.loopwright";
const inside = `${dataDir}/postgres`;
const outside = systemHome(dataDir);
const choose = (reachable: boolean, ...clusters: string[]) =>
  chooseHome({ dataDir, reachable, hasCluster: (home) => clusters.includes(home) });

describe("where PostgreSQL's files live", () => {
  it("is inside the data folder if its user can get there, else below /var/lib", () => {
    expect(choose(true)).toEqual({ home: inside, moved: false });
    expect(choose(false)).toEqual({ home: outside, moved: true });
    expect(outside).toMatch(/^\/var\/lib\/loopwright\/[0-9a-f]{16}$/);
  });

  it("is where the database already stands, though the folder's mode changed", () => {
    expect(choose(true, outside)).toEqual({ home: outside, moved: true });
    expect(choose(true, inside, outside)).toEqual({ home: inside, moved: false });
  });

  it("is an error, never an empty database, when the existing one cannot be reached", () => {
    expect(choose(false, inside)).toEqual({ unreachable: inside });
  });

  it("differs for two folders", () => {
    expect(systemHome("/a")).not.toBe(systemHome("/b"));
  });
});
