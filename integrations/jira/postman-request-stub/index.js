"use strict";

/** jira-client may only speak through SafeJira's own transport; reaching this function is a defect. */
module.exports = function refuse() {
  throw new Error("jira-client reached its own HTTP client; SafeJira must replace doRequest");
};
