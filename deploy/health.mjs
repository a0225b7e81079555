/** The api container's health check: `node health.mjs <url of /api/health>` ends with exit code 0 when that says ok. */
const [url] = process.argv.slice(2);
try {
  const reply = await fetch(url, { signal: AbortSignal.timeout(4_000) });
  const { status } = await reply.json();
  console.log(`HTTP ${reply.status}, status ${status}`);
  process.exitCode = reply.ok && status === "ok" ? 0 : 1;
} catch (error) {
  console.log(`${url}: ${error.message}`);
  process.exitCode = 1;
}
