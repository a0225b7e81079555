import type { Page, Request } from "@playwright/test";

/** Longer than a page waits before it asks again what failed (`retryDelay` in app.tsx). */
const QUIET = 1_200;

/** Until the page has asked nothing for a while, has every answer, and shows no skeleton. */
export function untilSettled(page: Page): () => Promise<void> {
  const open = new Set<Request>();
  let last = Date.now();
  const ended = (request: Request) => {
    open.delete(request);
    last = Date.now();
  };
  page.on("request", (request) => {
    if (!request.url().endsWith("/api/live")) open.add(request);
  });
  page.on("requestfinished", ended);
  page.on("requestfailed", ended);
  return async () => {
    while (open.size > 0 || Date.now() - last < QUIET) await page.waitForTimeout(50);
    await page.waitForFunction(() => document.querySelector(".mantine-Skeleton-root") === null);
  };
}
