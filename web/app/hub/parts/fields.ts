import type { UserError } from "../../shared/send";
import { webAddress } from "../../shared/webAddress";
import { words } from "../../words/hub";

/** One field of a small form. */
export interface FieldSpec {
  /** Where it stands in the input, with dots between levels. */
  name: string;
  label: string;
  kind?: "text" | "email" | "url" | "number" | "numbers" | "long" | "labels" | "select" | "check" | "checks" | "code" | "password";
  options?: { value: string; label: string }[];
  required?: boolean;
  help?: string;
  autoFocus?: boolean;
}

/** What is ticked in a field of several boxes; kept as one text. */
export const ticked = (value: unknown) => String(value ?? "").split(",").filter(Boolean);

/** What stands between commas. */
export const entries = (value: unknown) => String(value ?? "").split(/[,;\s]+/).filter(Boolean);

/** Labels with commas between. One that has a comma itself, or begins with a quote, stands in quotes, as in a CSV. */
export const labelled = (labels: string[]) => labels.map((label) => (/^"|,/.test(label) ? `"${label.replaceAll('"', '""')}"` : label)).join(", ");

/** The labels that were written so. */
export function labels(value: unknown): string[] {
  const written = String(value ?? "").matchAll(/\s*(?:"((?:[^"]|"")*)"\s*|([^,]*))(?:,|$)/g);
  return [...written].map(([, quoted, plain]) => (quoted?.replaceAll('""', '"') ?? plain ?? "").trim()).filter(Boolean);
}

/** What stands on each line. */
export const perLine = (value: unknown) => String(value ?? "").split("\n").map((line) => line.trim()).filter(Boolean);

export type Value = string | boolean;
export type Values = Record<string, Value>;

/** `{"a.b": "x"}` as `{a: {b: "x"}}`; what is empty is left out, unless it is to be cleared. */
export function nest(fields: FieldSpec[], values: Values, clear = false): Record<string, unknown> {
  const whole: Record<string, unknown> = {};
  for (const { name, kind } of fields) {
    const value = values[name];
    if ((value === "" || value === undefined) && !(clear && kind !== "number" && kind !== "select")) continue;
    const path = name.split(".");
    const last = path.pop() as string;
    let at = whole;
    for (const step of path) at = (at[step] ??= {}) as Record<string, unknown>;
    at[last] = read(kind, value);
  }
  return whole;
}

function read(kind: FieldSpec["kind"], value: Value | undefined): unknown {
  if (kind === "number") return Number(value);
  if (kind === "numbers") return entries(value).map(Number);
  if (kind === "url") return webAddress(String(value ?? ""));
  return kind === "labels" ? labels(value) : (value ?? "");
}

/** A number that the graph takes for one. */
const isWhole = (text: string) => /^-?\d{1,9}$/.test(text);

/** What the graph could not even read, so that it could not say what is wrong at a field. */
export function unreadable(fields: FieldSpec[], values: Values): UserError[] {
  return fields.flatMap(({ name, kind, required = false }) => {
    const text = String(values[name] ?? "").trim();
    if (kind === "number" && (text ? !isWhole(text) : required)) return [{ field: [name], message: words.wholeNumber }];
    if (kind === "numbers" && !entries(text).every(isWhole)) return [{ field: [name], message: words.wholeNumbers }];
    return [];
  });
}

/**
 * The same values to be asked of the graph, which says what else is wrong: no number of ours may be below nothing, so that
 * it refuses them as a whole.
 */
export function refusable(values: Values, wrong: UserError[]): Values {
  return { ...values, ...Object.fromEntries(wrong.map(({ field }) => [field?.join(".") ?? "", "-1"])) };
}

/** What a colleague has put in a field meanwhile, while something else was typed there. */
export function meanwhile({ options, kind }: FieldSpec, now: Value | undefined): string {
  const text = typeof now === "string" && kind !== "checks" ? (options?.find(({ value }) => value === now)?.label ?? now) : "";
  return words.meanwhile(text);
}
