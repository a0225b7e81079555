import { createHash } from "node:crypto";
import { lockSchema, manifestSchema, type Lock, type Manifest } from "../lock.js";

export const integrityOf = (name: string): string => `sha512-${createHash("sha512").update(name).digest("base64")}`;

/** A sound lock of one package that is delivered and one tool, but for what a test makes of it. */
export function aLock(changes: Readonly<Record<string, object>> = {}): Lock {
  return lockSchema.parse({
    packages: {
      "": {},
      "node_modules/lib": { version: "1.2.3", integrity: integrityOf("lib"), license: "MIT", ...changes["lib"] },
      "node_modules/lib/node_modules/@of/tool": {
        version: "2.0.0-beta.1",
        integrity: integrityOf("tool"),
        license: "GPL-3.0",
        dev: true,
        ...changes["tool"],
      },
      "own/stub": { version: "0.0.0" },
      "node_modules/stub": { resolved: "own/stub", link: true, ...changes["stub"] },
    },
  });
}

export const aManifest = (changes: object = {}): Manifest =>
  manifestSchema.parse({ name: "ours", version: "1.0.0", dependencies: { lib: "^1.2.0" }, ...changes });
