/** The attributes that runs are found by in Temporal: ids and enums only, never personal data. */
export const SEARCH_ATTRIBUTES = { RunState: "Keyword", WorkspaceId: "Keyword", FlowId: "Keyword" } as const;

export interface DevServer {
  readonly port: number;
  /** Without a port there is no web page. */
  readonly uiPort?: number;
  /** Without a file everything is in memory. */
  readonly databaseFile?: string;
}

/** Arguments of `temporal` for a dev server on loopback whose file survives a power cut. */
export function devServerArgs({ port, uiPort, databaseFile }: DevServer): string[] {
  const attributes = Object.entries(SEARCH_ATTRIBUTES).flatMap(([name, type]) => [
    "--search-attribute",
    `${name}=${type}`,
  ]);
  return [
    ...["server", "start-dev", "--ip", "127.0.0.1", "--port", String(port), "--log-level", "warn"],
    ...(uiPort === undefined ? ["--headless"] : ["--ui-ip", "127.0.0.1", "--ui-port", String(uiPort)]),
    ...(databaseFile === undefined ? [] : ["--db-filename", databaseFile]),
    ...["--sqlite-pragma", "journal_mode=wal", "--sqlite-pragma", "synchronous=2"],
    ...attributes,
  ];
}
