interface TrustedTypes {
  createPolicy(name: string, rules: { readonly createHTML: (text: string) => string | null }): unknown;
}

/** Null: refused, and the page reports it as an error. Components write style sheets as HTML; those hold no tag. */
export const withoutMarkup = (text: string): string | null => (text.includes("<") ? null : text);

/**
 * The content security policy takes no text where a browser would make markup or scripts of it, but through the policy named
 * `default`: this one. Browsers without Trusted Types go without.
 */
export function refuseMarkup(): void {
  const { trustedTypes }: { trustedTypes?: TrustedTypes } = globalThis as object;
  trustedTypes?.createPolicy("default", { createHTML: withoutMarkup });
}
