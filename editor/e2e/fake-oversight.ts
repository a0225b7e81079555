import {
  duplicateListSchema,
  entryListSchema,
  entrySchema,
  ownerListSchema,
  senderListSchema,
} from "../../server/oversight/oversight-api.js";
import { answering, get } from "./fake-route.js";
import type { Route } from "./fake-route.js";
import { duplicates, entries, owners, senders } from "./fixtures/oversight.js";

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
];
