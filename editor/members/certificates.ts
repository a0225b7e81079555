/** One below the other, as they are pasted: each PEM by itself, or the one that came without its first and last line. */
export function certificatesIn(text: string): string[] {
  const found = text.match(/-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----/g);
  if (found) return found;
  return text.trim() === "" ? [] : [text.trim()];
}
