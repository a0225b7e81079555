export { driveBatch } from "./drive-batch.workflow.js";
export { driveNotice } from "./drive-notice.workflow.js";
export { driveStart } from "./drive-start.workflow.js";
export { driveRun } from "./drive-run.workflow.js";
