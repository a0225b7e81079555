import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { makeSbom } from "./checks/make-sbom.js";

/** `npm run sbom -- [file]`: everything that is delivered, as CycloneDX JSON. */
const root = fileURLToPath(new URL("..", import.meta.url));
const file = resolve(process.argv[2] ?? join(root, "dist/sbom.cdx.json"));
const bom = makeSbom(root);
mkdirSync(dirname(file), { recursive: true });
writeFileSync(file, `${JSON.stringify(bom, null, 2)}\n`);
console.log(`${file}: ${bom.components.length} packages`);
