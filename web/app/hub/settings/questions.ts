import type { AskedFragment, QuestionInput, QuestionKind } from "../../made/graph";
import { perLine } from "../parts/fields";

/** A question while it is edited: every field a text, as in its form. */
export interface Editing {
  /** Of this page alone, so that rows keep their place. */
  id: string;
  key: string;
  /** Whether the key follows the label still. */
  fresh: boolean;
  kind: QuestionKind;
  label: string;
  description: string;
  required: boolean;
  options: string;
  termsUrl: string;
  askAgain: boolean;
  min: string;
  max: string;
  earliest: string;
  latest: string;
}

const text = (value: number | string | null | undefined) => (value === null || value === undefined ? "" : String(value));

export function begin(form: AskedFragment | null | undefined): Editing[] {
  return (form?.questions ?? []).map((question) => ({
    id: question.key, fresh: false, askAgain: false, key: question.key, kind: question.kind, label: question.label,
    description: question.description ?? "", required: question.required, options: question.options.join("\n"),
    termsUrl: question.termsUrl ?? "", min: text(question.min), max: text(question.max),
    earliest: text(question.earliest), latest: text(question.latest),
  }));
}

export function blank(): Editing {
  return {
    id: crypto.randomUUID(), fresh: true, key: "", kind: "TEXT", label: "", description: "", required: true, options: "", termsUrl: "",
    askAgain: false, min: "", max: "", earliest: "", latest: "",
  };
}

/** `How many people?` as `how_many_people`, and another if that is taken. */
export function keyOf(label: string, taken: string[]): string {
  const plain = label.normalize("NFKD").toLowerCase().replace(/[^a-z0-9]+/g, "_").replace(/^[_0-9]+|_+$/g, "").slice(0, 60) || "question";
  let key = plain;
  for (let number = 2; taken.includes(key); number += 1) key = `${plain}_${number}`;
  return key;
}

/** Which bounds a kind of answer has. */
export const bounds = (kind: QuestionKind): "text" | "many" | "number" | undefined =>
  kind === "NUMBER" ? "number" : kind === "MULTI_SELECT" ? "many" : kind === "TEXT" || kind === "LONG_TEXT" ? "text" : undefined;

export const hasOptions = (kind: QuestionKind) => kind === "SELECT" || kind === "MULTI_SELECT";

/** What belongs to the kind, in the graph's words. */
export function asInput(question: Editing): QuestionInput {
  const { key, kind, label, description, required, options, termsUrl, askAgain, min, max, earliest, latest } = question;
  return {
    key, kind, label, required,
    ...(description ? { description } : {}),
    ...(hasOptions(kind) ? { options: perLine(options) } : {}),
    ...(kind === "TERMS" ? { termsUrl, askAgain } : {}),
    ...(bounds(kind) && min ? { min: Number(min) } : {}),
    ...(bounds(kind) && max ? { max: Number(max) } : {}),
    ...(kind === "DATE" && earliest ? { earliest } : {}),
    ...(kind === "DATE" && latest ? { latest } : {}),
  };
}
