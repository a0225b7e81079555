import type { Page } from "@playwright/test";

/** Collects what the console calls an error: a style that the security policy refused, a key without words, a crash. */
export function watchConsole(page: Page): readonly string[] {
  const complaints: string[] = [];
  page.on("console", (message) => {
    // Answers that are not 2xx are told here too; the page itself shows those.
    if (message.type() === "error" && !message.text().includes("Failed to load resource"))
      complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(error.message));
  return complaints;
}
