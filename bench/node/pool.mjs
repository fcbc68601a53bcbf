// The connections of a Node peer: as many as the hub has on two cores.
import pg from "pg";

export const connections = 6;

/** Answers a function that runs a named, hence prepared, statement and answers its rows as arrays. */
export function openPool() {
  const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: connections });
  return async (name, text, values) => (await pool.query({ name, text, values, rowMode: "array" })).rows;
}
