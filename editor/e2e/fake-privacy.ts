import { erasureListSchema, erasureSchema } from "../../server/erasure/erasure-api.js";
import { foundContactSchema, peopleFoundSchema } from "../../server/people/people-api.js";
import { holdListSchema, holdSchema } from "../../server/holds/hold-api.js";
import { outlookSchema, retentionViewSchema } from "../../server/retention/retention-api.js";
import { answering, get } from "./fake-route.js";
import type { Route } from "./fake-route.js";
import { erasures, found, left } from "./fixtures/privacy.js";
import { holds, outlook, retention } from "./fixtures/retention.js";

export const privacyRoutes: readonly Route[] = [
  answering("POST")(/^privacy\/search$/, peopleFoundSchema, () => found),
  answering("PATCH")(/^privacy\/contacts\/[^/]+$/, foundContactSchema, () => found.contacts[0]),
  answering("PUT")(/^privacy\/contacts\/[^/]+\/choices$/, foundContactSchema, () => found.contacts[0]),
  answering("POST")(/^privacy\/contacts\/[^/]+\/(?:un)?merge$/, foundContactSchema, () => found.contacts[0]),
  get(/^privacy\/erasures$/, erasureListSchema, ({ items }) => ({
    items: items(erasures),
    next: null,
    left: items(left),
  })),
  get(/^privacy\/holds$/, holdListSchema, ({ items }) => ({ items: items(holds) })),
  answering("POST")(/^privacy\/holds$/, holdSchema, () => holds[0]),
  answering("POST")(/^privacy\/holds\/[^/]+\/lift$/, holdSchema, () => holds[1]),
  get(/^privacy\/retention$/, retentionViewSchema, ({ items }) => ({ ...retention, known: items(retention.known) })),
  answering("PUT")(/^privacy\/retention$/, retentionViewSchema, () => retention),
  answering("POST")(/^privacy\/retention\/outlook$/, outlookSchema, () => outlook),
  answering("POST")(/^privacy\/erasures$/, erasureSchema, () => erasures[0]),
];
