import {
  IconArrowsJoin2,
  IconArrowsSplit2,
  IconBrandJira,
  IconBrandSlack,
  IconClockHour4,
  IconCloud,
  IconFlag,
  IconGitFork,
  IconHandStop,
  IconMessage2Heart,
  IconPercentage,
  IconPlug,
  IconUserCheck,
  IconVariable,
  IconWorld,
} from "@tabler/icons-react";
import type { Icon } from "@tabler/icons-react";

interface Mark {
  readonly icon: Icon;
  readonly of: string;
}

/** By connector name, else by node type. */
const marks: Readonly<Record<string, Mark>> = {
  slack: { icon: IconBrandSlack, of: "slack" },
  jira: { icon: IconBrandJira, of: "jira" },
  salesforce: { icon: IconCloud, of: "salesforce" },
  http: { icon: IconWorld, of: "http" },
  trigger: { icon: IconMessage2Heart, of: "when" },
  condition: { icon: IconGitFork, of: "if" },
  switch: { icon: IconArrowsSplit2, of: "if" },
  join: { icon: IconArrowsJoin2, of: "if" },
  split: { icon: IconPercentage, of: "if" },
  set: { icon: IconVariable, of: "if" },
  wait: { icon: IconClockHour4, of: "time" },
  approval: { icon: IconUserCheck, of: "people" },
  end: { icon: IconFlag, of: "end" },
  stop: { icon: IconHandStop, of: "end" },
};
const unknown: Mark = { icon: IconPlug, of: "http" };

const names: Readonly<Record<string, string>> = {
  slack: "Slack",
  jira: "Jira",
  salesforce: "Salesforce",
  http: "HTTP",
};
/** As the product writes itself. */
export const systemName = (connector: string): string => names[connector] ?? connector;

export function SystemMark({ kind, size = 26 }: { readonly kind: string; readonly size?: number }) {
  const { icon: Glyph, of } = marks[kind] ?? unknown;
  return (
    <span className="lw-mark" data-of={of} style={{ width: size, height: size }} aria-hidden>
      <Glyph size={Math.round(size * 0.66)} stroke={1.8} />
    </span>
  );
}
