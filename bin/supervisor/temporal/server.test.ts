import { describe, expect, it } from "vitest";
import { devServerArgs } from "./server.js";

describe("the Temporal dev server", () => {
  it("listens on loopback, keeps its file through a power cut, and registers our attributes", () => {
    const args = devServerArgs({ port: 7, uiPort: 8, databaseFile: "/data/temporal.db" }).join(" ");
    expect(args).toContain("--ip 127.0.0.1 --port 7");
    expect(args).toContain("--ui-ip 127.0.0.1 --ui-port 8");
    expect(args).toContain("--db-filename /data/temporal.db");
    expect(args).toContain("--sqlite-pragma journal_mode=wal --sqlite-pragma synchronous=2");
    expect(args).toContain(
      "--search-attribute RunState=Keyword --search-attribute WorkspaceId=Keyword --search-attribute FlowId=Keyword",
    );
  });

  it("has no page and no file unless asked", () => {
    const args = devServerArgs({ port: 7 });
    expect(args).toContain("--headless");
    expect(args).not.toContain("--db-filename");
  });
});
