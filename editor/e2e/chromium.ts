/** The browser that the tests, the pictures and the bench drive. */
export const launchOptions = {
  executablePath: process.env["LOOPWRIGHT_CHROMIUM"] ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"],
};
