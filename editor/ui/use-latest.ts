import { useEffect, useRef } from "react";

/** What is new with every drawing, for what is called later. */
export function useLatest<Value>(value: Value) {
  const latest = useRef(value);
  useEffect(() => {
    latest.current = value;
  });
  return latest;
}
