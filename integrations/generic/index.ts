import { defineSource } from "../source.js";
import { askedErasures } from "./erasures.js";
import { mapPayload } from "./map.js";
import { sampleOf } from "./sample.js";
import { genericSettingsSchema } from "./settings.js";
import { verifyDelivery } from "./verify.js";

export { demoSettings } from "./settings.js";

/** Any product that can send signed JSON: the mapping says where each field stands. */
export const genericSource = defineSource({
  kind: "generic",
  title: "Webhook",
  settings: genericSettingsSchema,
  verify: (delivery, { settings, ...context }) => verifyDelivery(delivery, { verifier: settings.verifier, ...context }),
  toFeedback: mapPayload,
  sample: sampleOf,
  toErasures: (payload, { erasureRequests }) => (erasureRequests ? askedErasures(payload) : null),
});
