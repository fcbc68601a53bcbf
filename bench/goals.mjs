// The goals that the project set itself, and what a run says of them.
import { median } from "./load.mjs";
import { ratios } from "./report.mjs";

const total = (figures) => figures.server + figures.postgres;
const rate = (figures) => figures.rate;
const p50 = (figures) => figures.p50;
const one = "W2, one connection";

/** `kept` holds the figures of each workload, server and round; a ratio is the median of those within the rounds. */
export function goals({ kept, memory, statements, gate, sqlite, storm, depth, large }) {
  const over = (figure, workload, peer) => {
    const [ours, theirs] = [kept[workload]?.hub, kept[workload]?.[peer]];
    return ours && theirs && median(ours.map((round, at) => figure(round) / figure(theirs[at])));
  };
  const most = (name, value, goal, must) => ({ name, value, goal, must });
  const least = (name, value, goal, must) => ({ name, value, goal, must, least: true });
  const counts = [6, 8, 6, 2];
  return ratios([
    most("W1 CPU ÷ rows", over(total, "W1", "rows"), 1.5, 2.2),
    least("W1 throughput ÷ PostGraphile", over(rate, "W1", "postgraphile"), 5, 3),
    least("W1 throughput ÷ yoga", over(rate, "W1", "yoga"), 9, 5),
    least("W1 throughput ÷ Apollo", over(rate, "W1", "apollo"), 12, 7),
    least("W1 throughput ÷ Seaography", over(rate, "W1", "seaography"), 10, 6),
    least("W1b throughput ÷ PostGraphile", over(rate, "W1b", "postgraphile"), 4, 2.5),
    most("W2 p50 at one connection ÷ PostGraphile", over(p50, one, "postgraphile"), 0.7, 1),
    least("W2 throughput ÷ PostGraphile", over(rate, "W2", "postgraphile"), 3.5, 2),
    least("W3 throughput ÷ PostGraphile", over(rate, "W3", "postgraphile"), 6, 4),
    most("memory after W1 at 64 connections, MiB", memory?.hub, 40, 64),
    most(
      "statements W1 · W1b · W2 · W3, log-in read included",
      statements && ["w1", "w1b", "w2", "w3"].map((key) => statements[key]),
      counts,
      counts,
    ),
    most("gate for the kept document of W1, µs", gate, 20, 20),
    most("SQLite W1 CPU ÷ ours on PostgreSQL", sqlite?.share, 1.2, 2),
    least("reads during a log-in storm ÷ without", storm, 0.75, 0.5),
    most("first answer after start, migrated SQLite file, ms", sqlite?.firstAnswer, 100, 300),
    most("CPU of page 5,000 of all tenants ÷ page 1", depth, 1.1, 1.3),
    most("W1 CPU at 2.5 times the tenants ÷ W1 CPU", large, 1.3, 1.6),
  ]);
}
