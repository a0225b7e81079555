import type { Operation, SystemName } from "../system.js";
import type { FaultRule } from "./rule.js";

/** What a rule is compared with: a request to a system, or a delivery from one. */
export interface FaultSubject {
  readonly system: SystemName;
  readonly method: string;
  readonly path: string;
  readonly operation: Operation;
}

const AFTER_APPLY = new Set(["rst_after_apply", "5xx_after_apply", "apply_late", "hold_after_apply"]);

const glob = (pattern: string, text: string): boolean => {
  if (!pattern.includes("*")) return pattern === text;
  const escaped = pattern.split("*").map((part) => part.replace(/[.+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${escaped.join(".*")}$`).test(text);
};

const agrees = (wanted: string | undefined, actual: string | undefined): boolean =>
  wanted === undefined || (actual !== undefined && glob(wanted, actual));

export const ruleMatches = (rule: FaultRule, subject: FaultSubject): boolean => {
  const { match, fault } = rule;
  if (rule.system !== subject.system) return false;
  if (AFTER_APPLY.has(fault.kind) && !subject.operation.writes) return false;
  return (
    agrees(match.method?.toUpperCase(), subject.method) &&
    agrees(match.path, subject.path) &&
    agrees(match.operation, subject.operation.name) &&
    agrees(match.slackMethod, subject.operation.name) &&
    agrees(match.sobject, subject.operation.sobject)
  );
};
