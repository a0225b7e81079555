import { flowTestListSchema, flowTestSchema, testResultsSchema } from "../../server/tries/flow-test-api.js";
import { previewSchema, previewStepSchema } from "../../server/tries/preview-api.js";
import { pastEventsSchema, trySchema } from "../../server/tries/try-api.js";
import { realStepSchema } from "../../server/tries/real-step-api.js";
import { answering, get } from "./fake-route.js";
import type { Route } from "./fake-route.js";
import { id } from "./fixtures/ids.js";
import { aTry, flowTests, pastEvents, previewFor, testResults } from "./fixtures/tries.js";

export const tryRoutes: readonly Route[] = [
  get(/^flows\/[^/]+\/past-events$/, pastEventsSchema, ({ items }) => ({ items: items(pastEvents) })),
  answering("POST")(/^flows\/[^/]+\/preview$/, previewSchema, ({ body }) => previewFor(previewStepSchema.parse(body))),
  answering("POST")(/^flows\/[^/]+\/try$/, trySchema, () => aTry),
  answering("POST")(/^flows\/[^/]+\/real-steps$/, realStepSchema, () => ({ runId: id("run", 90), duplicate: false })),
  get(/^flows\/[^/]+\/tests$/, flowTestListSchema, ({ items }) => ({ items: items(flowTests) })),
  answering("POST")(/^flows\/[^/]+\/tests$/, flowTestSchema, () => flowTests[0]),
  answering("POST")(/^flows\/[^/]+\/tests\/run$/, testResultsSchema, () => ({ items: testResults })),
];
