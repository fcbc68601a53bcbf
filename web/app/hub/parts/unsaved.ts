import { useEffect, useRef } from "react";

/** Whatever holds something that was typed and is kept nowhere else. */
export const unsaved = new Set<object>();

/** Whether leaving now would lose something of this form or page. */
export function useUnsaved(is: boolean) {
  const me = useRef({});
  useEffect(() => {
    if (!is) return;
    const it = me.current;
    unsaved.add(it);
    return () => void unsaved.delete(it);
  }, [is]);
}
