import { notifications } from "@mantine/notifications";
import { useReactFlow, useStoreApi } from "@xyflow/react";
import { useEffect, useMemo, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { Point } from "../flow/edit.js";
import { cardAround } from "../flow/place.js";
import { useFlowStore } from "../flow/store-context.js";
import { copyChosen, pasteText, removeChosen } from "./chosen.js";
import { isElsewhere } from "./elsewhere.js";
import { useMiddle } from "./use-middle.js";

/** Where a paste goes: to the pointer where it is over the canvas, else to the middle of what is seen. */
function usePlace(): () => Point {
  const canvas = useStoreApi();
  const { screenToFlowPosition } = useReactFlow();
  const middle = useMiddle();
  const pointer = useRef<Point>({ x: 0, y: 0 });
  useEffect(() => {
    const onMove = ({ clientX: x, clientY: y }: PointerEvent) => (pointer.current = { x, y });
    document.addEventListener("pointermove", onMove);
    return () => document.removeEventListener("pointermove", onMove);
  }, []);
  return () => {
    const isOver = canvas.getState().domNode?.matches(":hover") === true;
    return cardAround(isOver ? screenToFlowPosition(pointer.current) : middle());
  };
}

/** Copy, cut and paste as a menu asks for them: the browser may refuse its clipboard to a page, then the keys still work. */
export function useClipboard() {
  const store = useFlowStore();
  const { t } = useTranslation();
  const place = usePlace();
  const tell = (message: string) => notifications.show({ message, color: "petrol" });
  const paste = (text: string, at: Point = place()) => {
    const told = pasteText(store, text, at);
    if (told === "nothing") tell(t("drawing.nothingToPaste"));
    if (told === "full") tell(t("drawing.full"));
  };
  /** Whether it stands on the clipboard now. */
  const copy = async (): Promise<boolean> => {
    const text = copyChosen(store);
    if (text === null) return false;
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      tell(t("drawing.copyByKeys"));
      return false;
    }
  };
  return {
    paste,
    copy,
    pasteAt: async (at: Point) => {
      try {
        paste(await navigator.clipboard.readText(), at);
      } catch {
        tell(t("drawing.pasteByKeys"));
      }
    },
  };
}

/** Ctrl-C, Ctrl-X and Ctrl-V anywhere on the page that is no field, dialog or menu; where text is marked, that is what is copied. */
export function useClipboardKeys(mayEdit: boolean): void {
  const store = useFlowStore();
  const { paste } = useClipboard();
  const handlers = useMemo(() => {
    const copy = (event: ClipboardEvent): boolean => {
      if (isElsewhere(event.target) || document.getSelection()?.isCollapsed === false) return false;
      const text = copyChosen(store);
      if (text === null) return false;
      event.clipboardData?.setData("text/plain", text);
      event.preventDefault();
      return true;
    };
    return {
      copy: (event: ClipboardEvent) => void copy(event),
      cut: (event: ClipboardEvent) => {
        if (mayEdit && copy(event)) removeChosen(store);
      },
    };
  }, [store, mayEdit]);
  useEffect(() => {
    const onPaste = (event: ClipboardEvent) => {
      if (!mayEdit || isElsewhere(event.target)) return;
      event.preventDefault();
      paste(event.clipboardData?.getData("text/plain") ?? "");
    };
    document.addEventListener("copy", handlers.copy);
    document.addEventListener("cut", handlers.cut);
    document.addEventListener("paste", onPaste);
    return () => {
      document.removeEventListener("copy", handlers.copy);
      document.removeEventListener("cut", handlers.cut);
      document.removeEventListener("paste", onPaste);
    };
  });
}
