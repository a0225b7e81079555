export { driveBatch } from "./drive-batch.workflow.js";
export { driveNotice } from "./drive-notice.workflow.js";
export { driveRun } from "./drive-run.workflow.js";
