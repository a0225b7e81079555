import { Client, Connection } from "@temporalio/client";
import express from "express";
import type { followUp } from "./workflow.js";
import type { Feedback } from "./worker.js";

/** `node server.ts TEMPORAL_ADDRESS`: answers when Temporal has the workflow; says its port. */
const [address = ""] = process.argv.slice(2);

const client = new Client({ connection: await Connection.connect({ address }) });
const app = express();

app.post("/hook", express.json(), async (incoming, response) => {
  const feedback = incoming.body as Feedback;
  await client.workflow.start<typeof followUp>("followUp", {
    taskQueue: "bench",
    workflowId: feedback.comment,
    args: [feedback],
  });
  response.status(202).end();
});

const server = app.listen(0, "127.0.0.1", () => {
  const at = server.address();
  process.stdout.write(`port ${typeof at === "object" && at ? at.port : 0}\n`);
});
process.once("SIGTERM", () => process.exit(0));
