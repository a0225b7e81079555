import { erasureListSchema, erasureSchema } from "../../server/erasure/erasure-api.js";
import { foundContactSchema, peopleFoundSchema } from "../../server/people/people-api.js";
import { answering, get } from "./fake-route.js";
import type { Route } from "./fake-route.js";
import { erasures, found } from "./fixtures/privacy.js";

export const privacyRoutes: readonly Route[] = [
  answering("POST")(/^privacy\/search$/, peopleFoundSchema, () => found),
  answering("PATCH")(/^privacy\/contacts\/[^/]+$/, foundContactSchema, () => found.contacts[0]),
  answering("PUT")(/^privacy\/contacts\/[^/]+\/choices$/, foundContactSchema, () => found.contacts[0]),
  get(/^privacy\/erasures$/, erasureListSchema, ({ items }) => ({ items: items(erasures), next: null })),
  answering("POST")(/^privacy\/erasures$/, erasureSchema, () => erasures[0]),
];
