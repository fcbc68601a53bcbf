/** One field of a small form. */
export interface FieldSpec {
  /** Where it stands in the input, with dots between levels. */
  name: string;
  label: string;
  kind?: "text" | "email" | "url" | "number" | "long" | "select" | "check" | "checks" | "code" | "password";
  options?: { value: string; label: string }[];
  required?: boolean;
  help?: string;
  autoFocus?: boolean;
}

/** What is ticked in a field of several boxes; kept as one text. */
export const ticked = (value: unknown) => String(value ?? "").split(",").filter(Boolean);

export type Values = Record<string, string | boolean>;

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
    at[last] = kind === "number" ? Number(value) : (value ?? "");
  }
  return whole;
}
