export { driveRun } from "./drive-run.workflow.js";
