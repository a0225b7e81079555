import type { RiskCode } from "./oversight-api.js";

/** For programs and files; the editor has its own, in each language. */
export const riskWords: Readonly<Record<RiskCode, { readonly what: string; readonly todo: string }>> = {
  transfer_without_agreement: {
    what: "Data leaves the European Economic Area, and no agreement with the processor is signed.",
    todo: "Sign a processing agreement with the clauses for transfers, or choose a region in the EEA.",
  },
  no_basis: { what: "Nobody has said on which lawful basis.", todo: "Choose one of article 6(1), or stop collecting." },
  special_category: {
    what: "It holds special categories of data.",
    todo: "Make sure that article 9(2) allows it, and leave out what is not needed.",
  },
  credential_expired: { what: "Its credential has expired.", todo: "Enter a new one and its new last day." },
  no_owner: { what: "Nobody answers for it.", todo: "Name a member as its owner." },
  owner_gone: { what: "Its owner is not let in any more.", todo: "Name another member as its owner." },
  shown_in_clear: {
    what: "A live flow that uses it shows addresses and numbers that somebody typed.",
    todo: "Turn off “Show what tells who somebody is” in the flow's step, unless colleagues need it.",
  },
  plain_http: {
    what: "Its address is plain http: what goes there can be read on the way.",
    todo: "Use an address that begins with https://.",
  },
  no_purpose: { what: "Nobody has said what it is for.", todo: "Say its purpose in a sentence." },
  no_data_classes: { what: "Nobody has said which data it holds.", todo: "Choose the classes of its data." },
  no_region: { what: "Nobody has said where its data goes.", todo: "Choose the region, and name the country." },
  no_agreement: {
    what: "No agreement with the processor is signed.",
    todo: "Sign one (article 28), and note its date and reference.",
  },
  credential_expires_soon: {
    what: "Its credential expires within 30 days.",
    todo: "Have its owner renew it, and enter the new last day.",
  },
  silent: {
    what: "Nothing happened for 90 days, and it is still connected.",
    todo: "Pause it or remove it, unless it is needed.",
  },
  sandbox: { what: "It points at the sandbox.", todo: "Connect the real system, or remove it." },
};
