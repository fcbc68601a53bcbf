import type { UserError } from "../../shared/send";
import type { Editing } from "./questions";

/** What is to be mended before a form can be published. */
export interface Wrong {
  /** Of the form as a whole. */
  whole: string;
  /** By question, wherever it is moved meanwhile, and by field. */
  at: Record<string, Record<string, string>>;
}

export const RIGHT: Wrong = { whole: "", at: {} };

/** What the graph says, whose `questions.2.label` is of the third question. */
export function wrongOf(found: UserError[], questions: Editing[]): Wrong {
  const wrong: Wrong = { whole: "", at: {} };
  for (const { field, message } of found) {
    const [of, number, name = ""] = field ?? [];
    const id = of === "questions" ? questions[Number(number)]?.id : undefined;
    if (id) wrong.at[id] = { ...wrong.at[id], [name]: message };
    else wrong.whole = [wrong.whole, message].filter(Boolean).join(" ");
  }
  return wrong;
}

/** What was said of a field counts until something else stands there; of another kind of question, none of it does. */
export function mended(wrong: Wrong, before: Editing, after: Editing): Wrong {
  const own = Object.entries(wrong.at[before.id] ?? {});
  if (own.length === 0) return wrong;
  const left = own.filter(([field]) => before.kind === after.kind && before[field as keyof Editing] === after[field as keyof Editing]);
  const { [before.id]: _, ...others } = wrong.at;
  return { ...wrong, at: left.length ? { ...others, [before.id]: Object.fromEntries(left) } : others };
}

export const isWrong = ({ whole, at }: Wrong) => whole !== "" || Object.keys(at).length > 0;
