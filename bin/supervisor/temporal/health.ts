import { connect } from "node:http2";
import type { ClientHttp2Session } from "node:http2";
import { waitFor } from "../wait.js";

const SERVICE = "temporal.api.workflowservice.v1.WorkflowService";
const TIMEOUT_MS = 2_000;

/** HealthCheckRequest { service = 1 } in gRPC's frame: one byte of flags, four of length. */
const REQUEST = (() => {
  const message = Buffer.concat([Buffer.from([0x0a, SERVICE.length]), Buffer.from(SERVICE)]);
  const frame = Buffer.alloc(5);
  frame.writeUInt32BE(message.length, 1);
  return Buffer.concat([frame, message]);
})();

/** HealthCheckResponse { status = SERVING } is these two bytes after the frame. */
const SERVING = Buffer.from([0x08, 0x01]);

/** Asks by the gRPC health protocol (grpc/doc/health-checking.md); spoken by hand, since the SDK's client costs 40 MB here. */
export function isTemporalServing(address: string): Promise<boolean> {
  return new Promise((resolve) => {
    const session = connect(`http://${address}`);
    const finish = (serving: boolean) => {
      session.destroy();
      resolve(serving);
    };
    session.once("error", () => finish(false));
    session.setTimeout(TIMEOUT_MS, () => finish(false));
    ask(session, finish);
  });
}

function ask(session: ClientHttp2Session, finish: (serving: boolean) => void): void {
  const stream = session.request({
    ":method": "POST",
    ":path": "/grpc.health.v1.Health/Check",
    "content-type": "application/grpc",
    te: "trailers",
  });
  const chunks: Buffer[] = [];
  stream.on("data", (chunk: Buffer) => chunks.push(chunk));
  stream.once("error", () => finish(false));
  stream.once("end", () => finish(Buffer.concat(chunks).subarray(5).equals(SERVING)));
  stream.end(REQUEST);
}

export async function waitForTemporal(address: string, timeoutMs: number, signal?: AbortSignal): Promise<boolean> {
  const ask = async () => ((await isTemporalServing(address)) ? true : undefined);
  return (await waitFor(ask, { everyMs: 100, timeoutMs, signal })) ?? false;
}
