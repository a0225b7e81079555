/** Milliseconds since the epoch, finer than `Date.now`; every process of this machine reads the same. */
export const now = (): number => performance.timeOrigin + performance.now();
