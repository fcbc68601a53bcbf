import { useRef } from "react";

/** What is shown now, for whatever is asked later: a dialog outlives what it was opened on. */
export function useLatest<Value>(value: Value) {
  const latest = useRef(value);
  latest.current = value;
  return latest;
}
