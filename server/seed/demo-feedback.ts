import type { Feedback } from "../../integrations/feedback.js";

/** What the demo's customers said, oldest first; `hoursAgo` is counted from the first start. */
interface Said {
  readonly name: string;
  readonly email: string;
  /** Numbers that are kept free for fiction. */
  readonly phone: string;
  readonly account: string;
  readonly score: number;
  readonly comment: string | null;
  readonly product: string;
  readonly language: string;
  readonly hoursAgo: number;
}

const HOUR_MS = 3_600_000;

export const demoAccounts = [
  { name: "Northwind Traders", attributes: { tier: "key", region: "UK", annualRevenue: 480_000 } },
  { name: "Globex", attributes: { tier: "standard", region: "US", annualRevenue: 92_000 } },
  { name: "Initech", attributes: { tier: "standard", region: "FR", annualRevenue: 61_000 } },
] as const;

const jane = {
  name: "Jane Doe",
  email: "jane.doe@northwind.example",
  phone: "+44 20 7946 0018",
  account: "Northwind Traders",
  language: "en",
};
const sam = {
  name: "Sam Rivera",
  email: "sam.rivera@globex.example",
  phone: "+1 202 555 0143",
  account: "Globex",
  language: "en",
};
const lea = {
  name: "Léa Martin",
  email: "lea.martin@initech.example",
  phone: "+33 1 99 00 41 07",
  account: "Initech",
  language: "fr",
};

/** Before the flows were drawn: this is what was heard and led to nothing. */
export const heardBefore: readonly Said[] = [
  { ...jane, score: 9, comment: "Delivery was a day early, thank you.", product: "Delivery", hoursAgo: 290 },
  { ...lea, score: 8, comment: "Bon produit, la facture était claire.", product: "Billing", hoursAgo: 241 },
  { ...sam, score: 7, comment: null, product: "App", hoursAgo: 204 },
  { ...jane, score: 8, comment: "Works well since the last update.", product: "App", hoursAgo: 166 },
  { ...lea, score: 10, comment: "Le support a répondu en dix minutes !", product: "Support", hoursAgo: 120 },
  { ...sam, score: 6, comment: "The new menu hides what I use most.", product: "App", hoursAgo: 71 },
  { ...jane, score: 7, comment: "Fine, but the invoice arrived twice.", product: "Billing", hoursAgo: 49 },
  {
    ...sam,
    score: 8,
    comment: "The export of large files takes patience; the rest is fine.",
    product: "App",
    hoursAgo: 26,
  },
];

/** With the flows published: one run follows it up by itself, one waits for a manager. */
export const heardSince: readonly Said[] = [
  {
    ...jane,
    score: 2,
    comment: "Third late delivery this month. We are looking at alternatives.",
    product: "Delivery",
    hoursAgo: 1,
  },
];

export function toFeedback({ name, email, phone, account, ...said }: Said, place: number, now: Date): Feedback {
  return {
    responseId: `demo-${place}`,
    kind: "completed",
    metric: "nps",
    score: said.score,
    scaleMin: 0,
    scaleMax: 10,
    comment: said.comment,
    language: said.language,
    domain: "customer",
    respondent: { name, email, phone, externalId: null, anonymous: false },
    account: { name: account, externalId: null },
    product: said.product,
    attributes: {},
    occurredAt: new Date(now.getTime() - said.hoursAgo * HOUR_MS).toISOString(),
    complete: true,
  };
}
