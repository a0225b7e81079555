import type { Feedback } from "../../integrations/feedback.js";

interface Unsaid {
  readonly responseId: string;
  readonly occurredAt: Date;
  /** Of whom it is about; null where that is nobody known. */
  readonly email: string | null;
}

/** As feedback of which nothing is known but when, and whom it is about. */
export const unsaidFeedback = ({ responseId, occurredAt, email }: Unsaid): Feedback => ({
  ...{ responseId, kind: "created", complete: true, occurredAt: occurredAt.toISOString() },
  ...{ metric: "text", score: null, scaleMin: null, scaleMax: null, comment: null, language: null },
  ...{ domain: "customer", product: null, attributes: {} },
  respondent: { email, phone: null, externalId: null, name: null, anonymous: email === null },
  account: { externalId: null, name: null },
});
