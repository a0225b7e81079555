import { writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { bundleWorkflowCode } from "@temporalio/worker";

/** Bundles the workflow code once, at build time, so that a worker starts without webpack. Run as `node dist/workflows/temporal/build-bundle.js`. */
const { code } = await bundleWorkflowCode({ workflowsPath: fileURLToPath(new URL("./workflows.js", import.meta.url)) });
await writeFile(new URL("../../workflow-bundle.js", import.meta.url), code);
