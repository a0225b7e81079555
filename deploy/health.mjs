/** The api container's health check: exit code 0 when `/api/health` says ok. */
const url = `http://127.0.0.1:${process.env.PORT ?? "4000"}/api/health`;
try {
  const reply = await fetch(url, { signal: AbortSignal.timeout(4_000) });
  const { status } = await reply.json();
  console.log(`HTTP ${reply.status}, status ${status}`);
  process.exitCode = reply.ok && status === "ok" ? 0 : 1;
} catch (error) {
  console.log(`${url}: ${error.message}`);
  process.exitCode = 1;
}
