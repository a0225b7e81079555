import { aNode } from "../workflows/flow/testing/a-flow.js";
import { about, allOf, branching, STEPS, type NamedDraft } from "./drafts.js";
import { eachOf } from "./each-of.js";
import type { Product } from "./sides/product.js";

/** One account on each of the three far systems, by connection. */
interface Accounts {
  readonly slack: string;
  readonly jira: string;
  readonly salesforce: string;
}

const AT_ONCE = 8;

/** What a connection to the far end is made of. */
const connectionsAt = (sinkUrl: string) => ({
  slack: { config: { apiUrl: `${sinkUrl}/api/` }, secret: { botToken: "xoxb-bench", signingSecret: "bench-signing" } },
  jira: { config: { site: sinkUrl, email: "ops@bench.example" }, secret: { apiToken: "bench-token" } },
  salesforce: {
    config: { loginUrl: sinkUrl, grant: "client_credentials", clientId: "bench" },
    secret: { clientSecret: "bench-secret" },
  },
});

/** Of each Slack account. */
const CHANNELS = ["C0BENCH001", "C0BENCH002"] as const;

/**
 * So many accounts on each far system, and a flow for each channel of each, which takes the events about its own name; events take
 * turns. An account's pace is the connectors' own and stays on (Slack: a message in 300 ms, and in a second into one channel; Jira and
 * Salesforce: a call in 100 ms), so that with few accounts the pace would be measured and not the product.
 */
export async function drawOnAccounts({ api }: Pick<Product, "api">, sinkUrl: string, count: number) {
  const connect = async (connector: keyof Accounts, name: string): Promise<string> => {
    const wanted = { connector, name, ...connectionsAt(sinkUrl)[connector] };
    return ((await api("POST", "/api/connections", wanted)) as { id: string }).id;
  };
  const each = (connector: keyof Accounts): Promise<string[]> => {
    const names = Array.from({ length: count }, (_, number) => `${connector} ${number}`);
    return eachOf(names, AT_ONCE, (name) => connect(connector, name));
  };
  const [salesforce, jira, slack] = [await each("salesforce"), await each("jira"), await each("slack")];
  const accounts = slack.map((id, number) => ({
    slack: id,
    jira: jira[number] ?? "",
    salesforce: salesforce[number] ?? "",
  }));
  return CHANNELS.flatMap((channel) => accounts.map((own) => ({ ...own, channel }))).map(flowOn);
}

const SAID = '{{ feedback.comment | default: "none" }}';

function flowOn({ slack, jira, salesforce, channel }: Accounts & { channel: string }, number: number): NamedDraft {
  const [callback, ticket, note] = STEPS;
  const calls = [
    aNode("action", callback, {
      action: "slack.postMessage@1",
      connectionId: slack,
      input: { channel, text: `*Call back* (NPS {{ feedback.score }})\n>${SAID}` },
    }),
    aNode("action", ticket, {
      action: "jira.createIssue@1",
      connectionId: jira,
      input: { project: "RND", issueType: "Bug", summary: `NPS {{ feedback.score }}: ${SAID}`, description: SAID },
    }),
    aNode("action", note, {
      action: "salesforce.createTask@1",
      connectionId: salesforce,
      input: {
        subject: "Call back: NPS {{ feedback.score }}",
        description: SAID,
        contactEmail: '{{ contact.email | default: "" }}',
      },
    }),
  ];
  const name = `Account ${number}`;
  return branching(name, calls, allOf(about(name)));
}
