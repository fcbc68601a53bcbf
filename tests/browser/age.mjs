// Lets time pass for single rows, in the hub's own database: a week is not waited for, nor a quarter of an hour.
import { execFile, spawnSync } from "node:child_process";
import { promisify } from "node:util";

import { hub } from "./world.mjs";

const postgres = process.env.DATABASE_URL?.startsWith("postgres") ?? false;
const program = postgres ? "psql" : "sqlite3";

/** For stories that need it: why they are left out, if this machine lacks the database's own program. */
export const skip = spawnSync(program, ["--version"]).status === 0 ? false : `${program} is not installed`;

/** Years older. SQLite keeps times as text; 2020 had a 29th of February. */
const older = (column) => (postgres ? `${column} - interval '8 years'` : `'2020' || substr(${column}, 5)`);

/** Makes times of some rows of a table older by years. */
export async function age(table, columns, where) {
  const statement = `UPDATE ${table} SET ${columns.map((column) => `${column} = ${older(column)}`).join(", ")} WHERE ${where}`;
  const way = postgres
    ? ["--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", "--dbname", hub.database, "--command", statement]
    : ["-cmd", ".timeout 10000", hub.database.replace("sqlite://", ""), statement];
  await promisify(execFile)(program, way);
}
