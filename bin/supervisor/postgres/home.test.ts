import { describe, expect, it } from "vitest";
import { chooseHome, insideHome, systemHome, type Look } from "./home.js";

const dataDir = "/root/loopwright/.loopwright";
const inside = insideHome(dataDir);
const outside = systemHome(dataDir);

interface Standing {
  readonly reachable?: boolean;
  readonly remembered?: string;
  readonly clusters?: readonly string[];
  readonly hidden?: readonly string[];
}

function choose({ reachable = true, remembered, clusters = [], hidden = [] }: Standing) {
  const look = (home: string): Look => {
    if (clusters.includes(home)) return "cluster";
    return hidden.includes(home) ? "hidden" : "none";
  };
  return chooseHome({ dataDir, remembered, look, reachable });
}

describe("where PostgreSQL's files live", () => {
  it("is inside the data folder if its user can get there, else below /var/lib, which is said", () => {
    expect(choose({})).toEqual({ home: inside, words: [] });
    expect(choose({ reachable: false })).toEqual({
      home: outside,
      words: [`The database's user cannot reach ${dataDir}: the database stands in ${outside}.`],
    });
    expect(outside).toMatch(/^\/var\/lib\/loopwright\/[0-9a-f]{16}$/);
  });

  it("is where the database already stands, though the folder's mode changed", () => {
    expect(choose({ clusters: [outside] })).toEqual({
      home: outside,
      words: [`An earlier start could not use ${dataDir}: the database stands in ${outside}.`],
    });
  });

  it("is where it stood last when there are two, and the other one is named", () => {
    const both = [inside, outside];
    const used = (standing: Standing) => choose({ clusters: both, ...standing });
    expect(used({})).toMatchObject({
      home: inside,
      words: [expect.stringContaining(`stands in ${outside} and is NOT`)],
    });
    expect(used({ remembered: outside })).toMatchObject({
      home: outside,
      words: [expect.stringContaining("could not use"), expect.stringContaining(`stands in ${inside} and is NOT`)],
    });
  });

  it("follows a data folder that was moved to another path", () => {
    const before = systemHome("/old/.loopwright");
    expect(choose({ remembered: before, clusters: [before] })).toMatchObject({ home: before });
  });

  it.each<[string, Standing, string]>([
    ["cannot be reached", { reachable: false, clusters: [inside] }, `The database in ${inside} cannot be reached`],
    ["belongs to another user", { hidden: [outside] }, `stands in ${outside}, which the user who starts`],
    ["is gone", { remembered: outside }, `stood in ${outside}, and is not there any more`],
    ["is gone from inside", { remembered: inside }, `stood in ${inside}, and is not there any more`],
  ])("is an error, never an empty database, when the existing one %s", (_, standing, words) => {
    expect(choose(standing)).toEqual({ problem: expect.stringContaining(words) as string });
  });

  it("differs for two folders", () => {
    expect(systemHome("/a")).not.toBe(systemHome("/b"));
  });
});
