import { z } from "zod";

/** One package as package-lock.json (version 3) notes it. */
const entrySchema = z.looseObject({
  version: z.string().optional(),
  resolved: z.string().optional(),
  integrity: z.string().optional(),
  link: z.boolean().optional(),
  dev: z.boolean().optional(),
  optional: z.boolean().optional(),
  license: z.string().optional(),
  hasInstallScript: z.boolean().optional(),
  dependencies: z.record(z.string(), z.string()).optional(),
  optionalDependencies: z.record(z.string(), z.string()).optional(),
});

export const lockSchema = z.object({ packages: z.record(z.string(), entrySchema) });
export type Lock = z.infer<typeof lockSchema>;
export type LockEntry = Lock["packages"][string];

const specs = z.record(z.string(), z.string()).default({});
export const manifestSchema = z.object({
  name: z.string(),
  version: z.string(),
  dependencies: specs,
  devDependencies: specs,
  optionalDependencies: specs,
  allowScripts: z.record(z.string(), z.boolean()).default({}),
});
export type Manifest = z.infer<typeof manifestSchema>;

/** `node_modules/a/node_modules/@b/c` is `@b/c`. */
export const packageName = (place: string): string => place.slice(place.lastIndexOf("node_modules/") + 13);

export interface Installed {
  readonly place: string;
  readonly name: string;
  readonly entry: LockEntry;
}

/** Every package that is fetched from a registry; what is linked lies in this repository. */
export const fetched = ({ packages }: Lock): Installed[] =>
  Object.entries(packages)
    .filter(([place, { link }]) => place.includes("node_modules/") && link !== true)
    .map(([place, entry]) => ({ place, name: packageName(place), entry }));

/** Development tools run on our machines only. */
export const delivered = (lock: Lock): Installed[] => fetched(lock).filter(({ entry }) => entry.dev !== true);
