import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import type { LicenceOf } from "./licences.js";

/** A name, or the form of before 2014, which old packages keep. */
const one = z.union([z.string(), z.object({ type: z.string() }).transform(({ type }) => type)]);
const manifestSchema = z.object({ license: one.optional(), licenses: z.array(one).optional() });

/** What the package itself says; for one that is of another system and not installed, what the lock says of it. */
export const installedLicence =
  (root: string): LicenceOf =>
  ({ place, entry }) => {
    const file = join(root, place, "package.json");
    if (!existsSync(file)) return entry.license;
    const { license, licenses } = manifestSchema.parse(JSON.parse(readFileSync(file, "utf8")));
    return license ?? licenses?.join(" OR ");
  };
