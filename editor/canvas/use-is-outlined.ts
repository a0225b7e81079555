import { useMediaQuery } from "@mantine/hooks";
import { useBench } from "./bench.js";

/** Too narrow to draw: the same width at which pages become those of a phone. */
export const PHONE = "(max-width: 640px)";

/** Whether the outline is shown: when asked for, and on a phone unless it was put away. */
export function useIsOutlined(): boolean {
  const isPhone = useMediaQuery(PHONE, undefined, { getInitialValueInEffect: false });
  const asked = useBench((state) => state.outline);
  return asked ?? isPhone;
}
