import { useEffect, useRef } from "react";
import { useBlocker } from "react-router-dom";

import { FormDialog, LEAVING } from "./FormDialog";
import { unsaved } from "./unsaved";

/** Asks whoever is about to leave what is not saved; there is one, around everything. */
export function Leaving() {
  const blocker = useBlocker(({ currentLocation, nextLocation }) => unsaved.size > 0 && currentLocation.pathname !== nextLocation.pathname);
  useEffect(() => {
    const leave = (event: BeforeUnloadEvent) => {
      if (unsaved.size > 0) event.preventDefault();
    };
    addEventListener("beforeunload", leave);
    return () => removeEventListener("beforeunload", leave);
  }, []);
  const left = useRef(false);
  if (blocker.state !== "blocked") return null;
  left.current = false;
  const go = async () => {
    left.current = true;
    blocker.proceed();
    return [];
  };
  return (
    <FormDialog
      ask={{ ...LEAVING, onSubmit: go }}
      onClose={() => void (left.current || blocker.reset())}
    />
  );
}
