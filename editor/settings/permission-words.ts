import type { Permission } from "../../server/members/permission-api.js";

/** Keys of words have no colon: i18next would read a namespace before it. */
export const permissionWords = {
  "flows:read": "permission.flowsRead",
  "flows:edit": "permission.flowsEdit",
  "flows:publish": "permission.flowsPublish",
  "runs:read": "permission.runsRead",
  "runs:act": "permission.runsAct",
  "approvals:read": "permission.approvalsRead",
  "feedback:read": "permission.feedbackRead",
  "people:read": "permission.peopleRead",
  "employees:reveal": "permission.employeesReveal",
  "sources:read": "permission.sourcesRead",
  "sources:manage": "permission.sourcesManage",
  "connections:read": "permission.connectionsRead",
  "connections:manage": "permission.connectionsManage",
  "members:manage": "permission.membersManage",
  "members:provision": "permission.membersProvision",
  "tokens:manage": "permission.tokensManage",
  "settings:read": "permission.settingsRead",
  "settings:manage": "permission.settingsManage",
  "privacy:manage": "permission.privacyManage",
  "audit:read": "permission.auditRead",
  "oversight:read": "permission.oversightRead",
  "oversight:manage": "permission.oversightManage",
  "oversight:ask": "permission.oversightAsk",
} as const satisfies Record<Permission, string>;
