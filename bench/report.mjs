// From figures to Markdown.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { middle } from "./load.mjs";
import { root } from "./settings.mjs";

const table = (head, rows) =>
  [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
const whole = (value) => Math.round(value).toLocaleString("en-US");
const short = (value) => (value >= 100 ? whole(value) : value.toFixed(value >= 10 ? 1 : 2));

/** The median of the rounds, for each workload and server. */
export const summed = (kept) =>
  Object.fromEntries(
    Object.entries(kept).map(([workload, by]) => [
      workload,
      Object.fromEntries(Object.entries(by).map(([name, figures]) => [name, middle(figures)])),
    ]),
  );

/** One line for each workload and server. */
export function measured(results) {
  const rows = [];
  for (const [workload, servers] of Object.entries(results)) {
    for (const [name, figures] of Object.entries(servers)) {
      const { rate, p50, p99, server, postgres, refused } = figures;
      const cpu = Number.isNaN(postgres)
        ? short(server)
        : `${short(server)} + ${short(postgres)} = **${short(server + postgres)}**`;
      const answered =
        refused > 0 ? `${whole(rate * (1 - refused))} (+ ${whole(rate * refused)} refused)` : whole(rate);
      rows.push([workload, name === "hub" ? "**Partner Hub**" : name, answered, short(p50), short(p99), cpu]);
    }
  }
  return table(["workload", "server", "req/s", "p50 ms", "p99 ms", "CPU ms per request: server + PostgreSQL"], rows);
}

/** Peak memory of each. */
export const memories = (memory) =>
  table(
    Object.keys(memory).map((name) => (name === "hub" ? "**Partner Hub**" : name)),
    [Object.values(memory).map((mib) => short(mib))],
  );

/** The ratios with their goals. `least` means that more is better. */
export function ratios(lines) {
  const rows = lines.map(({ name, value, goal, must, least }) => {
    const several = Array.isArray(goal);
    const shown = (bound) => `${least ? "≥" : "≤"} ${several ? bound.join(" · ") : bound}`;
    if (value === undefined || Number.isNaN(value)) return [name, "–", shown(goal), shown(must), "not measured"];
    const within = (one, bound) => (least ? one >= bound : one <= bound);
    const holds = (bound) => (several ? value.every((one, at) => within(one, bound[at])) : within(value, bound));
    const verdict = holds(goal) ? "goal" : holds(must) ? "must" : "**missed**";
    return [name, several ? value.join(" · ") : short(value), shown(goal), shown(must), verdict];
  });
  return table(["ratio", "measured", "goal", "must", "verdict"], rows);
}

/** Puts the report between the marks of docs/PERFORMANCE.md. */
export function keep(report) {
  const file = join(root, "docs/PERFORMANCE.md");
  const [begin, end] = ["<!-- bench -->", "<!-- /bench -->"];
  const text = readFileSync(file, "utf8");
  const [from, to] = [text.indexOf(begin), text.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`${file} has no place for the report`);
  writeFileSync(file, `${text.slice(0, from + begin.length)}\n\n${report}\n\n${text.slice(to)}`);
}
