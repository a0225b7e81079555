import { encode } from "uqr";

/** Modules of white that a camera wants around the code (ISO/IEC 18004). */
const QUIET = 4;

export interface QrPath {
  /** Modules, the quiet edge included. */
  readonly size: number;
  /** The dark modules, as the `d` of an SVG path. */
  readonly path: string;
}

export function qrPath(text: string): QrPath {
  const { data } = encode(text, { ecc: "M", border: QUIET });
  const path = data.flatMap((row, y) => row.map((isDark, x) => (isDark ? `M${x} ${y}h1v1h-1z` : "")));
  return { size: data.length, path: path.join("") };
}
