import { fileURLToPath } from "node:url";
import { installedLicence } from "./installed-licence.js";
import { licenceProblems } from "./licences.js";
import { lockProblems } from "./lock-problems.js";
import { makeSbom, readLock, readManifest } from "./make-sbom.js";
import { report } from "./report.js";
import { sbomProblems } from "./sbom.js";

/** Part of `npm run check`: what is installed is what was looked at, may be delivered, and is listed. Asks nobody on the network. */
const root = fileURLToPath(new URL("../..", import.meta.url));
const lock = readLock(root);

report([
  ...lockProblems(lock, readManifest(root)),
  ...licenceProblems(lock, installedLicence(root)),
  ...sbomProblems(makeSbom(root), lock),
]);
