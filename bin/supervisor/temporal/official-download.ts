import { TestWorkflowEnvironment } from "@temporalio/testing";

/** Run as a program with a folder as its argument: lets the SDK download the CLI there, starts it once as the SDK insists, ends it. */
const [downloadDir] = process.argv.slice(2);
if (downloadDir === undefined) throw new Error("The folder to download to is missing.");
const environment = await TestWorkflowEnvironment.createLocal({
  server: { executable: { type: "cached-download", version: "v1.9.1", downloadDir } },
});
await environment.teardown();
