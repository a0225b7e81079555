import { sql } from "kysely";
import type { Db } from "../db/database.js";
import type { Client } from "./http.js";

export interface WalkedAnswer {
  /** As the API's document has it. */
  readonly template: string;
  readonly path: string;
  readonly status: number;
  /** Headers and body. */
  readonly text: string;
}

/** Where a path's parameter finds values, as SQL. */
const values: Readonly<Record<string, string>> = {
  workspaceId: "select id from workspace",
  flowId: "select id from flow",
  versionId: "select id from flow_version",
  runId: "select id from run order by id",
  nodeId: "select distinct node_id from effect",
  connectionId: "select id from connection",
  sourceId: "select id from source",
  memberId: "select id from member",
  tokenId: "select id from api_token",
  sessionId: "select id from session",
  quarantineId: "select id from quarantine",
  approvalId: "select id from approval",
  contactId: "select id from contact",
  responseId: "select id from response",
  erasureId: "select id from erasure",
  picker: "values ('channels'), ('projects'), ('issueTypes'), ('users')",
  file: "values ('swagger-ui.css')",
  name: "values ('User')",
};

/** So many of each thing are asked for. */
const MOST = 60;

interface OpenApi {
  readonly paths: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** Every GET of the API with every thing that there is; `/api/live` never ends, so it is left out. */
export async function walkAnswers(api: Client, db: Db): Promise<readonly WalkedAnswer[]> {
  const { paths } = (await api("GET", "/api/openapi.json")).json as OpenApi;
  const templates = Object.keys(paths).filter((path) => "get" in (paths[path] ?? {}) && path !== "/api/live");
  const answers: WalkedAnswer[] = [];
  for (const template of templates)
    for (const path of await filled(template, db)) {
      const { status, headers, text } = await api("GET", path);
      answers.push({ template, path, status, text: `${JSON.stringify([...headers])}\n${text}` });
    }
  return answers;
}

/** A path for each combination of what its parameters may be. */
async function filled(template: string, db: Db): Promise<readonly string[]> {
  let paths = [template];
  for (const [parameter, name = ""] of template.matchAll(/\{(\w+)\}/g)) {
    const query = values[name];
    if (query === undefined) throw new Error(`The test knows no values for ${parameter}: add them to walk-answers.`);
    const { rows } = await sql<Record<string, string>>`${sql.raw(query)} limit ${MOST}`.execute(db);
    const found = rows.map((row) => Object.values(row)[0] ?? "");
    paths = paths.flatMap((path) => found.map((value) => path.replace(parameter, encodeURIComponent(value))));
  }
  return paths.slice(0, MOST);
}
