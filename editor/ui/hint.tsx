import { IconAlertTriangle, IconInfoCircle } from "@tabler/icons-react";
import type { ReactNode } from "react";
import type { Tone } from "./state-mark.js";

interface Props {
  readonly tone: Extract<Tone, "stuck" | "failed" | "waiting">;
  readonly title?: string;
  readonly children: ReactNode;
}

/** A word beside what it is about: a warning, a refusal, or something to know. */
export function Hint({ tone, title, children }: Props) {
  const Mark = tone === "waiting" ? IconInfoCircle : IconAlertTriangle;
  return (
    <div className="lw-hint" data-tone={tone} role={tone === "failed" ? "alert" : undefined}>
      <Mark size={17} stroke={1.8} aria-hidden />
      <div>
        {title !== undefined && <strong>{title}</strong>}
        <div>{children}</div>
      </div>
    </div>
  );
}
