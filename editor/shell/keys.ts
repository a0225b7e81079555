import { useNavigate } from "@tanstack/react-router";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { openKeyHelp } from "./key-help.js";
import { pages } from "./pages.js";

const SECOND_KEY_WITHIN = 1_200;

const isWriting = (target: EventTarget | null) =>
  target instanceof HTMLElement &&
  (target.isContentEditable || ["INPUT", "TEXTAREA", "SELECT"].includes(target.tagName));

/** What a list took for itself, or what is written, leads nowhere. */
export const isFree = ({ defaultPrevented, ctrlKey, metaKey, altKey, target }: KeyboardEvent): boolean =>
  !(defaultPrevented || ctrlKey || metaKey || altKey || isWriting(target));

/** `g f` and its like: two keys, one after the other, outside text fields. */
export function useKeys(): void {
  const navigate = useNavigate();
  const { t } = useTranslation();
  useEffect(() => {
    let first = { key: "", at: 0 };
    const onKey = (event: KeyboardEvent) => {
      if (!isFree(event)) return;
      if (event.key === "?") return void openKeyHelp(t);
      const pressed = event.timeStamp - first.at < SECOND_KEY_WITHIN ? `${first.key} ${event.key}` : event.key;
      first = { key: event.key, at: event.timeStamp };
      const page = pages.find(({ keys }) => keys === pressed);
      if (page) void navigate({ to: page.to });
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, [navigate, t]);
}
