import { ReactFlowProvider } from "@xyflow/react";
import { act } from "react";
import { expect, test } from "vitest";
import { draw } from "../ui/testing/render.js";
import { BenchProvider, createBench } from "./bench.js";
import { CardView } from "./card.js";
import type { Card } from "./projection.js";

const data: Card = {
  type: "condition",
  words: { title: "NPS below 6", sentence: "", mark: "condition", ports: [] },
  ports: ["yes", "no"].map((name) => ({ name, label: name, isUsed: false })),
  failure: null,
  ...{ hasInput: true, problems: ["Fill this in."], isUnfinished: false, step: null, isOff: false, comment: null },
};

async function drawCard() {
  const bench = createBench();
  await draw(
    <ReactFlowProvider>
      <BenchProvider value={bench}>
        <CardView id="unhappy" data={data} selected={false} />
      </BenchProvider>
    </ReactFlowProvider>,
  );
  const ports = () => [...document.querySelectorAll(".react-flow__handle")];
  const come = () =>
    act(() => {
      document.querySelector(".lw-node-title")?.dispatchEvent(new PointerEvent("pointermove", { bubbles: true }));
    });
  return { bench, ports, come };
}

const said = (port: Element) => ({
  classes: [...port.classList].toSorted(),
  way: port.getAttribute("data-handleid"),
  at: port.getAttribute("data-handlepos"),
});

test("a port looks the same whether somebody points at its card or not", async () => {
  const { ports, come } = await drawCard();
  const before = ports();
  come();
  expect(ports().map(said)).toEqual(before.map(said));
  expect(ports()).toHaveLength(3);
  expect(ports().some((port) => before.includes(port))).toBe(false);
});

test("while a line is drawn no port is replaced, and the one that it would end at shows so", async () => {
  const { bench, ports, come } = await drawCard();
  const before = ports();
  act(() => bench.setState({ refusals: new Map(), aimedAt: "unhappy-null-target" }));
  come();
  expect(ports()).toEqual(before);
  expect(ports().filter((port) => port.classList.contains("valid"))).toEqual([before[0]]);
});
