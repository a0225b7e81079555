import { MantineProvider } from "@mantine/core";
import { act } from "react";
import type { ReactNode } from "react";
import { createRoot } from "react-dom/client";
import { onTestFinished } from "vitest";
import { chooseLanguage, startI18n } from "../../i18n/index.js";
import { themeInWords } from "../theme.js";

declare global {
  /** React asks for it before it lets `act` gather what a test sets off. */
  var IS_REACT_ACT_ENVIRONMENT: boolean;
}
globalThis.IS_REACT_ACT_ENVIRONMENT = true;

/** Draws a part of the editor as the app would, with its theme and its English words, and lets a test use it as a person does. */
export async function draw(children: ReactNode) {
  await startI18n();
  // Whatever a test before this one chose.
  await chooseLanguage("en");
  const container = document.body.appendChild(document.createElement("div"));
  const root = createRoot(container);
  onTestFinished(() => {
    act(() => root.unmount());
    document.body.innerHTML = "";
  });
  act(() =>
    root.render(
      <MantineProvider theme={themeInWords({ close: "Close" })} env="test">
        {children}
      </MantineProvider>,
    ),
  );
  return pageOf(container);
}

function pageOf(container: HTMLElement) {
  const inputs = () =>
    [...container.querySelectorAll("input, textarea")].filter(
      (element) => element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement,
    );
  const labelOf = (input: HTMLInputElement | HTMLTextAreaElement) =>
    input.getAttribute("aria-label") ?? input.labels?.[0]?.textContent.replace(/\s*\*$/, "") ?? "";
  const field = (label: string) =>
    found(
      label,
      inputs().find((input) => labelOf(input) === label),
    );
  const button = (name: string) =>
    found(
      name,
      [...container.querySelectorAll("button")].find(({ textContent }) => textContent === name),
    );
  return {
    field,
    button,
    text: () => container.textContent,
    press: (name: string) => act(() => button(name).click()),
    submit: () => act(() => container.querySelector("form")?.requestSubmit()),
    /** React hears of a value only when it was set past its own setter. */
    write: (label: string, value: string) => {
      const input = field(label);
      const kind = input instanceof HTMLInputElement ? HTMLInputElement : HTMLTextAreaElement;
      Object.getOwnPropertyDescriptor(kind.prototype, "value")?.set?.call(input, value);
      act(() => void input.dispatchEvent(new Event("input", { bubbles: true })));
    },
  };
}

function found<Element>(name: string, element: Element | undefined): Element {
  if (!element) throw new Error(`There is nothing called “${name}” here.`);
  return element;
}
