import {
  duplicateListSchema,
  entryListSchema,
  entrySchema,
  ownerListSchema,
  senderListSchema,
} from "../../server/oversight/oversight-api.js";
import { requestListSchema, requestSchema } from "../../server/oversight/request-api.js";
import { answering, get } from "./fake-route.js";
import type { Route } from "./fake-route.js";
import { duplicates, entries, owners, requests, senders } from "./fixtures/oversight.js";

export const oversightRoutes: readonly Route[] = [
  get(/^oversight\/entries$/, entryListSchema, ({ query, items }) => ({
    items: items(entries).filter(
      ({ kind, risk }) => (query.get("kind") ?? kind) === kind && (query.get("band") ?? risk.band) === risk.band,
    ),
  })),
  get(/^oversight\/duplicates$/, duplicateListSchema, ({ items }) => ({ items: items(duplicates) })),
  get(/^oversight\/senders$/, senderListSchema, ({ items }) => ({ items: items(senders) })),
  get(/^oversight\/owners$/, ownerListSchema, () => ({ items: [...owners] })),
  answering("PUT")(/^oversight\/(?:source|connection)s\/[^/]+$/, entrySchema, () => entries[0]),
  get(/^oversight\/requests$/, requestListSchema, ({ items }) => ({ items: items(requests), next: null })),
  answering("POST")(/^oversight\/requests$/, requestSchema, () => requests[0]),
  answering("POST")(/^oversight\/requests\/[^/]+\/\w+$/, requestSchema, () => requests[0]),
];
