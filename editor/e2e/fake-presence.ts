import { emptySchema } from "../../server/http/common-api.js";
import { presenceSchema } from "../../server/presence/presence-api.js";
import type { Presence } from "../../server/presence/presence-api.js";
import { answering } from "./fake-route.js";
import type { Route } from "./fake-route.js";

/** What was opened is the newest: nothing is there to catch up with. */
const alone: Presence = { draftRevision: 0, others: [], pen: null };
const page = /^flows\/[^/]+\/presence\/[^/]+$/;

export const presenceRoutes: readonly Route[] = [
  answering("PUT")(page, presenceSchema, () => alone),
  answering("DELETE")(page, emptySchema, () => ({})),
];
