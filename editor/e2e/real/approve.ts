import { expect } from "@playwright/test";
import type { Page } from "@playwright/test";

/** As a manager does: finds the card in the channel and presses its button. Resolves when the card says who decided. */
export async function approveInSandbox(sandbox: Page, channel: string, question: string): Promise<void> {
  await sandbox.getByRole("tab", { name: channel }).click();
  const card = sandbox.getByRole("article").filter({ hasText: question });
  await card.getByRole("button", { name: "Approve" }).click();
  await expect(card.getByRole("button")).toHaveCount(0);
  await expect(card).toContainText(/Approved by/i);
}
