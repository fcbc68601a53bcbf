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
  const running = useRef<Promise<void> | undefined>(undefined);
  /** While it is undecided whose answers count, and while they are handed in. */
  const held = useRef(false);
  const saver = useRef(save);
  saver.current = save;

  /** One save at a time: each expects the version that the one before it has made. */
  const flush = useCallback((): Promise<void> => {
    clearTimeout(timer.current);
    const all = async () => {
      for (let answers = unsaved.current; answers && !held.current; answers = unsaved.current) {
        unsaved.current = undefined;
        setState("saving");
        try {
          version.current = await saver.current(answers, version.current);
          setState(unsaved.current ? "saving" : "saved");
        } catch (error) {
          unsaved.current ??= answers;
          held.current = error instanceof Fault && error.code === "CONFLICT";
          return setState(held.current ? "conflict" : "failed");
        }
      }
    };
    running.current ??= all().finally(() => (running.current = undefined));
    return running.current;
  }, []);

  const keep = useCallback((answers: Answers) => {
    unsaved.current = answers;
    clearTimeout(timer.current);
    timer.current = setTimeout(() => void flush(), PAUSE);
  }, [flush]);

  /** Over what the colleague has written. */
  const overwrite = useCallback(() => {
    version.current = undefined;
    held.current = false;
    void flush();
  }, [flush]);

  /** Hands the answers in. Nothing is saved behind that; when they are not taken, what was written last is saved after all. */
  const handIn = useCallback(async <Answer>(act: () => Promise<Answer>, taken: (answer: Answer) => boolean): Promise<Answer> => {
    held.current = true;
    clearTimeout(timer.current);
    await running.current;
    try {
      const answer = await act();
      if (taken(answer)) unsaved.current = undefined;
      return answer;
    } finally {
      held.current = false;
      if (unsaved.current) void flush();
    }
  }, [flush]);

  useEffect(() => {
    const leaving = () => void (document.visibilityState === "hidden" && flush());
    document.addEventListener("visibilitychange", leaving);
    return () => {
      document.removeEventListener("visibilitychange", leaving);
      void flush();
    };
  }, [flush]);

  return { state, keep, again: flush, overwrite, handIn };
}
