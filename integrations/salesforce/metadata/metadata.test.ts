import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

const root = import.meta.dirname;

/** The text of every element with this name; enough for files without attributes below the root. */
const valuesOf = (xml: string, element: string): string[] =>
  [...xml.matchAll(new RegExp(`<${element}>([^<]*)</${element}>`, "g"))].map((match) => match[1] ?? "");

async function read(path: string): Promise<string> {
  return readFile(join(root, path), "utf8");
}

/** Every element that is opened is closed, in order. */
function isBalanced(xml: string): boolean {
  const open: string[] = [];
  for (const [, closing, name = ""] of xml.replace(/<\?.*?\?>/, "").matchAll(/<(\/?)([A-Za-z]+)[^>]*>/g)) {
    if (!closing) open.push(name);
    else if (open.pop() !== name) return false;
  }
  return open.length === 0;
}

const effect = "effect-object/main/default";
const external = "external-id/main/default";
const KEYS = [
  `${effect}/objects/Loopwright_Effect__c/fields/Key__c.field-meta.xml`,
  `${external}/objects/Case/fields/Loopwright_Key__c.field-meta.xml`,
  `${external}/objects/Activity/fields/Loopwright_Key__c.field-meta.xml`,
];

describe("the metadata that administrators deploy", () => {
  it.each(KEYS)("%s is unique and an external id, long enough for a key", async (path) => {
    const xml = await read(path);
    expect(valuesOf(xml, "unique")).toEqual(["true"]);
    expect(valuesOf(xml, "externalId")).toEqual(["true"]);
    expect(valuesOf(xml, "type")).toEqual(["Text"]);
    // "lw_" and the base32 of 32 bytes
    expect(Number(valuesOf(xml, "length")[0])).toBeGreaterThanOrEqual(3 + 56);
  });

  it("names every field as its file is named, and is well-formed", async () => {
    const files = (await readdir(root, { recursive: true })).filter((path) => path.endsWith("-meta.xml"));
    expect(files.length).toBeGreaterThanOrEqual(8);
    for (const path of files) {
      const xml = await read(path);
      expect(isBalanced(xml), path).toBe(true);
      const name = /([^/]+)\.field-meta\.xml$/.exec(path)?.[1];
      if (name !== undefined) expect(valuesOf(xml, "fullName")).toEqual([name]);
    }
  });

  it("lets every user see every row, or a duplicate could be reported that nobody finds", async () => {
    const xml = await read(`${effect}/objects/Loopwright_Effect__c/Loopwright_Effect__c.object-meta.xml`);
    expect(valuesOf(xml, "sharingModel")).toEqual(["ReadWrite"]);
  });

  it("permits the fields that are not required, and no required one, which a deployment would refuse", async () => {
    const fields = valuesOf(await read(`${effect}/permissionsets/Loopwright.permissionset-meta.xml`), "field");
    expect(fields).toEqual(["Loopwright_Effect__c.Object__c", "Loopwright_Effect__c.Record_Id__c"]);
  });

  it("lists both folders as packages", async () => {
    const project: unknown = JSON.parse(await read("sfdx-project.json"));
    expect(project).toMatchObject({
      packageDirectories: [{ path: "effect-object", default: true }, { path: "external-id" }],
    });
  });
});
