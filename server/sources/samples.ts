import type { SampleSaid } from "../../integrations/source.js";
import type { SampleName } from "./source-api.js";

type Sample = Omit<SampleSaid, "responseId">;

const sam = { name: "Sam Rivera", email: "sam.rivera@globex.example", account: "Globex", language: "en" };
const jane = { name: "Jane Doe", email: "jane.doe@northwind.example", account: "Northwind Traders", language: "en" };
const lea = { name: "Léa Martin", email: "lea.martin@initech.example", account: "Initech", language: "fr" };

/** Said by people whom the sandbox's Salesforce knows; Jane's company is a key account. */
export const samples: Readonly<Record<SampleName, Sample>> = {
  bug: { ...sam, happy: false, comment: "The export crashes with files over 10 MB.", product: "App" },
  promoter: { ...sam, happy: true, comment: "Support solved it within minutes. Thank you!", product: "Support" },
  keyAccount: { ...jane, happy: false, comment: "Late again. We are comparing offers.", product: "Delivery" },
  french: {
    ...lea,
    happy: false,
    comment: "La facture est arrivée deux fois et personne ne répond.",
    product: "Billing",
  },
};
