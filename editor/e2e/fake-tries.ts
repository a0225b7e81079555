import { flowTestListSchema, flowTestSchema, testResultsSchema } from "../../server/tries/flow-test-api.js";
import { previewSchema, previewStepSchema } from "../../server/tries/preview-api.js";
import { pastEventsSchema, trySchema } from "../../server/tries/try-api.js";
import { answering, get } from "./fake-route.js";
import type { Route } from "./fake-route.js";
import { aTry, flowTests, pastEvents, previewFor, testResults } from "./fixtures/tries.js";

export const tryRoutes: readonly Route[] = [
  get(/^flows\/[^/]+\/past-events$/, pastEventsSchema, ({ items }) => ({ items: items(pastEvents) })),
  answering("POST")(/^flows\/[^/]+\/preview$/, previewSchema, ({ body }) => previewFor(previewStepSchema.parse(body))),
  answering("POST")(/^flows\/[^/]+\/try$/, trySchema, () => aTry),
  get(/^flows\/[^/]+\/tests$/, flowTestListSchema, ({ items }) => ({ items: items(flowTests) })),
  answering("POST")(/^flows\/[^/]+\/tests$/, flowTestSchema, () => flowTests[0]),
  answering("POST")(/^flows\/[^/]+\/tests\/run$/, testResultsSchema, () => ({ items: testResults })),
];
