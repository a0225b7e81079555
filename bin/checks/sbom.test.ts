import { describe, expect, it } from "vitest";
import { bomSchema, deliveredBom, sbomProblems } from "./sbom.js";
import { aLock, aManifest, integrityOf } from "./testing/a-lock.js";

const component = (name: string, version: string, more: object = {}) => ({
  "bom-ref": `${name}@${version}`,
  name,
  version,
  purl: `pkg:npm/${name.replace("@", "%40")}@${version}`,
  hashes: [{ alg: "SHA-512", content: hexOf(name) }],
  ...more,
});
const hexOf = (name: string): string => Buffer.from(integrityOf(name).slice(7), "base64").toString("hex");

/** As npm writes it, of everything. */
const everything = bomSchema.parse({
  bomFormat: "CycloneDX",
  specVersion: "1.5",
  serialNumber: "urn:uuid:1",
  metadata: { component: { name: "some-folder" } },
  components: [component("lib", "1.2.3"), component("@of/tool", "2.0.0-beta.1"), component("stub", "0.0.0")],
  dependencies: [
    { ref: "ours@1.0.0", dependsOn: ["lib@1.2.3", "@of/tool@2.0.0-beta.1"] },
    { ref: "lib@1.2.3", dependsOn: [] },
    { ref: "@of/tool@2.0.0-beta.1", dependsOn: ["lib@1.2.3"] },
  ],
});

describe("the list of what is delivered", () => {
  const bom = deliveredBom(everything, aLock(), aManifest());

  it("leaves out tools, keeps who needs whom, and bears the product's name", () => {
    expect(bom).toMatchObject({ serialNumber: "urn:uuid:1", metadata: { component: { name: "ours" } } });
    expect(bom.components.map(({ name }) => name)).toEqual(["lib", "stub"]);
    expect(bom.dependencies).toEqual([
      { ref: "ours@1.0.0", dependsOn: ["lib@1.2.3"] },
      { ref: "lib@1.2.3", dependsOn: [] },
    ]);
    expect(sbomProblems(bom, aLock())).toEqual([]);
  });

  it("keeps what is a tool in one place and delivered in another", () => {
    const both = aLock({ tool: { dev: undefined } });
    expect(deliveredBom(everything, both, aManifest()).components).toHaveLength(3);
  });

  it("is refused where something delivered is missing, or has no hash, or another's", () => {
    const [lib, ...others] = bom.components;
    const having = (components: object[]) => sbomProblems(bomSchema.parse({ ...bom, components }), aLock());
    expect(having(others)).toEqual([expect.stringContaining("pkg:npm/lib@1.2.3 is delivered, but is not")]);
    for (const hashes of [
      undefined,
      [],
      [{ alg: "SHA-512", content: hexOf("other") }],
      [{ alg: "SHA-1", content: "" }],
    ])
      expect(having([{ ...lib, hashes }])).toEqual([expect.stringContaining("does not have the lock's hash")]);
    expect(having([{ ...lib, purl: undefined }])).toHaveLength(1);
  });

  it("is no list at all where it is not CycloneDX", () => {
    expect(bomSchema.safeParse({ ...everything, bomFormat: "SPDX" }).success).toBe(false);
  });
});
