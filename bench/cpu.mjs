// CPU time and memory of processes, from /proc.
import { readFileSync, readdirSync } from "node:fs";

/** A clock tick of /proc; 100 a second on every Linux that people run. */
const TICK = 10;

function stat(pid) {
  try {
    // The name in brackets may hold spaces; fields are counted from behind it, `state` being the third.
    const fields = readFileSync(`/proc/${pid}/stat`, "latin1")
      .replace(/^.*\) /s, "")
      .split(" ");
    const at = (place) => Number(fields[place - 3]);
    return { parent: at(4), own: at(14) + at(15), reaped: at(16) + at(17) };
  } catch {
    return undefined; // ended meanwhile; its parent has its time
  }
}

/** A process and everything below it. */
export function tree(pid) {
  const all = readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map(Number);
  const parents = new Map(all.map((each) => [each, stat(each)?.parent]));
  const inside = (each) => each === pid || (parents.get(each) > 0 && inside(parents.get(each)));
  return all.filter(inside);
}

/** Milliseconds of CPU that a tree of processes has used, those included that ended. */
export function used(pid) {
  return (
    tree(pid)
      .map(stat)
      .reduce((sum, each) => sum + (each ? each.own + each.reaped : 0), 0) * TICK
  );
}

/** Peak memory of a tree of processes, in MiB. */
export function peak(pid) {
  const kib = (each) => {
    try {
      return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${each}/status`, "latin1"))?.[1] ?? 0);
    } catch {
      return 0;
    }
  };
  return (
    tree(pid)
      .map(kib)
      .reduce((sum, each) => sum + each, 0) / 1024
  );
}

/** The parent of a process. */
export const parent = (pid) => stat(pid)?.parent;
