import { alsoHeard } from "../../workflows/flow/checks/also-heard.js";
import type { Problem } from "../../workflows/flow/problem.js";
import { readPublishedFlow, type Publication } from "../../workflows/flow/publish.js";
import type { Reader } from "../db/database.js";
import type { Actor } from "../http/route.js";
import { within } from "../members/authorize.js";
import { listLive, type FlowRow } from "./flow-store.js";

interface Judged {
  readonly flow: Pick<FlowRow, "id">;
  readonly publication: Publication;
}

/** Live flows that would follow up the same answers as this draft; of those that the actor sees, and once the draft could run. */
export async function heardElsewhere(reader: Reader, actor: Actor, { flow, publication }: Judged): Promise<Problem[]> {
  if (!publication.ok) return [];
  const { workspaceId } = actor;
  const others = await listLive(reader, { workspaceId, only: within(actor, "flow"), except: flow.id });
  return alsoHeard(
    publication.flow,
    others.map(({ name, document }) => ({ name, flow: readPublishedFlow(document) })),
  );
}
