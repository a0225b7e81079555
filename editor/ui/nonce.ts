const PLACEHOLDER = "__CSP_NONCE__";

declare global {
  /** Where react-remove-scroll, under Mantine's modals, looks for the nonce of its style elements. */
  var __webpack_nonce__: string | undefined;
}

/** The nonce that this response's content security policy allows style elements by; empty under the dev server, which has none. */
export function styleNonce(): string {
  const content = document.querySelector('meta[name="csp-nonce"]')?.getAttribute("content") ?? "";
  return content === PLACEHOLDER ? "" : content;
}

export function allowStyles(): void {
  globalThis.__webpack_nonce__ = styleNonce();
}
