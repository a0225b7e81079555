// Runs on any Node that knows modules, so that an old one gets a sentence instead of a syntax error.
const parts = process.versions.node.split(".").map(Number);
if (parts[0] < 20 || (parts[0] === 20 && parts[1] < 19)) {
  console.error(
    "Loopwright needs Node 20.19 or later (24 is best); this is " + process.version + ". See https://nodejs.org.",
  );
  process.exit(1);
}
