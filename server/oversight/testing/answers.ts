import type { Answers } from "../oversight-api.js";

/** As it stands before anybody has said anything. */
export const noAnswers: Answers = {
  ownerId: null,
  purpose: null,
  lawfulBasis: null,
  dataClasses: [],
  dataSubjects: [],
  region: null,
  place: null,
  agreement: null,
  agreementOn: null,
  agreementReference: null,
  yearlyCost: null,
  currency: null,
  credentialOwnerId: null,
  credentialExpiresOn: null,
  retention: null,
};

/** Everything is said, and nothing of it is a risk. */
export const goodAnswers: Answers = {
  ...noAnswers,
  ownerId: "0192f000-0000-7000-8000-000000000001",
  purpose: "Ask customers after a support call",
  lawfulBasis: "legitimate_interests",
  dataClasses: ["scores", "verbatims"],
  dataSubjects: ["customers"],
  region: "eea",
  place: "Ireland",
  agreement: "signed",
  agreementOn: "2026-01-15",
  agreementReference: "DPA-7",
  yearlyCost: 12_000,
  currency: "EUR",
  credentialExpiresOn: "2027-11-23",
  retention: "Two years",
};
