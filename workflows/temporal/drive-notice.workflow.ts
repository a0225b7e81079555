import { continueAsNew } from "@temporalio/workflow";
import { advanceNotice } from "./advancing.js";
import { drive } from "./drive.js";

export const driveNotice = (noticeId: string): Promise<void> =>
  drive(
    (gaveUp) => advanceNotice(noticeId, gaveUp),
    () => continueAsNew<typeof driveNotice>(noticeId),
  );
