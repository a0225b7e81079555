/** The suite runs both ways: with `LOOPWRIGHT_FAST_LANE=off` every run has a workflow of its own. */
export const laneOfTests = (): "on" | "off" => (process.env["LOOPWRIGHT_FAST_LANE"] === "off" ? "off" : "on");
