import { z } from "zod";
import { delivered, fetched, type Installed, type Lock, type Manifest } from "./lock.js";

const componentSchema = z.looseObject({
  "bom-ref": z.string(),
  name: z.string(),
  version: z.string(),
  purl: z.string().optional(),
  hashes: z.array(z.object({ alg: z.string(), content: z.string() })).optional(),
});

/** The part of CycloneDX 1.5 that is looked at here; the rest stays as npm wrote it. */
export const bomSchema = z.looseObject({
  bomFormat: z.literal("CycloneDX"),
  specVersion: z.string(),
  metadata: z.looseObject({ component: z.looseObject({ name: z.string() }) }),
  components: z.array(componentSchema),
  dependencies: z.array(z.looseObject({ ref: z.string(), dependsOn: z.array(z.string()).default([]) })),
});
export type Bom = z.infer<typeof bomSchema>;
type Component = Bom["components"][number];

/**
 * What is delivered, out of the list of everything, by what the lock says. (`npm sbom --omit dev` leaves out whatever a development tool
 * uses as well, which is half of what is delivered.)
 */
export function deliveredBom(bom: Bom, lock: Lock, manifest: Manifest): Bom {
  const purls = new Set(delivered(lock).map(purlOf));
  const tools = new Set(
    fetched(lock)
      .map(purlOf)
      .filter((purl) => !purls.has(purl)),
  );
  const components = bom.components.filter(({ purl = "" }) => !tools.has(purl));
  const kept = new Set([
    ...components.map((component) => component["bom-ref"]),
    `${manifest.name}@${manifest.version}`,
  ]);
  const dependencies = bom.dependencies
    .filter(({ ref }) => kept.has(ref))
    .map(({ dependsOn, ...rest }) => ({ ...rest, dependsOn: dependsOn.filter((ref) => kept.has(ref)) }));
  // npm names the product after the folder that it lies in.
  const component = { ...bom.metadata.component, name: manifest.name };
  return { ...bom, metadata: { ...bom.metadata, component }, components, dependencies };
}

/** A list that leaves out something delivered, or that does not say which bytes it means, is none. */
export function sbomProblems(bom: Bom, lock: Lock): string[] {
  const listed = new Map(bom.components.map((component) => [component.purl ?? "", component]));
  return delivered(lock).flatMap((one) => {
    const purl = purlOf(one);
    const component = listed.get(purl);
    if (!component) return [`${purl} is delivered, but is not in the list`];
    return hasHash(component, one.entry.integrity) ? [] : [`${purl}: the list does not have the lock's hash of it`];
  });
}

const purlOf = ({ name, entry }: Installed): string => `pkg:npm/${name.replace("@", "%40")}@${entry.version ?? ""}`;

const hasHash = ({ hashes = [] }: Component, integrity = ""): boolean => {
  const wanted = Buffer.from(integrity.replace("sha512-", ""), "base64").toString("hex");
  return hashes.some(({ alg, content }) => alg === "SHA-512" && content === wanted);
};
