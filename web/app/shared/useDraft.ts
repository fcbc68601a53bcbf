import { useCallback, useEffect, useRef, useState } from "react";

import type { Answers } from "./QuestionForm";
import { Fault } from "./send";

/** How it stands with what is written. */
export type DraftState = "" | "saving" | "saved" | "conflict" | "failed";

/** Saves and answers the draft's new version; without a version to be expected, over whatever is there. */
export type Save = (answers: Answers, expectedVersion: number | undefined) => Promise<number>;

const PAUSE = 1_000;

/**
 * Keeps answers on the server a moment after they are written, so that any colleague can go on with them. When somebody
 * else has saved meanwhile, nothing is overwritten until the person says so.
 */
export function useDraft(seen: number, save: Save) {
  const [state, setState] = useState<DraftState>("");
  const version = useRef<number | undefined>(seen);
  const unsaved = useRef<Answers | undefined>(undefined);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const saver = useRef(save);
  saver.current = save;

  const flush = useCallback(async () => {
    clearTimeout(timer.current);
    const answers = unsaved.current;
    if (!answers) return;
    unsaved.current = undefined;
    setState("saving");
    try {
      version.current = await saver.current(answers, version.current);
      setState(unsaved.current ? "saving" : "saved");
    } catch (error) {
      unsaved.current ??= answers;
      setState(error instanceof Fault && error.code === "CONFLICT" ? "conflict" : "failed");
    }
  }, []);

  const keep = useCallback((answers: Answers) => {
    unsaved.current = answers;
    clearTimeout(timer.current);
    timer.current = setTimeout(() => void flush(), PAUSE);
  }, [flush]);

  /** Over what the colleague has written. */
  const overwrite = useCallback(() => {
    version.current = undefined;
    void flush();
  }, [flush]);

  /** Before they are submitted: nothing is saved behind that. */
  const stop = useCallback(() => {
    clearTimeout(timer.current);
    unsaved.current = undefined;
    setState("");
  }, []);

  useEffect(() => {
    const leaving = () => void (document.visibilityState === "hidden" && flush());
    document.addEventListener("visibilitychange", leaving);
    return () => {
      document.removeEventListener("visibilitychange", leaving);
      void flush();
    };
  }, [flush]);

  return { state, keep, overwrite, stop };
}
