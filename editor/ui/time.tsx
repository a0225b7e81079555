import { Tooltip } from "@mantine/core";
import { useInterval } from "@mantine/hooks";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { absoluteTime, dayOnly, relativeTime } from "./format.js";

const EVERY = 30_000;

/** Relative, with the absolute on hover and for screen readers; it ages while it is looked at. */
export function Time({ at }: { readonly at: string }) {
  const { i18n } = useTranslation();
  const [now, setNow] = useState(() => new Date());
  useInterval(() => setNow(new Date()), EVERY, { autoInvoke: true });
  const absolute = absoluteTime(at, i18n.language);
  return (
    <Tooltip label={absolute}>
      <time dateTime={at} className="lw-numbers" aria-label={absolute}>
        {relativeTime(at, now, i18n.language)}
      </time>
    </Tooltip>
  );
}

/** What is told by the day only. */
export function Day({ at }: { readonly at: string }) {
  const { i18n } = useTranslation();
  return (
    <time dateTime={at.slice(0, 10)} className="lw-numbers">
      {dayOnly(at, i18n.language)}
    </time>
  );
}
