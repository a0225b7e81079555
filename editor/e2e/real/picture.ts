import { join } from "node:path";
import type { Page } from "@playwright/test";

/** The README's pictures come from this test: where `LOOPWRIGHT_PICTURES` names a folder, they are taken anew on the way. */
export async function picture(page: Page, name: string): Promise<void> {
  const folder = process.env["LOOPWRIGHT_PICTURES"];
  if (folder === undefined) return;
  await page.mouse.move(0, 0); // nothing looks hovered over
  await page.screenshot({ path: join(folder, `${name}.png`), animations: "disabled" });
}
