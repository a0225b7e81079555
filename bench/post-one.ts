import { request } from "undici";
import { now } from "./now.js";
import type { Workspace } from "./sides/product.js";

/** A single event, acknowledged. */
export interface Post {
  readonly event: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly ackAt: number;
}

/** Posts one event outside of any load; throws unless it is taken. */
export async function postOne(deliver: Workspace["deliver"], event: string): Promise<Post> {
  const { url, headers, body } = deliver(event);
  const at = now();
  const answer = await request(url, { method: "POST", headers, body });
  await answer.body.dump();
  if (answer.statusCode >= 300) throw new Error(`the product answered ${answer.statusCode}`);
  return { event, at, ackAt: now() };
}
