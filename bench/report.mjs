// From figures to Markdown.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./settings.mjs";

const table = (head, rows) =>
  [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
const whole = (value) => Math.round(value).toLocaleString("en-US");
const short = (value) => (value >= 100 ? whole(value) : value.toFixed(value >= 10 ? 1 : 2));

/** One line for each workload and server. */
export function measured(results) {
  const rows = [];
  for (const [workload, servers] of Object.entries(results)) {
    for (const [name, figures] of Object.entries(servers)) {
      const { rate, p50, p99, server, postgres, refused } = figures;
      const cpu = Number.isNaN(postgres) ? short(server) : `${short(server)} + ${short(postgres)} = **${short(server + postgres)}**`;
      const answered = refused > 0 ? `${whole(rate * (1 - refused))} (+ ${whole(rate * refused)} refused)` : whole(rate);
      rows.push([workload, name === "hub" ? "**Partner Hub**" : name, answered, short(p50), short(p99), cpu]);
    }
  }
  return table(["workload", "server", "req/s", "p50 ms", "p99 ms", "CPU ms per request: server + PostgreSQL"], rows);
}

/** Peak memory of each. */
export const memories = (memory) =>
  table(Object.keys(memory).map((name) => (name === "hub" ? "**Partner Hub**" : name)), [Object.values(memory).map((mib) => short(mib))]);

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

/** The goals that the project set itself, with what was measured. */
export function goals({ results, memory, statements, sqlite, storm, depth, large }) {
  const of = (workload, server) => results[workload]?.[server];
  const total = (figures) => figures && figures.server + figures.postgres;
  const over = (a, b) => (a === undefined || b === undefined ? undefined : a / b);
  const rate = (workload, peer) => over(of(workload, "hub")?.rate, of(workload, peer)?.rate);
  const one = "W2, one connection";
  const counted = statements && ["w1", "w1b", "w2", "w3"].map((key) => statements[key]);
  return ratios([
    { name: "W1 CPU ÷ rows", value: over(total(of("W1", "hub")), total(of("W1", "rows"))), goal: 1.5, must: 2.2 },
    { name: "W1 throughput ÷ PostGraphile", value: rate("W1", "postgraphile"), goal: 5, must: 3, least: true },
    { name: "W1 throughput ÷ yoga", value: rate("W1", "yoga"), goal: 9, must: 5, least: true },
    { name: "W1 throughput ÷ Apollo", value: rate("W1", "apollo"), goal: 12, must: 7, least: true },
    { name: "W1b throughput ÷ PostGraphile", value: rate("W1b", "postgraphile"), goal: 4, must: 2.5, least: true },
    { name: "W2 p50 at one connection ÷ PostGraphile", value: over(of(one, "hub")?.p50, of(one, "postgraphile")?.p50), goal: 0.7, must: 1 },
    { name: "W2 throughput ÷ PostGraphile", value: rate("W2", "postgraphile"), goal: 3.5, must: 2, least: true },
    { name: "W3 throughput ÷ PostGraphile", value: rate("W3", "postgraphile"), goal: 6, must: 4, least: true },
    { name: "memory after W1 at 64 connections, MiB", value: memory?.hub, goal: 40, must: 64 },
    { name: "statements W1 · W1b · W2 · W3, log-in read included", value: counted, goal: [6, 8, 6, 2], must: [6, 8, 6, 2] },
    { name: "SQLite W1 CPU ÷ ours on PostgreSQL", value: over(sqlite?.w1.server, total(of("W1", "hub"))), goal: 1.2, must: 2 },
    { name: "reads during a log-in storm ÷ without", value: storm, goal: 0.75, must: 0.5, least: true },
    { name: "first answer after start, migrated SQLite file, ms", value: sqlite?.firstAnswer, goal: 100, must: 300 },
    { name: "CPU of a page at depth 5,000 ÷ page 1", value: depth, goal: 1.1, must: 1.3 },
    { name: "W1 CPU at 2.5 times the tenants ÷ W1 CPU", value: over(large, total(of("W1", "hub"))), goal: 1.3, must: 1.6 },
  ]);
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
