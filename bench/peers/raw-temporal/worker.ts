import { NativeConnection, Worker } from "@temporalio/worker";
import { request } from "undici";

/** `node worker.ts TEMPORAL_ADDRESS WORKFLOW_BUNDLE SINK_URL`: Node strips the types itself. */
const [address = "", codePath = "", sinkUrl = ""] = process.argv.slice(2);

export interface Feedback {
  readonly comment: string;
  readonly score: number;
}

const activities = {
  async call(path: string, score: number): Promise<void> {
    const body = JSON.stringify({ score });
    const headers = { "content-type": "application/json" };
    const answer = await request(`${sinkUrl}${path}`, { method: "POST", headers, body });
    await answer.body.dump();
    if (answer.statusCode >= 300) throw new Error(`the sink answered ${answer.statusCode}`);
  },
};

export type Activities = typeof activities;

const connection = await NativeConnection.connect({ address });
const worker = await Worker.create({ connection, taskQueue: "bench", workflowBundle: { codePath }, activities });
process.stdout.write("ready\n");
await worker.run();
await connection.close();
