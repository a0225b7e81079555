import type { Language } from "../../sentence.js";
import { aCatalogue, connections } from "../../testing/a-catalogue.js";
import type { House } from "../house.js";

/** A workspace with one connection of each product and two of Jira. */
export const aHouse = (language: Language = "en", rest: Partial<House> = {}): House => ({
  language,
  connections: [
    { id: connections.slack, connector: "slack", name: "Slack", works: true },
    { id: "jira-0", connector: "jira", name: "Jira (old)", works: false },
    { id: connections.jira, connector: "jira", name: "Jira", works: true },
    { id: connections.salesforce, connector: "salesforce", name: "Salesforce", works: true },
  ],
  sources: [
    { id: "survey", name: "Survey" },
    { id: "store", name: "App Store" },
  ],
  catalogue: aCatalogue(),
  ...rest,
});
