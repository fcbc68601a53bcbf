import type { QuestionKind } from "../made/graph";

/** What the form builder says. */
export const words = {
  lead: {
    PARTNER: "Every invited partner answers these questions once, before it comes in.",
    INTEGRATION: "These questions are answered with each submission of an integration.",
  },
  answers: "Export answers",
  version: (version: number, when: string) => `Version ${version}, published ${when}`,
  none: "Nothing is asked yet.",
  question: (number: number) => `Question ${number}`,
  untitled: "A new question",
  kinds: {
    TEXT: "One line", LONG_TEXT: "Several lines", SELECT: "One of a list", MULTI_SELECT: "Several of a list", NUMBER: "A number",
    DATE: "A day", URL: "A web address", EMAIL: "An e-mail address", TERMS: "Terms to agree to",
  } satisfies Record<QuestionKind, string>,
  fields: {
    label: "Question", kind: "Kind of answer", description: "A sentence of help", key: "Key", options: "Choices, one a line",
    termsUrl: "Address of the terms", required: "Must be answered", askAgain: "Ask those again who have agreed before",
    min: { text: "At least so many characters", many: "At least so many choices", number: "Smallest number" },
    max: { text: "At most so many characters", many: "At most so many choices", number: "Greatest number" },
    earliest: "First day", latest: "Last day",
  },
  keyHelp: "Answers are kept under it. Leave it as it is when you only reword a question.",
  add: "Add question",
  up: (name: string) => `Move up: ${name}`,
  down: (name: string) => `Move down: ${name}`,
  remove: (name: string) => `Remove: ${name}`,
  preview: "Preview",
  previewLead: "As whoever answers sees it. Nothing is sent from here.",
  previewSubmit: "Submit",
  previewSaid: "This is a preview: nothing is sent.",
  publish: "Publish",
  publishTitle: (version: number) => `Publish version ${version}?`,
  publishLead: "Whoever answers from now on answers this version. Answers already given stay with theirs.",
  published: (version: number) => `Version ${version} is published.`,
  newer: (version: number) => `A colleague has published version ${version} meanwhile. What you publish replaces it; “Discard changes” shows it.`,
  discard: "Discard changes",
  discardTitle: "Discard your changes?",
  discardLead: "The questions stand again as they are published. What you have changed since is gone.",
  mend: "Some questions need another look.",
};
