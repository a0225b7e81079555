/**
 * The sandbox's fixed credentials and people. None of them opens anything outside this machine, so they are public on purpose;
 * the product's seeding enters them as if a newcomer had typed them.
 */

export const SLACK_ACCOUNT = {
  teamId: "T0SANDBOX1",
  teamName: "Northwind Outdoor (sandbox)",
  teamDomain: "northwind-sandbox",
  appId: "A0LOOPWRT1",
  botUserId: "U0LOOPWRT1",
  botId: "B0LOOPWRT1",
  botToken: "xoxb-sandbox-000000000001-loopwright",
  appToken: "xapp-1-A0LOOPWRT1-000000000001-loopwright",
  signingSecret: "sandbox0slack0signing0secret0001",
  verificationToken: "sandboxVerificationToken1",
  clientId: "100000000001.100000000002",
  clientSecret: "sandbox0slack0client0secret00001",
} as const;

export const JIRA_ACCOUNT = {
  email: "loopwright@northwind.example",
  apiToken: "sandbox-jira-api-token-0001",
  cloudId: "00000000-0000-4000-8000-00000000c10d",
  webhookSecret: "sandbox-jira-webhook-secret-0001",
} as const;

export const SALESFORCE_ACCOUNT = {
  clientId: "sandbox-salesforce-client-id-0001",
  clientSecret: "sandbox-salesforce-client-secret-0001",
  orgId: "00D000000000001EAA",
} as const;

/** The people of the demo's company; the same ones stand in all three systems. */
export const PEOPLE = [
  {
    id: "U0MAYALIND",
    handle: "maya",
    name: "Maya Lindqvist",
    title: "CX manager",
    email: "maya.lindqvist@northwind.example",
  },
  { id: "U0TOMOKAFR", handle: "tom", name: "Tom Okafor", title: "Support lead", email: "tom.okafor@northwind.example" },
  { id: "U0INESMORE", handle: "ines", name: "Ines Moreau", title: "Sales", email: "ines.moreau@northwind.example" },
  {
    id: "U0KENJIWAT",
    handle: "kenji",
    name: "Kenji Watanabe",
    title: "R&D lead",
    email: "kenji.watanabe@northwind.example",
  },
] as const;

export const SLACK_CHANNELS = [
  { id: "C0GENERAL1", name: "general", purpose: "Company-wide news", withApp: false },
  { id: "C0CXTEAM01", name: "cx", purpose: "Decisions about unhappy customers", withApp: true },
  { id: "C0SUPPORT1", name: "support", purpose: "Callbacks and tickets", withApp: true },
  { id: "C0RNDTEAM1", name: "rnd", purpose: "Product problems that customers report", withApp: true },
  { id: "C0PEOPLE01", name: "people", purpose: "How colleagues are doing", withApp: true },
] as const;
