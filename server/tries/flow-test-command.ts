import { findAction, findConnector, connectors } from "../../integrations/index.js";
import type { Config } from "../config.js";
import { sandboxHosts } from "../connections/sandbox-use.js";
import type { Db } from "../db/database.js";
import { DomainError } from "../errors.js";
import { createCatalogue } from "../flows/catalogue.js";
import { createFlowService, type FlowService } from "../flows/flow-service.js";
import { listFlows, type FlowRow } from "../flows/flow-store.js";
import { workspacePartsReader } from "../flows/workspace-parts.js";
import type { Actor } from "../http/route.js";
import type { Vault } from "../privacy/vault.js";
import type { TestResult } from "./flow-test-api.js";
import { runTests } from "./flow-tests.js";
import type { TryDependencies } from "./try-service.js";

export interface TestCommand {
  readonly db: Db;
  readonly vault: Vault;
  readonly config: Pick<Config, "publicUrl" | "allowPrivate" | "sandbox" | "port">;
  readonly workspaceId: string;
  readonly adminId: string;
  /** A flow's name or id; without it all flows. */
  readonly flow: string | undefined;
}

/** Runs the tests of saved drafts. Throws what is to be printed where one of them fails. */
export async function testFlows({ flow, ...asked }: TestCommand): Promise<string> {
  const flows = await listFlows(asked.db, { workspaceId: asked.workspaceId, only: null });
  const wanted = flows.filter(({ id, name }) => flow === undefined || id === flow || name === flow);
  if (wanted.length === 0 && flow !== undefined) throw new Error(`There is no flow “${flow}”.`);
  const reports = await Promise.all(wanted.map((one) => reportOf(asked, one)));
  const all = reports.flatMap(({ results }) => results);
  const failed = all.filter(({ differences }) => differences.length > 0).length;
  const untried = reports.filter(({ isTried }) => !isTried).length;
  const counts = [`${all.length - failed} passed`, `${failed} failed`, ...(untried > 0 ? [untriedWords(untried)] : [])];
  const report = [...reports.flatMap(({ lines }) => lines), counts.join(", ")].join("\n");
  if (failed + untried > 0) throw new Error(report);
  return report;
}

interface Report {
  readonly lines: readonly string[];
  readonly results: readonly TestResult[];
  /** False: nothing of it could be tested, as its draft is unfinished. */
  readonly isTried: boolean;
}

/** One flow's refusal keeps no other from being tested. */
async function reportOf(asked: Omit<TestCommand, "flow">, flow: FlowRow): Promise<Report> {
  try {
    const results = await run(asked, flow);
    return { lines: results.flatMap((result) => linesOf(flow.name, result)), results, isTried: true };
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return { lines: [`FAILED  ${flow.name}: ${error.message}`], results: [], isTried: false };
  }
}

const untriedWords = (flows: number): string => `${flows === 1 ? "1 flow" : `${flows} flows`} could not be tested`;

const linesOf = (flow: string, { name, differences }: TestResult): string[] => [
  `${differences.length === 0 ? "passed" : "FAILED"}  ${flow}: ${name}`,
  ...differences.map(({ sentence }) => `        ${sentence}`),
];

function run(
  { db, workspaceId, adminId, ...asked }: Omit<TestCommand, "flow">,
  { id }: FlowRow,
): Promise<TestResult[]> {
  const actor: Actor = { kind: "member", id: adminId, workspaceId, role: "admin" };
  return runTests(db, toolsOf(asked), actor, { flowId: id });
}

/** Tests are made up, so no source is asked for. */
function toolsOf({ vault, config }: Pick<TestCommand, "vault" | "config">): TryDependencies {
  const actions = connectors.flatMap((connector) => connector.actions);
  const flows: FlowService = createFlowService({
    partsOf: workspacePartsReader(actions),
    runTests: () => Promise.resolve([]),
  });
  return {
    ...{ vault, flows, findAction, findConnector, catalogue: createCatalogue(actions) },
    findSource: () => Promise.resolve(null),
    runUrl: (runId) => `${config.publicUrl}/runs/${runId}`,
    allowPrivate: config.allowPrivate,
    sandboxHosts: config.sandbox === "off" ? [] : sandboxHosts(config.port),
  };
}
