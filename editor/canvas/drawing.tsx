import { useMediaQuery } from "@mantine/hooks";
import { memo } from "react";
import type { FlowProblem } from "../../server/flows/flow-api.js";
import type { StepView } from "../../server/runs/run-api.js";
import { Outline } from "../outline/outline.js";
import { EditorCanvas } from "./editor-canvas.js";
import { Opened } from "./opened.js";
import { PHONE, useIsOutlined } from "./use-is-outlined.js";

interface Props {
  readonly problems: readonly FlowProblem[];
  /** Of a try: the steps that it went through. */
  readonly steps: Readonly<Record<string, StepView>>;
  readonly mayEdit: boolean;
}

/** The flow as a canvas, as a list, or both; on a phone there is room for one of them. */
export const Drawing = memo(function Drawing(props: Props) {
  const isPhone = useMediaQuery(PHONE, undefined, { getInitialValueInEffect: false });
  const isOutlined = useIsOutlined();
  return (
    <>
      {isOutlined && <Outline {...props} />}
      {!(isOutlined && isPhone) && <EditorCanvas {...props} />}
      <Opened />
    </>
  );
});
