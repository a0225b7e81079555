import { Modal } from "@mantine/core";
import type { ModalProps } from "@mantine/core";
import { useEffect, useState } from "react";

/** What had the focus before gets it back, unless something took it meanwhile. */
function useFocusBack(): void {
  const [before] = useState(() => document.activeElement);
  useEffect(
    () => () => {
      setTimeout(() => {
        if (document.activeElement === document.body && before instanceof HTMLElement) before.focus();
      });
    },
    [before],
  );
}

/** A dialog that is drawn only while it is open; Mantine's own gives the focus back only where it stays and is closed. */
export function Dialog(props: Omit<ModalProps, "opened">) {
  useFocusBack();
  return <Modal opened {...props} />;
}
