import { churnRisk } from "./churn-risk.js";
import { detractorRecovery } from "./detractor-recovery.js";
import { employeeAlert } from "./employee-alert.js";
import { featureRequests } from "./feature-requests.js";
import { lowCsat } from "./low-csat.js";
import { onboardingFriction } from "./onboarding-friction.js";
import { praise } from "./praise.js";
import { promoterReferral } from "./promoter-referral.js";
import { reviewReply } from "./review-reply.js";
import { toldWhenFixed } from "./told-when-fixed.js";
import { unansweredComplaint } from "./unanswered-complaint.js";
import { vipComplaint } from "./vip-complaint.js";
import type { Template } from "./template.js";

/** In the gallery's order: what most programmes begin with comes first. A new one is a file here and a line here. */
export const templates: readonly Template[] = [
  detractorRecovery,
  lowCsat,
  churnRisk,
  praise,
  promoterReferral,
  reviewReply,
  toldWhenFixed,
  featureRequests,
  unansweredComplaint,
  vipComplaint,
  onboardingFriction,
  employeeAlert,
];
