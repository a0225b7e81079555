import { Group, Text } from "@mantine/core";
import {
  IconAlertTriangle,
  IconCircleCheck,
  IconCircleDashed,
  IconCircleMinus,
  IconCircleX,
  IconClock,
  IconHandStop,
  IconHelpHexagon,
  IconPencil,
  IconPlayerPause,
  IconPlayerPlay,
  IconProgress,
  IconShieldCheck,
  IconShieldExclamation,
  IconShieldX,
} from "@tabler/icons-react";
import type { Icon } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

export type Tone = "waiting" | "acting" | "done" | "stuck" | "doubt" | "failed" | "faint";

interface Look {
  readonly tone: Tone;
  readonly icon: Icon;
}

/** Colour, icon and word of every state in the product: never one of them alone. */
export const stateLooks = {
  queued: { tone: "waiting", icon: IconCircleDashed },
  running: { tone: "acting", icon: IconProgress },
  waiting: { tone: "waiting", icon: IconClock },
  stuck: { tone: "stuck", icon: IconHandStop },
  finished: { tone: "done", icon: IconCircleCheck },
  cancelled: { tone: "faint", icon: IconCircleMinus },
  pending: { tone: "faint", icon: IconCircleDashed },
  done: { tone: "done", icon: IconCircleCheck },
  failed: { tone: "failed", icon: IconCircleX },
  skipped: { tone: "faint", icon: IconCircleMinus },
  dead: { tone: "faint", icon: IconCircleMinus },
  intent: { tone: "waiting", icon: IconClock },
  sending: { tone: "acting", icon: IconProgress },
  ambiguous: { tone: "doubt", icon: IconHelpHexagon },
  draft: { tone: "faint", icon: IconPencil },
  live: { tone: "done", icon: IconPlayerPlay },
  paused: { tone: "waiting", icon: IconPlayerPause },
  active: { tone: "done", icon: IconCircleCheck },
  ok: { tone: "done", icon: IconCircleCheck },
  broken: { tone: "stuck", icon: IconAlertTriangle },
  held: { tone: "stuck", icon: IconHandStop },
  replayed: { tone: "done", icon: IconCircleCheck },
  askedFor: { tone: "waiting", icon: IconClock },
  approved: { tone: "done", icon: IconCircleCheck },
  rejected: { tone: "failed", icon: IconCircleX },
  expired: { tone: "faint", icon: IconClock },
  withdrawn: { tone: "faint", icon: IconCircleMinus },
  low: { tone: "done", icon: IconShieldCheck },
  medium: { tone: "stuck", icon: IconShieldExclamation },
  high: { tone: "failed", icon: IconShieldX },
} as const satisfies Record<string, Look>;
export type ShownState = keyof typeof stateLooks;

interface Props {
  readonly state: ShownState;
  /** In place of the state's own word. */
  readonly word?: string;
  readonly plain?: boolean;
}

/** `plain` stands in text without its pill. */
export function StateMark({ state, word, plain = false }: Props) {
  const { t } = useTranslation();
  const { tone, icon: Mark } = stateLooks[state];
  return (
    <Group
      gap={5}
      wrap="nowrap"
      component="span"
      display="inline-flex"
      className={plain ? "lw-state" : "lw-state lw-state-pill"}
      data-tone={tone}
    >
      <Mark size={15} stroke={1.9} aria-hidden />
      <Text span inherit>
        {word ?? t(`state.${state}`)}
      </Text>
    </Group>
  );
}
