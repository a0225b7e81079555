import express from "express";

/** The ceiling: JSON parsed, 202 answered, nothing kept. Says `port N` once it listens. */
const app = express();
app.use(express.json());
app.post("/hook", (_request, response) => {
  response.status(202).json({ ok: true });
});
const server = app.listen(0, "127.0.0.1", () => {
  const address = server.address();
  process.stdout.write(`port ${typeof address === "object" && address ? address.port : 0}\n`);
});
server.keepAliveTimeout = 60_000;
