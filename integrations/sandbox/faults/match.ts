import type { Operation, SystemName } from "../system.js";
import type { FaultRule } from "./rule.js";

/** What a rule is compared with: a request to a system, or a delivery from one. */
export interface FaultSubject {
  readonly system: SystemName;
  readonly method: string;
  readonly path: string;
  readonly operation: Operation;
  readonly body: string | Buffer;
}

const AFTER_APPLY = new Set(["rst_after_apply", "5xx_after_apply", "apply_late", "hold_after_apply"]);

const glob = (pattern: string, text: string): boolean => {
  if (!pattern.includes("*")) return pattern === text;
  const escaped = pattern.split("*").map((part) => part.replace(/[.+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${escaped.join(".*")}$`).test(text);
};

const agrees = (wanted: string | undefined, actual: string | undefined): boolean =>
  wanted === undefined || (actual !== undefined && glob(wanted, actual));

export const ruleMatches = ({ system, match, fault }: FaultRule, subject: FaultSubject): boolean => {
  const { name, sobject, writes } = subject.operation;
  if (system !== subject.system) return false;
  if (AFTER_APPLY.has(fault.kind) && !writes) return false;
  const compared: [wanted: string | undefined, actual: string | undefined][] = [
    [match.method?.toUpperCase(), subject.method],
    [match.path, subject.path],
    [match.operation, name],
    [match.slackMethod, name],
    [match.sobject, sobject],
  ];
  return compared.every(([wanted, actual]) => agrees(wanted, actual)) && subject.body.includes(match.body ?? "");
};
